import type { Field, NumberField, Provenance, Schema, Spread } from "../../domain/schema.ts";
import type { Option } from "../simulator.ts";
import type { Timing } from "./rhythms/rhythm.ts";

/** A named way to make recordings: its timing, and the defaults of the switches that tell the ways apart. */
export interface Preset {
  readonly option: Option;
  readonly timing: Timing;
  readonly fields: Schema;
}

interface Switches {
  readonly hierarchicalShifts: boolean;
  readonly crop: "random" | "first";
  readonly noise: "none" | "held" | "white";
  readonly baseline: "none" | "walk" | "sine" | "respiration";
  readonly poissonAugmentation: boolean;
  readonly standardise: boolean;
  readonly whiteSd: number;
  readonly baselineAmplitude: number;
}

function toggle(label: string, value: boolean, provenance: Provenance, description: string): Field {
  return { kind: "switch", section: "Method", label, default: value, provenance, description };
}

function noiseNumber(
  label: string,
  unit: string,
  [value, maximum, step]: readonly [number, number, number],
  spread: Spread | null,
  description: string,
): NumberField {
  const field: NumberField = {
    kind: "number",
    section: "Noise and baseline",
    label,
    unit,
    minimum: 0,
    maximum,
    step,
    default: value,
    provenance: "reconstruction",
    description,
  };
  return spread === null ? field : { ...field, spread };
}

function fieldsOf(timing: Timing, switches: Switches): Schema {
  const beat = timing === "beat";
  return {
    noise: {
      kind: "choice",
      section: "Noise and baseline",
      label: "Noise",
      description: "Held: each deviate stays for some samples (released code). White: every sample its own.",
      provenance: switches.noise === "held" ? "code" : "reconstruction",
      default: switches.noise,
      options: [
        { value: "none", label: "None" },
        { value: "white", label: "White" },
        ...(beat ? [{ value: "held", label: "Held (released code)" }] : []),
      ],
    },
    "noise.whiteSd": noiseNumber(
      "White noise SD",
      "mV",
      [switches.whiteSd, 0.2, 0.001],
      null,
      "Standard deviation of the white noise.",
    ),
    baseline: {
      kind: "choice",
      section: "Noise and baseline",
      label: "Baseline",
      description:
        "Walk: a random slope on every beat (released code). Sine: one slow wave. Respiration: three.",
      provenance: switches.baseline === "walk" ? "code" : "reconstruction",
      default: switches.baseline,
      options: [
        { value: "none", label: "Flat" },
        { value: "sine", label: "Sine" },
        { value: "respiration", label: "Respiration, three sines" },
        ...(beat ? [{ value: "walk", label: "Walk (released code)" }] : []),
      ],
    },
    "baseline.amplitude": noiseNumber(
      "Baseline amplitude",
      "mV",
      [switches.baselineAmplitude, 1, 0.005],
      beat
        ? { kind: "uniform", halfWidth: switches.baselineAmplitude }
        : { kind: "range", from: 0, to: 0.15 },
      "Height of each slow wave.",
    ),
    "baseline.frequency": {
      ...noiseNumber(
        "Baseline frequency",
        "Hz",
        [0.275, 0.8, 0.005],
        { kind: "uniform", halfWidth: 0.225 },
        "Of the single sine; the three of respiration lie at 0.1, 0.25 and 0.4 Hz.",
      ),
      minimum: 0.02,
    },
    "mains.amplitude": noiseNumber(
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
    "muscle.sd": noiseNumber(
      "Muscle noise SD",
      "mV",
      [0, 0.2, 0.002],
      null,
      "Standard deviation of the muscle noise.",
    ),
    hierarchicalShifts: toggle(
      "Hierarchical shifts",
      switches.hierarchicalShifts,
      "code",
      "A drawn shift carries the deviation of the wave it hangs on: P to Q to R, Q to S to T.",
    ),
    beatPerturbation: {
      kind: "choice",
      section: "Method",
      label: "Beat perturbation",
      description:
        "Independent: each beat around the recording's values. Cumulative: each beat around the one before.",
      provenance: "code",
      default: "independent",
      options: [
        { value: "independent", label: "Independent (released code)" },
        { value: "cumulative", label: "Cumulative (a reading of the paper)" },
      ],
    },
    ...(beat
      ? {
          crop: {
            kind: "choice",
            section: "Method",
            label: "Crop",
            description: "Random: a window of one and a half lengths. First: from the first beat on.",
            provenance: switches.crop === "random" ? "code" : "paper",
            default: switches.crop,
            options: [
              { value: "random", label: "Random window (released code)" },
              { value: "first", label: "First samples (paper)" },
            ],
          } satisfies Field,
        }
      : {}),
    poissonAugmentation: toggle(
      "Poisson augmentation",
      switches.poissonAugmentation,
      "code",
      "Applies Poisson(2) distortions: scale, sines, squares and noise.",
    ),
    standardise: toggle(
      "Standardise",
      switches.standardise,
      "paper",
      "Subtracts the mean and divides by the standard deviation; the unit is then SD.",
    ),
  };
}

/** The presets; the first one is what the page opens with. */
export const presets: Readonly<Record<string, Preset>> = {
  clinical: {
    option: {
      value: "clinical",
      label: "Clinical",
      description:
        "Waves in seconds around each R peak, as a reader of ECGs expects them. Our reconstruction.",
    },
    timing: "seconds",
    fields: fieldsOf("seconds", {
      hierarchicalShifts: false,
      crop: "first",
      noise: "white",
      baseline: "respiration",
      poissonAugmentation: false,
      standardise: false,
      whiteSd: 0.012,
      baselineAmplitude: 0.03,
    }),
  },
  author: {
    option: {
      value: "author",
      label: "Author (released code)",
      description:
        "Table A.1 as the released code draws it: hierarchical shifts, held noise, walking baseline, distortions.",
    },
    timing: "beat",
    fields: fieldsOf("beat", {
      hierarchicalShifts: true,
      crop: "random",
      noise: "held",
      baseline: "walk",
      poissonAugmentation: true,
      standardise: true,
      whiteSd: 0.015,
      baselineAmplitude: 0.1,
    }),
  },
  paper: {
    option: {
      value: "paper",
      label: "Paper (text)",
      description:
        "Table A.1 as the text describes it: the first samples, white noise and a sine; their sizes are reconstruction.",
    },
    timing: "beat",
    fields: fieldsOf("beat", {
      hierarchicalShifts: true,
      crop: "first",
      noise: "white",
      baseline: "sine",
      poissonAugmentation: false,
      standardise: true,
      whiteSd: 0.015,
      baselineAmplitude: 0.1,
    }),
  },
};
