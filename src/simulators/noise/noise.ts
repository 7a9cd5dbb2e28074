import type { NumberField, Schema, Spread, Values } from "../../domain/schema.ts";
import type { Random } from "../../signal/random.ts";

/** What a preset decides about its noise and baseline. */
export interface NoiseDefaults {
  readonly noise: "none" | "white" | "held";
  readonly baseline: "none" | "sine" | "respiration" | "walk";
  /** mV */
  readonly whiteSd: number;
  readonly whiteSpread: Spread | null;
  /** mV */
  readonly baselineAmplitude: number;
  readonly baselineSpread: Spread | null;
  /** Whether recordings are made beat by beat, so that noise may change from beat to beat. */
  readonly beatwise: boolean;
}

/** A disturbance of a whole recording, with its own parameters. */
export interface Noise {
  readonly title: string;
  fields(defaults: NoiseDefaults): Schema;
  /**
   * Adds itself to samples in mV.
   * @param values must hold the keys of `fields`
   * @param random a stream of its own, so that one disturbance never changes another
   */
  add(samples: Float64Array, values: Values, samplingFrequency: number, random: Random): void;
}

/** A numeric field with what all of them share; 0 is always allowed. */
export function noiseField(
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
