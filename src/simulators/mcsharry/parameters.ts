import { Failure } from "../../domain/failure.ts";
import { waveNames } from "../../domain/groundTruth.ts";
import {
  type NumberField,
  numberAt,
  type Provenance,
  type Schema,
  type Values,
} from "../../domain/schema.ts";
import { numberField } from "../fields.ts";
import type { Option } from "../simulator.ts";
import { type DynamicalRhythm, dynamicalRhythmNamed } from "./rhythms.ts";

/** The waves of the model: angle (rad), strength a and width b (rad), in the order P, Q, R, S, T. */
export interface EtaParameters {
  readonly theta: Float64Array;
  readonly a: Float64Array;
  readonly b: Float64Array;
}

/** How a part of the waves grows with √(heart rate / 60): with its own root, with it, or not at all. */
type Growth = 0 | 0.5 | 1;

interface Published {
  readonly option: Option;
  /** Where the angles are from. */
  readonly provenance: Provenance;
  /** degrees */
  readonly theta: readonly number[];
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** Of the angles; all widths grow with √(heart rate / 60) itself. */
  readonly angleGrowth: readonly Growth[];
}

/** Published defaults: McSharry et al., IEEE Trans Biomed Eng 2003;50:289, and the two programs of ECGSYN. */
export const published: Readonly<Record<string, Published>> = {
  ecgsyn: {
    option: { value: "ecgsyn", label: "ECGSYN", description: "The angles of the MATLAB program." },
    provenance: "code",
    theta: [-70, -15, 0, 15, 100],
    a: [1.2, -5, 30, -7.5, 0.75],
    b: [0.25, 0.1, 0.1, 0.1, 0.4],
    angleGrowth: [0.5, 1, 0, 1, 0.5],
  },
  "ecgsyn-c": {
    option: {
      value: "ecgsyn-c",
      label: "ECGSYN, C program",
      description: "The angles of the paper and the C program: P and T nearer to R.",
    },
    provenance: "paper",
    theta: [-60, -15, 0, 15, 90],
    a: [1.2, -5, 30, -7.5, 0.75],
    b: [0.25, 0.1, 0.1, 0.1, 0.4],
    angleGrowth: [0.5, 1, 0, 1, 0],
  },
};

function publishedNamed(preset: string): Published {
  if (!Object.hasOwn(published, preset)) {
    throw new Failure(
      "unknown-preset",
      "There is no such preset.",
      preset,
      `Choose ${Object.keys(published).join(", ")}.`,
    );
  }
  return published[preset];
}

/** All parameters under a preset. @throws Failure `unknown-preset` or `unknown-rhythm` */
export function mcsharrySchema(presetName: string, rhythmName: string): Schema {
  const preset = publishedNamed(presetName);
  const rhythm = dynamicalRhythmNamed(rhythmName);
  const schema: Schema = {
    ...Object.assign({}, ...waveNames.map((_wave, index) => waveFields(preset, rhythm, index))),
    ...timingFields,
    ...noiseFields,
    ...methodFields,
  };
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => !rhythm.without.includes(key))
      .map(([key, field]) => {
        const value = rhythm.defaults[key];
        if (value === undefined || field.kind !== "number") return [key, field];
        return [key, { ...field, default: value, provenance: "reconstruction" }];
      }),
  );
}

/** A number field; how far drawn recordings spread around it is our reconstruction throughout. */
function varied(
  words: readonly [string, string, string],
  range: readonly [number, number, number, number],
  provenance: Provenance,
  standardDeviation: number,
  description: string,
): NumberField {
  const spread = standardDeviation === 0 ? null : ({ kind: "normal", standardDeviation } as const);
  return numberField(words, range, provenance, spread, description);
}

