import { numberAt } from "../../domain/schema.ts";
import { type Noise, noiseField } from "./noise.ts";
import { addOscillation } from "./oscillation.ts";

/** Where the three sines of the respiratory baseline lie, Hz. */
export const respirationBands = [
  [0.05, 0.15],
  [0.15, 0.35],
  [0.3, 0.5],
] as const;

/**
 * Baseline wander: one sine of random phase (the paper's sinusoidal baseline; numbers are reconstruction), or three
 * sines of random phase, frequency and height. The walk of the released code belongs to the making of beats.
 */
export const wander: Noise = {
  title: "Baseline wander",
  fields: ({ baseline, baselineAmplitude, baselineSpread, beatwise }) => ({
    baseline: {
      kind: "choice",
      section: "Noise and baseline",
      label: "Baseline",
      description:
        "Walk: a random slope on every beat (released code). Sine: one slow wave. Respiration: three.",
      provenance: baseline === "walk" ? "code" : "reconstruction",
      default: baseline,
      options: [
        { value: "none", label: "Flat" },
        { value: "sine", label: "Sine" },
        { value: "respiration", label: "Respiration, three sines" },
        ...(beatwise ? [{ value: "walk", label: "Walk (released code)" }] : []),
      ],
    },
    "baseline.amplitude": noiseField(
      "Baseline amplitude",
      "mV",
      [baselineAmplitude, 1, 0.005],
      baselineSpread,
      "Height of the single sine, and the most that each of the three of respiration may have.",
    ),
    "baseline.frequency": {
      ...noiseField(
        "Baseline frequency",
        "Hz",
        [0.275, 0.8, 0.005],
        { kind: "uniform", halfWidth: 0.225 },
        "Of the single sine; the three of respiration lie from 0.05 to 0.5 Hz.",
      ),
      minimum: 0.02,
    },
  }),
  add(samples, values, samplingFrequency, random) {
    const amplitude = numberAt(values, "baseline.amplitude");
    const phase = () => 2 * Math.PI * random.uniform();
    if (values["baseline"] === "sine") {
      addOscillation(samples, amplitude, numberAt(values, "baseline.frequency"), phase(), samplingFrequency);
    } else if (values["baseline"] === "respiration") {
      for (const [from, to] of respirationBands) {
        const frequency = from + (to - from) * random.uniform();
        addOscillation(samples, amplitude * random.uniform(), frequency, phase(), samplingFrequency);
      }
    }
  },
};
