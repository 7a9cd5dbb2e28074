import { Failure } from "../domain/failure.ts";
import type { Lead, Recording } from "../domain/recording.ts";
import { keptUnit, recordNameOf } from "./leads.ts";
import { elementReader, type MatlabArray } from "./matlabArray.ts";
import { isLevel4, readLevel4 } from "./matlabLevel4.ts";
import { isLevel5, readLevel5 } from "./matlabLevel5.ts";
import { checkFrequency, frequencyNeeded } from "./timeColumn.ts";

/** What a MAT-file does not say and a person knows. */
export interface MatlabOptions {
  /** Hz */
  readonly samplingFrequency?: number;
  /** Of the numbers; mV is assumed where it is not given. */
  readonly unit?: string;
  /** Name of the matrix with the signals: `val`, `ECG.data`. */
  readonly variable?: string;
}

/** The matrix of PhysioNet's files: a row a lead, a column a sample. */
const usualName = "val";
const frequencyName = /(^|\.)(fs|sfreq|sampling_?(frequency|rate)|sample_?rate)$/i;
const mostLeads = 1024;
/** mV; an ECG whose samples mostly lie beyond is in another unit. */
const mostMillivolts = 20;

/**
 * Reads a matrix of signals from a MAT-file of version 4 to 7 that stands alone; one beside a `.hea` file is a WFDB
 * record. The matrix is `val`, or the only one of the file, or the one that is named. What was assumed stands among
 * the recording's warnings under the code `assumed`.
 * @param hash SHA-256 of the file, for the origin
 * @throws Failure `mat-syntax` with the byte, `unsupported-format`, `no-signals`, `file-too-long`, `frequency-value`;
 *   `variable-needed`, `frequency-needed` or `unit-needed` where an option must tell
 */
export function readMatlab(
  bytes: Uint8Array,
  fileName: string,
  hash: string,
  options: MatlabOptions = {},
): Recording {
  const given = checkFrequency(options.samplingFrequency, fileName);
  const arrays = arraysOf(bytes, fileName);
  const array = chooseArray(arrays, options.variable, fileName);
  const place = `${fileName}, variable ${array.name}`;
  const assumptions: string[] = [];
  const rowsAreLeads = array.name === usualName || array.rows <= array.columns;
  if (array.name !== usualName) {
    assumptions.push(`The ${rowsAreLeads ? "rows" : "columns"} of ${array.name} were taken for its leads.`);
  }
  const count = rowsAreLeads ? array.rows : array.columns;
  const length = rowsAreLeads ? array.columns : array.rows;
  if (count > mostLeads) {
    throw new Failure(
      "no-signals",
      `The matrix of ${array.rows} × ${array.columns} numbers is no ECG.`,
      place,
      "Name the variable that holds the signals.",
    );
  }
  const stated = given === null ? frequencyOf(arrays) : null;
  if (stated !== null) assumptions.push(`${stated.name} was taken for the sampling frequency.`);
  const samplingFrequency = given ?? stated?.frequency;
  if (samplingFrequency === undefined) {
    throw frequencyNeeded("A MAT-file does not state its sampling frequency.", fileName);
  }
  const { unit, factor } = keptUnit(options.unit ?? "mV");
  const element = elementReader(array);
  const leads = Array.from({ length: count }, (_, lead): Lead => {
    const samples = new Float32Array(length);
    for (let index = 0; index < length; index++) {
      const value = (rowsAreLeads ? element(lead, index) : element(index, lead)) * factor;
      // What single precision cannot hold is no sample.
      samples[index] = Math.abs(value) < 1e38 ? value : Number.NaN;
    }
    return { name: `signal ${lead + 1}`, unit, samplingFrequency, samples };
  });
  if (options.unit === undefined) {
    checkMillivolts(leads, place);
    assumptions.push("No unit is stated: mV was assumed.");
  }
  return {
    name: recordNameOf(fileName),
    samplingFrequency,
    length,
    leads,
    annotations: [],
    comments: [],
    warnings: assumptions.map(
      (message) => new Failure("assumed", message, place, "Give it when the file is opened."),
    ),
    origin: { kind: "file", fileNames: [fileName], hash },
  };
}

function arraysOf(bytes: Uint8Array, fileName: string): MatlabArray[] {
  if (isLevel5(bytes)) return readLevel5(bytes, fileName);
  if (isLevel4(bytes)) return readLevel4(bytes, fileName);
  throw new Failure(
    "mat-syntax",
    "It starts as no MAT-file of version 4 to 7 does.",
    `${fileName}, byte 0`,
    "Save it anew in MATLAB with “save -v7”, or in Python with scipy.io.savemat.",
  );
}

function chooseArray(
  arrays: readonly MatlabArray[],
  named: string | undefined,
  fileName: string,
): MatlabArray {
  const signals = arrays.filter(({ rows, columns }) => rows * columns > 1);
  const names = signals.map(({ name, rows, columns }) => `${name} (${rows} × ${columns})`).join(", ");
  const [first] = signals;
  if (first === undefined) {
    throw new Failure(
      "no-signals",
      "The file holds no matrix of numbers.",
      fileName,
      "Choose a file with a matrix of signals, a row a lead.",
    );
  }
  const chosen =
    named === undefined && signals.length === 1
      ? first
      : signals.find(({ name }) => name === (named ?? usualName));
  if (chosen !== undefined) return chosen;
  throw new Failure(
    "variable-needed",
    named === undefined ? "Several of its matrices may be the signals." : `It has no matrix ${named}.`,
    fileName,
    `Name the variable: ${names}.`,
  );
}

function frequencyOf(
  arrays: readonly MatlabArray[],
): { readonly name: string; readonly frequency: number } | null {
  const scalars = arrays.filter(
    ({ name, rows, columns }) => frequencyName.test(name) && rows === 1 && columns === 1,
  );
  const [first] = scalars;
  if (first === undefined || scalars.length > 1) return null;
  const frequency = elementReader(first)(0, 0);
  return frequency >= 1e-6 && frequency <= 1e7 ? { name: first.name, frequency } : null;
}

function checkMillivolts(leads: readonly Lead[], place: string): void {
  for (const { name, samples } of leads) {
    let balance = 0;
    for (const value of samples) {
      if (Math.abs(value) > mostMillivolts) balance++;
      else if (!Number.isNaN(value)) balance--;
    }
    if (balance > 0) {
      throw new Failure(
        "unit-needed",
        `The numbers of ${name} mostly lie beyond ±${mostMillivolts}, which cannot be mV, and no unit is stated.`,
        place,
        "Give the unit when the file is opened: uV for most files of steps of a thousandth mV.",
      );
    }
  }
}
