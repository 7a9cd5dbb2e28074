import type { ParameterValue } from "../domain/recording.ts";
import type { Field, Schema } from "../domain/schema.ts";
import type { Random } from "../signal/random.ts";

/** Fields that vary between recordings by a spread or by weights, rather than by the table. */
export function spreadFields(schema: Schema): [string, Field][] {
  return Object.entries(schema).filter(
    ([, field]) =>
      (field.kind === "number" && field.spread !== undefined) ||
      (field.kind === "choice" && field.options.some((option) => option.weight !== undefined)),
  );
}

/** Draws one such field around its value; choices and ranges that a person has set stay. */
export function drawField(field: Field, value: ParameterValue, set: boolean, random: Random): ParameterValue {
  if (field.kind === "choice") {
    const share = random.uniform();
    let sum = 0;
    const drawn = field.options.find((option) => {
      sum += option.weight ?? 0;
      return share < sum;
    });
    return set || drawn === undefined ? value : drawn.value;
  }
  if (field.kind !== "number" || field.spread === undefined || typeof value !== "number") return value;
  const { spread } = field;
  const deviate = spread.kind === "normal" ? random.normal() : 2 * random.uniform() - 1;
  const drawn = {
    normal: () => (spread.kind === "normal" ? value + spread.standardDeviation * deviate : value),
    uniform: () => (spread.kind === "uniform" ? value + spread.halfWidth * deviate : value),
    logUniform: () => (spread.kind === "logUniform" ? value * spread.factor ** deviate : value),
    range: () =>
      spread.kind === "range" && !set ? spread.from + (spread.to - spread.from) * (0.5 + deviate / 2) : value,
  }[spread.kind]();
  return Math.min(field.maximum, Math.max(field.minimum, drawn));
}
