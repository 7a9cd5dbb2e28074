import { Failure } from "../../domain/failure.ts";
import { waveNames } from "../../domain/groundTruth.ts";
import {
  type NumberField,
  numberAt,
  type Provenance,
  type Schema,
  type Values,
} from "../../domain/schema.ts";
import type { Option } from "../simulator.ts";

/** The waves of the model: angle (rad), strength a and width b (rad), in the order P, Q, R, S, T. */
export interface EtaParameters {
  readonly theta: Float64Array;
  readonly a: Float64Array;
  readonly b: Float64Array;
}

interface Published {
  readonly option: Option;
  /** degrees */
  readonly theta: readonly number[];
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** Published defaults: McSharry et al., IEEE Trans Biomed Eng 2003;50:289, in the two variants of ECGSYN. */
export const published: Readonly<Record<string, Published>> = {
  ecgsyn: {
    option: { value: "ecgsyn", label: "ECGSYN", description: "The angles of the MATLAB program." },
    theta: [-70, -15, 0, 15, 100],
    a: [1.2, -5, 30, -7.5, 0.75],
    b: [0.25, 0.1, 0.1, 0.1, 0.4],
  },
  "ecgsyn-c": {
    option: {
      value: "ecgsyn-c",
      label: "ECGSYN, C program",
      description: "The angles of the C program: P and T nearer to R.",
    },
    theta: [-60, -15, 0, 15, 90],
    a: [1.2, -5, 30, -7.5, 0.75],
    b: [0.25, 0.1, 0.1, 0.1, 0.4],
  },
};

/** All parameters under a preset. @throws Failure `unknown-preset` or `unknown-rhythm` */
export function mcsharrySchema(presetName: string, rhythm: string): Schema {
  const preset = published[presetName];
  if (preset === undefined) {
    throw new Failure(
      "unknown-preset",
      "There is no such preset.",
      presetName,
      `Choose ${Object.keys(published).join(", ")}.`,
    );
  }
  if (rhythm !== "normal") {
    throw new Failure("unknown-rhythm", "The dynamical model has no such rhythm.", rhythm, "Choose normal.");
  }
  const fields: Record<string, NumberField> = {};
  waveNames.forEach((wave, index) => {
    const section = `${wave} wave`;
    const amplitude = Math.max(5, Math.abs(preset.a[index]) * 2);
    fields[`${wave}.theta`] = numberField(
      section,
      "Angle θ",
      "°",
      [-180, preset.theta[index], 180, 0.5],
      "paper",
      2,
      "Where on the cycle the wave stands; R is 0°.",
    );
    fields[`${wave}.a`] = numberField(
      section,
      "Strength a",
      "",
      [-amplitude, preset.a[index], amplitude, 0.05],
      "paper",
      Math.abs(preset.a[index]) * 0.15,
      "How strongly the wave pulls; its height grows with a b².",
    );
    fields[`${wave}.b`] = numberField(
      section,
      "Width b",
      "rad",
      [0.02, preset.b[index], 0.8, 0.005],
      "paper",
      preset.b[index] * 0.1,
      "Standard deviation of the wave on the cycle.",
    );
  });
  const timing = "Timing";
  const noise = "Noise and baseline";
  return {
    ...fields,
    "heartRate.mean": numberField(
      timing,
      "Heart rate",
      "1/min",
      [30, 60, 200, 1],
      "paper",
      10,
      "Mean heart rate.",
    ),
    "heartRate.sd": numberField(
      timing,
      "Heart rate SD",
      "1/min",
      [0, 1, 20, 0.1],
      "paper",
      0.3,
      "Standard deviation of the heart rate.",
    ),
    "heartRate.lfHfRatio": numberField(
      timing,
      "LF/HF ratio",
      "",
      [0.05, 0.5, 10, 0.05],
      "paper",
      0.1,
      "Power of the Mayer wave (0.1 Hz) over that of respiration.",
    ),
    "respiration.frequency": numberField(
      timing,
      "Respiration",
      "Hz",
      [0.1, 0.25, 0.5, 0.005],
      "paper",
      0.03,
      "Moves the high-frequency peak and the baseline.",
    ),
    "baseline.amplitude": numberField(
      noise,
      "Baseline amplitude",
      "model",
      [0, 0.005, 0.05, 0.001],
      "paper",
      0.002,
      "Respiratory baseline, in the model's own unit before scaling.",
    ),
    "noise.whiteSd": numberField(
      noise,
      "White noise SD",
      "mV",
      [0, 0, 0.2, 0.001],
      "paper",
      0,
      "Standard deviation of the white noise.",
    ),
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
      provenance: "paper",
      default: true,
    },
  };
}

function numberField(
  section: string,
  label: string,
  unit: string,
  [minimum, value, maximum, step]: readonly [number, number, number, number],
  provenance: Provenance,
  standardDeviation: number,
  description: string,
): NumberField {
  const field: NumberField = {
    kind: "number",
    section,
    label,
    unit,
    minimum,
    maximum,
    step,
    default: value,
    provenance,
    description,
  };
  return standardDeviation === 0 ? field : { ...field, spread: { kind: "normal", standardDeviation } };
}

/**
 * The waves as the equations need them. With `scaleWithHeartRate`, widths grow with √(heart rate / 60) and the angles
 * of Q and S with it, those of P and T with its square root (ECGSYN).
 */
export function etaParameters(values: Values): EtaParameters {
  const factor =
    values["scaleWithHeartRate"] === true ? Math.sqrt(numberAt(values, "heartRate.mean") / 60) : 1;
  const root = Math.sqrt(factor);
  const angleFactors = [root, factor, 1, factor, root];
  const read = (part: string) => Float64Array.from(waveNames, (wave) => numberAt(values, `${wave}.${part}`));
  return {
    theta: read("theta").map((degrees, index) => ((degrees * Math.PI) / 180) * angleFactors[index]),
    a: read("a"),
    b: read("b").map((width) => width * factor),
  };
}
