import { numberAt } from "../../domain/schema.ts";
import { type Noise, noiseField } from "./noise.ts";

/**
 * Muscle noise: white noise with its slow half removed by a first difference, scaled back to the given standard
 * deviation. A simple stand-in for the surface electromyogram; our reconstruction.
 */
export const muscle: Noise = {
  title: "Muscle noise",
  fields: () => ({
    "muscle.sd": noiseField(
      "Muscle noise SD",
      "mV",
      [0, 0.2, 0.002],
      null,
      "Standard deviation of the muscle noise.",
    ),
  }),
  add(samples, values, _samplingFrequency, random) {
    const standardDeviation = numberAt(values, "muscle.sd");
    if (standardDeviation === 0) return;
    const scale = standardDeviation / Math.SQRT2;
    let before = random.normal();
    for (let index = 0; index < samples.length; index++) {
      const deviate = random.normal();
      samples[index] += scale * (deviate - before);
      before = deviate;
    }
  },
};
