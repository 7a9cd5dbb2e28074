import { Failure } from "../domain/failure.ts";
import type { Lead, Recording } from "../domain/recording.ts";
import { timeUnitOf } from "./csvCells.ts";
import { type Column, readColumns } from "./csvTable.ts";
import { keptUnit, recordNameOf, withDistinctNames } from "./leads.ts";
import { decodeText } from "./text.ts";
import { checkFrequency, frequencyNeeded, readTiming, type TimeUnit } from "./timeColumn.ts";

/** What a table does not say and a person knows. */
export interface CsvOptions {
  /** Hz */
  readonly samplingFrequency?: number;
  /** Of the columns that state none. */
  readonly unit?: string;
}

const limits = {
  /** bytes; a longer text would not fit into a string. */
  size: 256 * 1024 ** 2,
  /** mV; an ECG whose samples mostly lie beyond is in another unit. */
  millivolts: 20,
  /** Rows from which on a first column without a name is taken for the time where it never goes back. */
  rowsOfTime: 8,
} as const;

/**
 * Reads an ECG from a table: a column a lead, a row a sample; separated by commas, semicolons or tabs; with decimal
 * points or decimal commas. A first row may name the leads with their units (`II (mV)`, `II_mV`), a second the units. A
 * column `time` (s, ms, min, h:mm:ss) gives the sampling frequency, or is checked against the one that is given. Lines
 * that start with `#` are comments; empty cells and `NaN` are missing samples. What was assumed stands among the
 * recording's warnings under the code `assumed`.
 * @param hash SHA-256 of the file, for the origin
 * @throws Failure `csv-syntax`, `csv-value`, `csv-columns` or `csv-time` with the line; `frequency-needed` or
 *   `unit-needed` where an option must tell; `no-signals`, `file-too-long`, `frequency-value`
 */
export function readCsv(
  source: Uint8Array | string,
  fileName: string,
  hash: string,
  options: CsvOptions = {},
): Recording {
  if (source.length > limits.size) {
    throw new Failure(
      "file-too-long",
      `The table has ${source.length} bytes; ${limits.size} can be read.`,
      fileName,
      "Cut it into pieces, or convert it to a WFDB record.",
    );
  }
  const given = checkFrequency(options.samplingFrequency, fileName);
  const text = typeof source === "string" ? source.replace(/^\uFEFF/, "") : decodeText(source);
  const { columns, comments, isNamed, lines } = readColumns(text, fileName);
  const length = lines.length;
  const time = findTime(columns, isNamed, length, fileName);
  const leads = columns.filter(
    (column, index) =>
      index !== time?.index && !isNumbering(column) && !(column.title === "" && isEmpty(column)),
  );
  if (leads.length === 0 || length === 0) {
    throw new Failure(
      "no-signals",
      "The table has no samples to show.",
      fileName,
      "Choose a table with a column for each lead and a row for each sample.",
    );
  }
  const assumptions: string[] = [];
  let samplingFrequency = given;
  if (time !== null) {
    const { samples: times, resolution } = columns[time.index];
    const place = (row: number) => `${fileName}, line ${lines.samples[row]}`;
    const timing = readTiming({ times, resolution, unit: time.unit }, given, fileName, place);
    samplingFrequency = timing.samplingFrequency;
    if (timing.assumption !== null) assumptions.push(timing.assumption);
  }
  if (samplingFrequency === null) throw frequencyNeeded("The table has no time column.", fileName);
  const frequency = samplingFrequency;
  const withoutUnit = leads.filter((column) => column.unit === null);
  if (options.unit === undefined && withoutUnit.length > 0) {
    for (const column of withoutUnit) checkMillivolts(column, fileName);
    assumptions.push(`No unit is stated for ${withoutUnit.map(nameOf).join(", ")}: mV was assumed.`);
  }
  return {
    name: recordNameOf(fileName),
    samplingFrequency: frequency,
    length,
    leads: withDistinctNames(leads.map((column) => leadOf(column, frequency, options.unit ?? "mV"))),
    annotations: [],
    comments,
    warnings: assumptions.map(
      (message) =>
        new Failure(
          "assumed",
          message,
          fileName,
          "State it in the first row, or give it when the file is opened.",
        ),
    ),
    origin: { kind: "file", fileNames: [fileName], hash },
  };
}

/** The column that gives the time: the first by its name, or else a first column without a name that counts on. */
function findTime(
  columns: readonly Column[],
  isNamed: boolean,
  length: number,
  fileName: string,
): { readonly index: number; readonly unit: TimeUnit | null } | null {
  const units = columns.map((column) => (isNamed ? timeUnitOf(column.title, column.unit) : undefined));
  if (units.includes("unknown")) {
    const { title, unit } = columns[units.indexOf("unknown")];
    throw new Failure(
      "csv-columns",
      `The column ${title} counts in ${unit}, which is no unit of time known here.`,
      fileName,
      "Give the time in s or ms.",
    );
  }
  const isTime = (unit: (typeof units)[number]) => unit !== undefined && unit !== "sample";
  const index = units.some(isTime) ? units.findIndex(isTime) : units.indexOf("sample");
  if (index >= 0) return { index, unit: units[index] as TimeUnit | null };
  const [first] = columns;
  if (columns.length < 2 || first.title !== "") return null;
  if (isNamed) return isNumbering(first) ? { index: 0, unit: "sample" } : null;
  return length >= limits.rowsOfTime && neverGoesBack(first.samples) ? { index: 0, unit: null } : null;
}

/** No lead of an ECG rises all the time. */
function neverGoesBack(values: Float64Array): boolean {
  if (!(values[values.length - 1] > values[0])) return false;
  return values.every((value, index) => index === 0 || value >= values[index - 1]);
}

/** A running number of the rows, by its name, or as pandas puts one first without a name. */
function isNumbering({ title, unit, index, samples }: Column): boolean {
  if (timeUnitOf(title, unit) === "sample") return true;
  if (title !== "" || index !== 0 || samples.length < 2) return false;
  return samples.every((value, row) => value === samples[0] + row);
}

function isEmpty({ samples }: Column): boolean {
  return samples.every(Number.isNaN);
}

function nameOf({ title, index }: Column): string {
  return title === "" ? `column ${index + 1}` : title;
}

function leadOf(column: Column, samplingFrequency: number, otherwise: string): Lead {
  const { unit, factor } = keptUnit(column.unit ?? otherwise);
  const samples = Float32Array.from(column.samples, (value) => value * factor);
  return { name: nameOf(column), unit, samplingFrequency, samples };
}

function checkMillivolts(column: Column, fileName: string): void {
  let beyond = 0;
  let within = 0;
  for (const value of column.samples) {
    if (Math.abs(value) > limits.millivolts) beyond++;
    else if (!Number.isNaN(value)) within++;
  }
  if (beyond <= within) return;
  throw new Failure(
    "unit-needed",
    `The samples of ${nameOf(column)} mostly lie beyond ±${limits.millivolts}, which cannot be mV, and no unit is stated.`,
    `${fileName}, column ${column.index + 1}`,
    "State the unit in the first row, as in “II (uV)”, or give it when the file is opened.",
  );
}
