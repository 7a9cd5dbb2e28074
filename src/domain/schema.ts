import { Failure } from "./failure.ts";
import type { ParameterValue } from "./recording.ts";

/** Where a number or rule comes from; everything but `paper` and `code` is marked in the interface. */
export type Provenance = "paper" | "code" | "literature" | "reconstruction";

/** How a parameter varies from one drawn recording to the next, around its value. */
export type Spread =
  | { readonly kind: "normal"; readonly standardDeviation: number }
  | { readonly kind: "uniform"; readonly halfWidth: number }
  | { readonly kind: "logUniform"; readonly factor: number }
  /** Uniform between two limits wherever the value stands, unless a person has set it. */
  | { readonly kind: "range"; readonly from: number; readonly to: number };

interface FieldBase {
  readonly label: string;
  /** One sentence: what it does to the picture or the result. */
  readonly description: string;
  /** Fields with the same section stand together in a form. */
  readonly section: string;
  readonly provenance: Provenance;
  /** Folded away until asked for. */
  readonly advanced?: boolean;
}

export interface NumberField extends FieldBase {
  readonly kind: "number";
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
  /** `mV`, `s`, `Hz`, `1/min`, `rad`, `%` or empty for a pure number. */
  readonly unit: string;
  readonly integer?: boolean;
  readonly spread?: Spread;
  /** Where a hyper-parameter search looks; nowhere if absent. */
  readonly search?: { readonly scale: "linear" | "logarithmic"; readonly low: number; readonly high: number };
}

export interface ChoiceField extends FieldBase {
  readonly kind: "choice";
  readonly default: string;
  readonly options: readonly ChoiceOption[];
  /** Options among which a hyper-parameter search chooses; none if absent. */
  readonly search?: readonly string[];
  /** The same in s, where the options count samples. */
  readonly searchSeconds?: readonly number[];
}

export interface ChoiceOption {
  readonly value: string;
  readonly label: string;
  /** Share of drawn recordings with this option, unless a person has chosen one. */
  readonly weight?: number;
}

export interface SwitchField extends FieldBase {
  readonly kind: "switch";
  readonly default: boolean;
}

export type Field = NumberField | ChoiceField | SwitchField;

/** Parameters by key, in the order in which a form shows them. Keys read `P.amplitude`, `heartRate.mean`. */
export type Schema = Readonly<Record<string, Field>>;

/** Every parameter of a schema with its value. */
export type Values = Readonly<Record<string, ParameterValue>>;

/** Whether all values are the same, whatever their order. */
export function hasSameValues(one: Values, other: Values): boolean {
  const own = Object.entries(one);
  return own.length === Object.keys(other).length && own.every(([name, value]) => other[name] === value);
}

/** The schema's own values. */
export function defaultsOf(schema: Schema): Record<string, ParameterValue> {
  return Object.fromEntries(Object.entries(schema).map(([key, field]) => [key, field.default]));
}

/**
 * Defaults with `overrides` laid over them, each checked against its field.
 * @throws Failure `unknown-parameter` or `parameter-out-of-range`, naming the key and what is allowed
 */
export function resolveValues(schema: Schema, overrides: Values): Record<string, ParameterValue> {
  const values = defaultsOf(schema);
  for (const [key, value] of Object.entries(overrides)) {
    const field = schema[key];
    if (field === undefined) {
      throw new Failure(
        "unknown-parameter",
        "There is no such parameter.",
        key,
        `Known parameters: ${Object.keys(schema).join(", ")}.`,
      );
    }
    values[key] = checkValue(key, field, value);
  }
  return values;
}

/**
 * One value, checked against its field.
 * @throws Failure `parameter-out-of-range`
 */
export function checkValue(key: string, field: Field, value: ParameterValue): ParameterValue {
  const allowed = describeRange(field);
  const valid =
    field.kind === "number"
      ? typeof value === "number" &&
        value >= field.minimum &&
        value <= field.maximum &&
        (!field.integer || Number.isInteger(value))
      : field.kind === "switch"
        ? typeof value === "boolean"
        : field.options.some((option) => option.value === value);
  if (!valid) {
    throw new Failure(
      "parameter-out-of-range",
      `${String(value)} is not allowed here.`,
      key,
      `Give ${allowed}.`,
    );
  }
  return value;
}

/**
 * A value from text, as it stands in an address or on a command line.
 * @throws Failure `parameter-out-of-range`
 */
export function parseValue(key: string, field: Field, text: string): ParameterValue {
  if (field.kind === "number") {
    return checkValue(key, field, text.trim() === "" ? Number.NaN : Number(text));
  }
  if (field.kind === "switch") {
    return checkValue(
      key,
      field,
      text === "true" || text === "1" ? true : text === "false" || text === "0" ? false : text,
    );
  }
  return checkValue(key, field, text);
}

/** What a field takes, in words: `a number from 0 to 3 mV`. */
export function describeRange(field: Field): string {
  if (field.kind === "number") {
    const unit = field.unit === "" ? "" : ` ${field.unit}`;
    return `${field.integer ? "a whole number" : "a number"} from ${field.minimum} to ${field.maximum}${unit}`;
  }
  if (field.kind === "switch") return "true or false";
  return `one of ${field.options.map((option) => option.value).join(", ")}`;
}

/** A number that the schema promises to be there. A misspelt key is a defect, not a person's mistake. */
export function numberAt(values: Values, key: string): number {
  const value = values[key];
  if (typeof value !== "number") throw new TypeError(`no numeric parameter ${key}`);
  return value;
}

/** A choice between numbers, as a number. A misspelt key is a defect, not a person's mistake. */
export function chosenNumber(values: Values, key: string): number {
  const value = Number(values[key]);
  if (typeof values[key] !== "string" || Number.isNaN(value)) throw new TypeError(`no numeric choice ${key}`);
  return value;
}
