import type { ParameterValue } from "../../domain/recording.ts";
import type { Schema, Values } from "../../domain/schema.ts";

/** Everything that decides what the synthetic recording looks like; undo and the address work on it. */
export interface Picture {
  readonly simulator: string;
  readonly preset: string;
  readonly rhythm: string;
  /** Parameters that differ from the schema's defaults. */
  readonly overrides: Values;
  readonly seed: number;
  readonly variation: "exact" | "drawn";
  /** s */
  readonly duration: number;
  /** Hz */
  readonly samplingFrequency: number;
}

export const initialPicture: Picture = {
  simulator: "gaussian",
  preset: "clinical",
  rhythm: "normal",
  overrides: {},
  seed: 1,
  variation: "exact",
  duration: 10,
  samplingFrequency: 500,
};

/** The parameter as it stands: set by the person, or the schema's default. */
export function currentValue(picture: Picture, schema: Schema, key: string): ParameterValue {
  return picture.overrides[key] ?? schema[key].default;
}

/** A picture with one or more parameters changed; a value equal to its default is no longer kept as a change. */
export function withValues(picture: Picture, schema: Schema, changes: Values): Picture {
  const overrides: Record<string, ParameterValue> = { ...picture.overrides };
  for (const [key, value] of Object.entries(changes)) {
    if (schema[key] === undefined) continue;
    if (schema[key].default === value) delete overrides[key];
    else overrides[key] = value;
  }
  return { ...picture, overrides };
}

/** A picture without changes to the named parameters, or to any when none is named. */
export function withoutValues(picture: Picture, keys?: readonly string[]): Picture {
  if (keys === undefined) return { ...picture, overrides: {} };
  const overrides = Object.fromEntries(
    Object.entries(picture.overrides).filter(([key]) => !keys.includes(key)),
  );
  return { ...picture, overrides };
}

/** Changes that still mean something under another schema: those whose field is the same there. */
export function keepShared(overrides: Values, from: Schema, to: Schema): Values {
  return Object.fromEntries(
    Object.entries(overrides).filter(([key]) => {
      const [before, after] = [from[key], to[key]];
      if (before === undefined || after === undefined || before.kind !== after.kind) return false;
      return before.kind !== "number" || after.kind !== "number" || before.unit === after.unit;
    }),
  );
}
