import { Failure } from "../../domain/failure.ts";
import { type WaveName, waveNames } from "../../domain/groundTruth.ts";
import type { ParameterValue } from "../../domain/recording.ts";
import type { Field, NumberField, Provenance, Schema } from "../../domain/schema.ts";
import { type Preset, presets } from "./presets.ts";
import { rhythms } from "./rhythms/index.ts";
import type { Rhythm, Timing } from "./rhythms/rhythm.ts";
import {
  authorLength,
  clinicalLength,
  clinicalTable,
  lengthIndex,
  packedIndex,
  packedSize,
  type Quantity,
  tableA1,
  tableSign,
} from "./tableA1.ts";

type Part = "amplitude" | "width" | "shift";

/** One number of the packed vector that describes a beat, with the sign that it has there. */
export interface PackedQuantity {
  readonly key: string;
  readonly sign: number;
  /** What holds where a rhythm hides the quantity. */
  readonly hidden: Quantity;
}

const parts: readonly Part[] = ["amplitude", "width", "shift"];

/** Author's noise of a beat: baseline drift and the two held noises, each a hold (samples) and a rate (1 / SD). */
export const authorNoise: Readonly<Record<string, Quantity>> = {
  "baseline.walk": { base: 0.5, recordingSd: 0.25, beatSd: 0.05 },
  "held1.hold": { base: 10, recordingSd: 1, beatSd: 0.5 },
  "held1.rate": { base: 100, recordingSd: 10, beatSd: 5 },
  "held2.hold": { base: 3, recordingSd: 0.3, beatSd: 0.15 },
  "held2.rate": { base: 200, recordingSd: 20, beatSd: 2 },
};

/** What the packed vector of a beat holds after its sixteen morphological numbers. */
export const noiseIndex = packedSize;

const nothing: Quantity = { base: 0, recordingSd: 0, beatSd: 0 };

/** The keys of the packed vector for a timing, with signs: Q and S of Table A.1 are subtracted. */
export function packedQuantities(timing: Timing): PackedQuantity[] {
  const list: PackedQuantity[] = [];
  const table = timing === "beat" ? tableA1 : clinicalTable;
  for (const wave of waveNames) {
    for (const part of parts) {
      const sign = timing === "beat" && part === "amplitude" ? tableSign[wave] : 1;
      list[packedIndex(wave, part)] = {
        key: `${wave}.${part}`,
        sign,
        hidden: part === "amplitude" ? nothing : table[wave][part],
      };
    }
  }
  list[lengthIndex] = { key: "length", sign: 1, hidden: nothing };
  return [...list, ...Object.keys(authorNoise).map((key) => ({ key, sign: 1, hidden: nothing }))];
}

/** @throws Failure `unknown-preset` or `unknown-rhythm`, with what there is */
export function presetAndRhythm(preset: string, rhythm: string): { preset: Preset; rhythm: Rhythm } {
  const [foundPreset, foundRhythm] = [presets[preset], rhythms[rhythm]];
  if (foundPreset === undefined) {
    throw new Failure(
      "unknown-preset",
      "There is no such preset.",
      preset,
      `Choose ${Object.keys(presets).join(", ")}.`,
    );
  }
  if (foundRhythm === undefined) {
    throw new Failure(
      "unknown-rhythm",
      "There is no such rhythm.",
      rhythm,
      `Choose ${Object.keys(rhythms).join(", ")}.`,
    );
  }
  return { preset: foundPreset, rhythm: foundRhythm };
}

/** All parameters of the Gaussian-composition simulator for a preset and a rhythm, in the order of a form. */
export function gaussianSchema(presetName: string, rhythmName: string): Schema {
  const { preset, rhythm } = presetAndRhythm(presetName, rhythmName);
  const { timing } = preset;
  const schema: Record<string, Field> = { ...rhythm.fields(timing) };
  for (const wave of waveNames) Object.assign(schema, waveFields(wave, timing));
  Object.assign(schema, lengthFields(timing), preset.fields);
  if (timing === "beat") Object.assign(schema, authorNoiseFields());
  for (const [key, change] of Object.entries(rhythm.tableChanges(timing))) applyChange(schema, key, change);
  return schema;
}

function applyChange(schema: Record<string, Field>, key: string, change: ParameterValue | null): void {
  if (change === null) {
    for (const suffix of ["", ".recordingSd", ".beatSd"]) delete schema[key + suffix];
    return;
  }
  const field = schema[key];
  if (field?.kind !== "number" || typeof change !== "number")
    throw new TypeError(`no number to change at ${key}`);
  schema[key] = { ...field, default: change, provenance: "reconstruction" };
}

