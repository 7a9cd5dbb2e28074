import type { NumberField, Provenance, Spread } from "../domain/schema.ts";

/**
 * A numeric parameter of a simulator.
 * @param words section, label and unit
 * @param range minimum, default, maximum and step
 */
export function numberField(
  [section, label, unit]: readonly [string, string, string],
  [minimum, value, maximum, step]: readonly [number, number, number, number],
  provenance: Provenance,
  spread: Spread | null,
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
  return spread === null ? field : { ...field, spread };
}
