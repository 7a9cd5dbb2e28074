import { numberAt } from "../../domain/schema.ts";
import { type Noise, noiseField } from "./noise.ts";
import { addOscillation } from "./oscillation.ts";

/** Interference of the mains: a sine of random phase. Above half the sampling frequency it folds back, as it does in a recorder without a filter. */
export const mains: Noise = {
  title: "Mains hum",
  fields: () => ({
    "mains.amplitude": noiseField(
      "Mains hum",
      "mV",
      [0, 0.3, 0.005],
      null,
      "Height of the mains interference.",
    ),
    "mains.frequency": {
      kind: "choice",
      section: "Noise and baseline",
      label: "Mains frequency",
      description: "50 Hz in most of the world, 60 Hz in the Americas.",
      provenance: "reconstruction",
      default: "50",
      options: [
        { value: "50", label: "50 Hz" },
        { value: "60", label: "60 Hz" },
      ],
    },
  }),
  add(samples, values, samplingFrequency, random) {
    const frequency = Number(values["mains.frequency"]);
    const phase = 2 * Math.PI * random.uniform();
    addOscillation(samples, numberAt(values, "mains.amplitude"), frequency, phase, samplingFrequency);
  },
};
