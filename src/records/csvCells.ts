import type { TimeUnit } from "./timeColumn.ts";

const missing: ReadonlySet<string> = new Set(["", "nan", "na", "n/a", "null", "none", "-", "?"]);

/** Whether a cell says that there is no value. */
export function isMissing(cell: string): boolean {
  return missing.has(cell.trim().toLowerCase());
}

const numeral = /^[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d{1,3})?$/;
/** `0:01.500`, `00:00:01.500`, as the PhysioNet tools print times; in single quotes there. */
const clock = /^(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d+)?)$/;

/** Larger numbers could leave the range of single precision. */
const largest = 1e30;

/** What a cell holds: a number and the size of its last digit. */
export interface Quantity {
  readonly value: number;
  readonly resolution: number;
  readonly decimalMark: "." | "," | null;
}

/** Reads a number, or a time of day in seconds; null where the cell holds neither. */
export function readQuantity(cell: string): Quantity | null {
  const text = cell.trim().replace(/^'\s*(.*?)\s*'$/, "$1");
  const time = clock.exec(text);
  if (time === null && !numeral.test(text)) return null;
  const number = time === null ? text : time[3];
  const decimalMark = number.includes(",") ? "," : number.includes(".") ? "." : null;
  const [mantissa, exponent] = number.replace(",", ".").toLowerCase().split("e");
  const decimals = mantissa.includes(".") ? mantissa.length - mantissa.indexOf(".") - 1 : 0;
  const value =
    time === null
      ? Number(number.replace(",", "."))
      : Number(time[1] ?? 0) * 3600 + Number(time[2]) * 60 + Number(mantissa);
  if (!(Math.abs(value) <= largest)) return null;
  return { value, resolution: 10 ** (Number(exponent ?? 0) - decimals), decimalMark };
}

export interface ColumnName {
  readonly name: string;
  readonly unit: string | null;
}

/** `II (mV)`, `II [mV]`, `II_mV` or `II/mV`; the name alone where it states no unit. */
export function splitName(cell: string): ColumnName {
  const text = cell.trim().replace(/^'(.*)'$/, "$1");
  const bracketed = /^(.*\S)\s*[([]\s*([^()[\]]+?)\s*[)\]]$/.exec(text);
  if (bracketed !== null) return { name: bracketed[1], unit: bracketed[2] };
  // A bare V stays in the name: it is a lead's as well.
  const appended = /^(.*[^\s_/])\s*[\s_/]\s*([muµμn]V|SD|mmHg|s|sec|seconds|ms|µs|us|min)$/i.exec(text);
  return appended === null ? { name: text, unit: null } : { name: appended[1], unit: appended[2] };
}

const timeUnits: Readonly<Record<string, TimeUnit>> = {
  s: "s",
  sec: "s",
  second: "s",
  seconds: "s",
  ms: "ms",
  msec: "ms",
  millisecond: "ms",
  milliseconds: "ms",
  us: "µs",
  µs: "µs",
  μs: "µs",
  microseconds: "µs",
  min: "min",
  minutes: "min",
  sample: "sample",
  samples: "sample",
  "hh:mm:ss.mmm": "s",
};

/**
 * The unit in which a column gives the time: null where it does not say, `unknown` where it says one that is none of
 * ours; undefined for a column that does not give the time, by its name.
 */
export function timeUnitOf(name: string, unit: string | null): TimeUnit | "unknown" | null | undefined {
  const title = name.toLowerCase().trim();
  if (/^((sample|frame)s?([ _]?(#|no\.?|number|index))?|index|no\.?|#)$/.test(title)) return "sample";
  if (unit === null) {
    if (Object.hasOwn(timeUnits, title)) return timeUnits[title];
    return /^t$|^(elapsed[ _]?)?time$/.test(title) ? null : undefined;
  }
  if (!/^t$|^(elapsed[ _]?)?time$/.test(title)) return undefined;
  const stated = unit.toLowerCase();
  return Object.hasOwn(timeUnits, stated) ? timeUnits[stated] : "unknown";
}