/** Angle, strength and width of one wave. A wave that a rhythm switches off stays off in drawn recordings. */
function waveFields(preset: Published, rhythm: DynamicalRhythm, index: number): Schema {
  const wave = waveNames[index];
  const section = `${wave} wave`;
  const [theta, a, b] = [preset.theta[index], preset.a[index], preset.b[index]];
  const strongest = Math.max(5, Math.abs(a) * 2);
  const strength = rhythm.defaults[`${wave}.a`] ?? a;
  return {
    [`${wave}.theta`]: varied(
      [section, "Angle θ", "°"],
      [-180, theta, 180, 0.5],
      preset.provenance,
      2,
      "Where on the cycle the wave stands; R is 0°.",
    ),
    [`${wave}.a`]: varied(
      [section, "Strength a", ""],
      [-strongest, a, strongest, 0.05],
      "paper",
      Math.abs(strength) * 0.15,
      "How strongly the wave pulls; its height grows with a b².",
    ),
    [`${wave}.b`]: varied(
      [section, "Width b", "rad"],
      [0.02, b, 0.8, 0.005],
      "paper",
      b * 0.1,
      "Standard deviation of the wave on the cycle.",
    ),
  };
}

const timingFields: Schema = {
  "heartRate.mean": varied(
    ["Timing", "Heart rate", "1/min"],
    [30, 60, 200, 1],
    "paper",
    10,
    "Mean heart rate.",
  ),
  "heartRate.sd": varied(
    ["Timing", "Heart rate SD", "1/min"],
    [0, 1, 20, 0.1],
    "paper",
    0.3,
    "Standard deviation of the heart rate; no RR interval is shorter than 0.2 s.",
  ),
  "heartRate.lfHfRatio": varied(
    ["Timing", "LF/HF ratio", ""],
    [0.05, 0.5, 10, 0.05],
    "paper",
    0.1,
    "Power of the Mayer wave (0.1 Hz) over that of respiration.",
  ),
  "respiration.frequency": varied(
    ["Timing", "Respiration", "Hz"],
    [0.1, 0.25, 0.5, 0.005],
    "paper",
    0.03,
    "Moves the high-frequency peak and the baseline.",
  ),
};

const noiseFields: Schema = {
  "baseline.amplitude": varied(
    ["Noise and baseline", "Baseline amplitude", "model"],
    [0, 0.005, 0.05, 0.001],
    "code",
    0.002,
    "Respiratory baseline, in the model's own unit before scaling; the program's 0.005 stands for the paper's 0.15 mV.",
  ),
  "noise.whiteSd": varied(
    ["Noise and baseline", "White noise SD", "mV"],
    [0, 0, 0.2, 0.001],
    "paper",
    0,
    "Standard deviation of the white noise, added after scaling.",
  ),
};

const methodFields: Schema = {
  internalFrequency: {
    ...varied(
      ["Method", "Internal rate", "Hz"],
      [100, 500, 4000, 50],
      "reconstruction",
      0,
      "The equations are integrated at the lowest multiple of the output rate that is not below this; ECGSYN asks for a whole multiple too.",
    ),
    integer: true,
  },
  scaleToMillivolts: {
    kind: "switch",
    section: "Method",
    label: "Scale to millivolts",
    description: "Maps the noise-free signal to −0.4 … 1.2 mV, as ECGSYN does.",
    provenance: "paper",
    default: true,
  },
  scaleWithHeartRate: {
    kind: "switch",
    section: "Method",
    label: "Waves follow the heart rate",
    description: "Widths and angles grow with the square root of the heart rate, as in ECGSYN.",
    provenance: "code",
    default: true,
  },
};

/** Factors of the angles, in the order P, Q, R, S, T, and of all widths. */
export function heartRateFactors(
  values: Values,
  preset: string,
): { angles: readonly number[]; width: number } {
  const width =
    values["scaleWithHeartRate"] === true ? Math.sqrt(numberAt(values, "heartRate.mean") / 60) : 1;
  return { angles: publishedNamed(preset).angleGrowth.map((growth) => width ** growth), width };
}

/** The waves as the equations need them, scaled with the heart rate where the values say so. */
export function etaParameters(values: Values, preset: string): EtaParameters {
  const { angles, width } = heartRateFactors(values, preset);
  const read = (part: string) => Float64Array.from(waveNames, (wave) => numberAt(values, `${wave}.${part}`));
  return {
    theta: read("theta").map((degrees, index) => ((degrees * Math.PI) / 180) * angles[index]),
    a: read("a"),
    b: read("b").map((b) => b * width),
  };
}