const descriptions: Readonly<Record<Part, string>> = {
  amplitude: "Height of the wave.",
  width: "Standard deviation of the wave's Gaussian.",
  shift: "Where the wave's centre stands.",
};

function waveFields(wave: WaveName, timing: Timing): Schema {
  const fields: Record<string, Field> = {};
  const table = timing === "beat" ? tableA1 : clinicalTable;
  for (const part of parts) {
    Object.assign(
      fields,
      quantityFields(`${wave}.${part}`, table[wave][part], baseField(wave, part, timing)),
    );
  }
  return fields;
}

function baseField(wave: WaveName, part: Part, timing: Timing): NumberField {
  const beat = timing === "beat";
  const unit = part === "amplitude" ? "mV" : beat ? "of beat" : "s";
  const [minimum, maximum, step] =
    part === "amplitude"
      ? beat
        ? [-4, 5, 0.01]
        : [-2.5, 3, 0.01]
      : part === "width"
        ? beat
          ? [-0.25, 0.3, 0.0005]
          : [0, 0.15, 0.0005]
        : beat
          ? [-0.7, 1.5, 0.001]
          : [-0.45, 0.7, 0.001];
  const negative =
    beat && (wave === "Q" || wave === "S") && part === "amplitude" ? " Subtracted, as in the table." : "";
  const origin = part === "shift" && !beat ? " Seconds from the R peak." : "";
  return {
    kind: "number",
    section: `${wave} wave`,
    label: part[0].toUpperCase() + part.slice(1),
    description: `${descriptions[part]}${negative}${origin}`,
    unit,
    minimum,
    maximum,
    step,
    default: 0,
    provenance: beat ? "paper" : wave === "R" && part === "shift" ? "paper" : "reconstruction",
  };
}

/** A base value and, folded away, its two standard deviations. */
function quantityFields(
  key: string,
  quantity: Quantity,
  base: NumberField,
  sdProvenance?: Provenance,
): Schema {
  const spread = Math.max(Math.abs(quantity.base), quantity.recordingSd, base.step * 20);
  const sd = (suffix: string, label: string, value: number): Schema => ({
    [`${key}.${suffix}`]: {
      ...base,
      label: `${base.label} SD ${label}`,
      description: `Standard deviation of the ${base.label.toLowerCase()} between ${label === "rec." ? "recordings" : "beats"}.`,
      minimum: 0,
      maximum: Number((2 * spread).toPrecision(2)),
      step: base.step / 10,
      default: Number(value.toPrecision(6)),
      integer: false,
      advanced: true,
      provenance: sdProvenance ?? base.provenance,
    },
  });
  return {
    [key]: { ...base, default: quantity.base },
    ...sd("recordingSd", "rec.", quantity.recordingSd),
    ...sd("beatSd", "beat", quantity.beatSd),
  };
}

function lengthFields(timing: Timing): Schema {
  const field: NumberField = {
    kind: "number",
    section: "Timing",
    label: "Beat length",
    description: "Time from one beat to the next (RR); 0.8 s are 75 beats a minute.",
    unit: "s",
    minimum: 0.2,
    maximum: 2.5,
    step: 0.005,
    default: 0.8,
    provenance: timing === "beat" ? "code" : "reconstruction",
  };
  return quantityFields("length", timing === "beat" ? authorLength : clinicalLength, field);
}

function authorNoiseFields(): Schema {
  const field = (
    label: string,
    unit: string,
    maximum: number,
    step: number,
    description: string,
  ): NumberField => ({
    kind: "number",
    section: "Noise and baseline",
    label,
    description,
    unit,
    minimum: unit === "mV" ? 0 : 1,
    maximum,
    step,
    default: 0,
    provenance: "code",
    advanced: true,
  });
  const fields: Readonly<Record<string, NumberField>> = {
    "baseline.walk": field(
      "Baseline walk",
      "mV",
      3,
      0.01,
      "Standard deviation of the drift over one beat, where the baseline walks.",
    ),
    "held1.hold": field(
      "Held noise 1, hold",
      "samples",
      40,
      0.1,
      "How long one deviate of the first noise stays.",
    ),
    "held1.rate": field("Held noise 1, rate", "1/mV", 500, 1, "Its standard deviation is 1 / rate."),
    "held2.hold": field(
      "Held noise 2, hold",
      "samples",
      40,
      0.1,
      "How long one deviate of the second noise stays.",
    ),
    "held2.rate": field("Held noise 2, rate", "1/mV", 500, 1, "Its standard deviation is 1 / rate."),
  };
  return Object.assign(
    {},
    ...Object.entries(authorNoise).map(([key, quantity]) => quantityFields(key, quantity, fields[key])),
  );
}
