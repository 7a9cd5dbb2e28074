import { numberAt } from "../../../domain/schema.ts";
import { plainRun, type Rhythm, regularSchedule, rhythmField, uniform } from "./rhythm.ts";

/** Limits of RR, s; in seconds the longest is left open. */
const [shortest, longest] = [0.3, 1.3];

/**
 * Atrial fibrillation. The paper gives the rule (no P, an oscillating baseline, shorter cycles, QRST as normal); the
 * f wave is the saw-tooth model of Stridh & Sörnmo (IEEE Trans Biomed Eng 2001;48:105) with the constants of Petrėnas
 * et al. 2017, and RR follows Alcaraz 2008. Numbers other than these are our reconstruction.
 */
export const af: Rhythm = {
  option: {
    value: "af",
    label: "Atrial fibrillation",
    description:
      "No P, fibrillatory waves under everything, irregular and shorter cycles. The rule is the paper's, its numbers are reconstruction.",
  },
  annotation: "AFIB",
  fields: () => ({
    "fWave.frequency": rhythmField(
      "f-wave frequency",
      "Hz",
      [3.5, 6.5, 10, 0.1],
      "literature",
      uniform(2.5),
      "How fast the atria fibrillate.",
    ),
    "fWave.amplitude": rhythmField(
      "f-wave amplitude",
      "mV",
      [0, 0.055, 0.25, 0.001],
      "literature",
      { kind: "logUniform", factor: 2.19 },
      "Height of the fibrillatory waves.",
    ),
    "fWave.modulationRate": rhythmField(
      "f-wave modulation",
      "Hz",
      [0.02, 0.14, 0.4, 0.01],
      "literature",
      uniform(0.06),
      "How fast their amplitude waxes and wanes.",
    ),
    "rr.irregularity": rhythmField(
      "RR irregularity",
      "of RR",
      [0, 0.2, 0.4, 0.01],
      "reconstruction",
      null,
      "Standard deviation of a beat's length as a share of its mean.",
    ),
  }),
  tableChanges: (timing) =>
    timing === "beat"
      ? {
          "P.amplitude": null,
          "P.width": null,
          "P.shift": null,
          length: 0.62,
          "length.recordingSd": 0.13,
          "length.beatSd": 0,
        }
      : {
          "P.amplitude": null,
          "P.width": null,
          "P.shift": null,
          length: 0.66,
          "length.recordingSd": 0.13,
          "length.beatSd": 0,
        },
  drawnLength: (timing) => (timing === "seconds" ? [0.4, 1.1] : [shortest, longest]),
  begin(values, timing, random) {
    const irregularity = numberAt(values, "rr.irregularity");
    const irregular = (length: number) =>
      Math.min(
        timing === "seconds" ? Number.POSITIVE_INFINITY : Math.max(longest, length),
        Math.max(shortest, length * (1 + irregularity * random.normal())),
      );
    return {
      ...plainRun(random),
      beatLength: (_drawn, recordingLength) => irregular(recordingLength),
      schedule: (from, to, length) => regularSchedule(random, from, to, () => irregular(length)),
      addAtrialActivity(samples, samplingFrequency) {
        const amplitude = numberAt(values, "fWave.amplitude");
        const modulation = 2 * Math.PI * numberAt(values, "fWave.modulationRate");
        const turn = 2 * Math.PI * numberAt(values, "fWave.frequency");
        const [deviation, deviationRate] = [0.25, 0.2];
        const [phase, amplitudePhase, deviationPhase] = [
          random.uniform(),
          random.uniform(),
          random.uniform(),
        ].map((share) => 2 * Math.PI * share);
        for (let index = 0; index < samples.length; index++) {
          const time = index / samplingFrequency;
          const height = amplitude * (1 + Math.sin(modulation * time + amplitudePhase) / 3);
          const angle =
            turn * time +
            (deviation / deviationRate) * Math.sin(2 * Math.PI * deviationRate * time + deviationPhase) +
            phase;
          const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
          // The second and third harmonic by the formulas for multiples of an angle.
          const [second, third] = [2 * sine * cosine, sine * (3 - 4 * sine * sine)];
          samples[index] -= (2 / Math.PI) * height * (sine + second / 2 + third / 3);
        }
      },
    };
  },
};
