import type { Field, Schema } from "../../domain/schema.ts";
import type { Distribution, SearchSpace } from "./distributions.ts";

/**
 * Where a search looks for the values of a schema: its fields that name a range, each option of a choice as likely, those
 * of numbers in their order. Lengths that the schema gives in seconds are the options nearest to them.
 * @param samplingFrequency Hz, of the recordings
 */
export function searchSpaceOf(schema: Schema, samplingFrequency: number): SearchSpace {
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, field]) => {
      const distribution = distributionOf(field, samplingFrequency);
      return distribution === null ? [] : [[key, distribution] as const];
    }),
  );
}

function distributionOf(field: Field, samplingFrequency: number): Distribution | null {
  if (field.kind === "switch") return null;
  if (field.kind === "number") {
    if (field.search === undefined) return null;
    const { scale, low, high } = field.search;
    if (scale === "logarithmic") return { kind: "logUniform", low, high };
    return { kind: field.integer === true ? "integer" : "uniform", low, high };
  }
  const inSamples = field.searchSeconds?.map((seconds) =>
    nearestOption(field.options, seconds * samplingFrequency),
  );
  const values = field.search ?? (inSamples === undefined ? undefined : [...new Set(inSamples)]);
  if (values === undefined) return null;
  const areNumbers = values.every((value) => value !== "" && Number.isFinite(Number(value)));
  return { kind: areNumbers ? "ordered" : "choice", values };
}

function nearestOption(options: readonly { readonly value: string }[], wanted: number): string {
  const distance = (value: string) => Math.abs(Math.log(Number(value) / wanted));
  return options.reduce((best, each) => (distance(each.value) < distance(best.value) ? each : best)).value;
}
