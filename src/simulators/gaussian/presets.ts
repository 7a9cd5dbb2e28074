import type { Field, Provenance, Schema } from "../../domain/schema.ts";
import { noises } from "../noise/index.ts";
import type { NoiseDefaults } from "../noise/noise.ts";
import type { Option } from "../simulator.ts";
import type { Timing } from "./rhythms/rhythm.ts";

/** A named way to make recordings: its timing, and the defaults of the switches that tell the ways apart. */
export interface Preset {
  readonly option: Option;
  readonly timing: Timing;
  readonly fields: Schema;
}

interface Method {
  readonly hierarchicalShifts: boolean;
  readonly crop: "random" | "first";
  readonly poissonAugmentation: boolean;
  readonly standardise: boolean;
}

function toggle(label: string, value: boolean, provenance: Provenance, description: string): Field {
  return { kind: "switch", section: "Method", label, default: value, provenance, description };
}

function fieldsOf(method: Method, noise: NoiseDefaults): Schema {
  return {
    ...Object.assign({}, ...Object.values(noises).map((one) => one.fields(noise))),
    hierarchicalShifts: toggle(
      "Hierarchical shifts",
      method.hierarchicalShifts,
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
    ...(noise.beatwise
      ? {
          crop: {
            kind: "choice",
            section: "Method",
            label: "Crop",
            description: "Random: a window of one and a half lengths. First: from the first beat on.",
            provenance: method.crop === "random" ? "code" : "paper",
            default: method.crop,
            options: [
              { value: "random", label: "Random window (released code)" },
              { value: "first", label: "First samples (paper)" },
            ],
          } satisfies Field,
        }
      : {}),
    poissonAugmentation: toggle(
      "Poisson augmentation",
      method.poissonAugmentation,
      "code",
      "Applies Poisson(2) distortions: scale, sines, squares and noise.",
    ),
    standardise: toggle(
      "Standardise",
      method.standardise,
      "paper",
      "Subtracts the mean and divides by the standard deviation; the unit is then SD.",
    ),
  };
}

/** White noise of 0.01 to 0.02 and a baseline of up to 0.2 from 0.05 to 0.5 Hz: the paper's own numbers are lost. */
const paperNoise: NoiseDefaults = {
  noise: "white",
  baseline: "sine",
  whiteSd: 0.015,
  whiteSpread: { kind: "uniform", halfWidth: 0.005 },
  baselineAmplitude: 0.1,
  baselineSpread: { kind: "uniform", halfWidth: 0.1 },
  beatwise: true,
};

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
    fields: fieldsOf(
      { hierarchicalShifts: false, crop: "first", poissonAugmentation: false, standardise: false },
      {
        noise: "white",
        baseline: "respiration",
        whiteSd: 0.012,
        whiteSpread: null,
        baselineAmplitude: 0.15,
        baselineSpread: null,
        beatwise: false,
      },
    ),
  },
  author: {
    option: {
      value: "author",
      label: "Author",
      description:
        "Table A.1 as the released code draws it: hierarchical shifts, held noise, walking baseline, distortions.",
    },
    timing: "beat",
    fields: fieldsOf(
      { hierarchicalShifts: true, crop: "random", poissonAugmentation: true, standardise: true },
      { ...paperNoise, noise: "held", baseline: "walk" },
    ),
  },
  paper: {
    option: {
      value: "paper",
      label: "Paper",
      description:
        "Table A.1 as the text describes it: the first samples, white noise and a sine; their sizes are reconstruction.",
    },
    timing: "beat",
    fields: fieldsOf(
      { hierarchicalShifts: true, crop: "first", poissonAugmentation: false, standardise: true },
      paperNoise,
    ),
  },
};
