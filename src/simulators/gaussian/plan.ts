import type { ParameterValue } from "../../domain/recording.ts";
import { resolveValues, type Schema, type Values } from "../../domain/schema.ts";
import type { Random } from "../../signal/random.ts";
import type { SimulationRequest } from "../simulator.ts";
import { drawField, spreadFields } from "../spread.ts";
import { gaussianSchema, type PackedQuantity, packedQuantities, presetAndRhythm } from "./parameters.ts";
import { drawRecordingTable, packTable, type Table } from "./perturbation.ts";
import type { Rhythm, Timing } from "./rhythms/rhythm.ts";
import { lengthIndex } from "./tableA1.ts";

/** A request worked out once, so that many recordings can be made from it without looking anything up. */
export interface Plan {
  readonly timing: Timing;
  readonly rhythm: Rhythm;
  readonly schema: Schema;
  readonly overrides: Values;
  readonly values: Values;
  readonly quantities: readonly PackedQuantity[];
  readonly table: Table;
  readonly hierarchical: boolean;
  /** Limits of a drawn length, s. */
  readonly lengths: readonly [number, number];
  readonly cumulative: boolean;
  readonly spread: ReturnType<typeof spreadFields>;
}

/** The recording's own parameters: the packed table, and every other value. */
export interface Settled {
  readonly packed: Float64Array;
  readonly values: Values;
}

/** Streams of one seed: what one purpose draws never changes what another gets. */
export const streams = {
  parameters: 1,
  beats: 2,
  rhythm: 3,
  held: 4,
  walk: 5,
  crop: 6,
  augmentation: 7,
} as const;

/** The disturbance at this place of the noise registry has this stream. */
export const noiseStream = (place: number): number => 16 + place;

/** @throws Failure for an unknown preset, rhythm or parameter, or a value out of range */
export function planOf(request: Pick<SimulationRequest, "preset" | "rhythm" | "overrides">): Plan {
  const { preset, rhythm } = presetAndRhythm(request.preset, request.rhythm);
  const schema = gaussianSchema(request.preset, request.rhythm);
  const values = resolveValues(schema, request.overrides);
  const quantities = packedQuantities(preset.timing);
  const table = packTable(quantities, values);
  const length = table.base[lengthIndex];
  const [shortest, longest] = rhythm.drawnLength(preset.timing);
  return {
    timing: preset.timing,
    rhythm,
    schema,
    overrides: request.overrides,
    values,
    quantities,
    table,
    // A length that a person has set beyond the limits stays possible.
    lengths: [Math.min(shortest, length), Math.max(longest, length)],
    hierarchical: values["hierarchicalShifts"] === true,
    cumulative: values["beatPerturbation"] === "cumulative",
    spread: spreadFields(schema),
  };
}

/** Parameters exactly as they stand. */
export function settleExact(plan: Plan): Settled {
  return { packed: plan.table.base, values: plan.values };
}

/** Parameters drawn around those that stand; `random` is the seed's parameter stream. */
export function settleDrawn(
  plan: Plan,
  random: Random,
  packed = new Float64Array(plan.quantities.length),
): Settled {
  drawRecordingTable(plan.table, plan.hierarchical, plan.lengths, random, packed);
  if (plan.spread.length === 0) return { packed, values: plan.values };
  // Only what was drawn is stored; the rest is found through the prototype, because copying all would show in the rate.
  const values: Record<string, ParameterValue> = Object.create(plan.values);
  for (const [key, field] of plan.spread) {
    values[key] = drawField(field, values[key], key in plan.overrides, random);
  }
  return { packed, values };
}

/** All parameters by name, the packed ones with the sign that the table gives them. */
export function namedValues(plan: Plan, settled: Settled): Record<string, ParameterValue> {
  const named: Record<string, ParameterValue> = { ...plan.values, ...settled.values };
  plan.quantities.forEach(({ key, sign }, index) => {
    if (key in plan.schema) named[key] = sign * settled.packed[index];
  });
  return named;
}
