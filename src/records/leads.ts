import type { Lead } from "../domain/recording.ts";

/** Factors to mV of the units in which an ECG may be written. */
const millivolts: Readonly<Record<string, number>> = {
  mV: 1,
  mv: 1,
  MV: 1,
  uV: 1e-3,
  uv: 1e-3,
  UV: 1e-3,
  µV: 1e-3,
  μV: 1e-3,
  nV: 1e-6,
  V: 1e3,
};

/** The unit in which a lead is kept, and what its samples are to be multiplied by: every voltage comes in mV. */
export function keptUnit(unit: string): { readonly unit: string; readonly factor: number } {
  return Object.hasOwn(millivolts, unit) ? { unit: "mV", factor: millivolts[unit] } : { unit, factor: 1 };
}

/** Two leads of the same name would be one to a person who chooses; the second becomes `name (2)`. */
export function withDistinctNames(leads: readonly Lead[]): Lead[] {
  const seen = new Map<string, number>();
  return leads.map((lead) => {
    const count = (seen.get(lead.name) ?? 0) + 1;
    seen.set(lead.name, count);
    return count === 1 ? lead : { ...lead, name: `${lead.name} (${count})` };
  });
}

/** The name of a record that is one file: without folder and extension. */
export function recordNameOf(fileName: string): string {
  return fileName.replace(/^.*[/\\]/, "").replace(/(?<=.)\.[^.]*$/, "");
}
