import { Failure } from "../domain/failure.ts";
import { type Row, readTable } from "./table.ts";

/** One electrocardiogram in `ptbxl_database.csv` of PTB-XL (Wagner et al. 2020). Null stands for an empty cell. */
export interface PtbXlRow {
  readonly ecgId: number;
  readonly patientId: number;
  /** Years; null where it is unknown, and where the database hides it because it is over 89. */
  readonly age: number | null;
  /** The database writes 300 for every age over 89. */
  readonly isOver89: boolean;
  readonly sex: "male" | "female" | null;
  /** cm */
  readonly height: number | null;
  /** kg */
  readonly weight: number | null;
  /** In German, Swedish or English. */
  readonly report: string;
  /** Likelihood in percent by SCP-ECG code; 0 says that it is unknown, not that the statement does not hold. */
  readonly scpCodes: ReadonlyMap<string, number>;
  /** 1 to 10; the patients of one fold are in no other. 9 and 10 were validated by a human. */
  readonly stratFold: number;
  /** Path of the record at 100 Hz, without extension. */
  readonly filenameLr: string;
  /** Path of the record at 500 Hz, without extension. */
  readonly filenameHr: string;
  readonly validatedByHuman: boolean | null;
  /** Leads with each disturbance, in the technician's words: `I-AVF, V1`. */
  readonly noise: Readonly<
    Record<"baselineDrift" | "staticNoise" | "burstNoise" | "electrodesProblems", string | null>
  >;
  readonly pacemaker: string | null;
  /** `1984-11-09 09:17:34`, shifted by the database for each patient. */
  readonly recordingDate: string | null;
}

/** Diagnostic superclasses of PTB-XL: normal, infarction, ST/T change, conduction disturbance, hypertrophy. */
export type Superclass = "NORM" | "MI" | "STTC" | "CD" | "HYP";

export const superclasses: readonly Superclass[] = ["NORM", "MI", "STTC", "CD", "HYP"];

/** One line of `scp_statements.csv`. */
export interface ScpStatement {
  readonly code: string;
  readonly description: string;
  readonly diagnostic: boolean;
  readonly form: boolean;
  readonly rhythm: boolean;
  readonly diagnosticClass: Superclass | null;
  readonly diagnosticSubclass: string | null;
}

const needed = ["ecg_id", "patient_id", "scp_codes", "strat_fold", "filename_lr", "filename_hr"];

/**
 * Reads PTB-XL's list of electrocardiograms, of version 1.0.1 or 1.0.3.
 * @throws Failure `csv-syntax`, `csv-columns`, or `csv-value` with row and column
 */
export function parsePtbXlDatabase(text: string, fileName: string): PtbXlRow[] {
  return readTable(text, fileName, needed).map((row) => {
    const age = number(row, "age", 0, 300);
    const sex = oneOf(row, "sex", { "0": "male", "1": "female" } as const);
    return {
      ecgId: required(row, "ecg_id", whole(row, "ecg_id", 0, 1e9)),
      patientId: required(row, "patient_id", whole(row, "patient_id", 0, 1e9)),
      age: age === 300 ? null : age,
      isOver89: age === 300,
      sex,
      height: number(row, "height", 0, 1000),
      weight: number(row, "weight", 0, 1000),
      report: row.cell("report") ?? "",
      scpCodes: likelihoods(row, "scp_codes"),
      stratFold: required(row, "strat_fold", whole(row, "strat_fold", 1, 10)),
      filenameLr: required(row, "filename_lr", filled(row, "filename_lr")),
      filenameHr: required(row, "filename_hr", filled(row, "filename_hr")),
      validatedByHuman: oneOf(row, "validated_by_human", truth),
      noise: {
        baselineDrift: leads(row, "baseline_drift"),
        staticNoise: leads(row, "static_noise"),
        burstNoise: leads(row, "burst_noise"),
        electrodesProblems: leads(row, "electrodes_problems"),
      },
      pacemaker: filled(row, "pacemaker"),
      recordingDate: filled(row, "recording_date"),
    };
  });
}

/**
 * Reads PTB-XL's list of SCP-ECG statements. The column of codes is the first and bears no name.
 * @throws Failure `csv-syntax`, `csv-columns`, or `csv-value` with row and column
 */
export function parseScpStatements(text: string, fileName: string): ScpStatement[] {
  const columns = ["", "description", "diagnostic", "form", "rhythm", "diagnostic_class"];
  const classes = Object.fromEntries(superclasses.map((name) => [name, name])) as Record<
    Superclass,
    Superclass
  >;
  return readTable(text, fileName, columns).map((row) => ({
    code: required(row, "", filled(row, "")),
    description: row.cell("description") ?? "",
    diagnostic: oneOf(row, "diagnostic", flag) ?? false,
    form: oneOf(row, "form", flag) ?? false,
    rhythm: oneOf(row, "rhythm", flag) ?? false,
    diagnosticClass: oneOf(row, "diagnostic_class", classes),
    diagnosticSubclass: filled(row, "diagnostic_subclass"),
  }));
}

/**
 * The superclasses of an electrocardiogram's diagnostic statements, in the order of `superclasses`. Statements count
 * whatever their likelihood, as in the benchmark of Strodthoff et al. (2021); one may have none, or several.
 */
export function superclassesOf(
  scpCodes: ReadonlyMap<string, number>,
  statements: readonly ScpStatement[],
): Superclass[] {
  const found = new Set(
    statements
      .filter(({ code, diagnostic }) => diagnostic && scpCodes.has(code))
      .map(({ diagnosticClass }) => diagnosticClass),
  );
  return superclasses.filter((superclass) => found.has(superclass));
}

const truth = { True: true, False: false, true: true, false: false } as const;
/** Pandas writes the flags as numbers. */
const flag = { "1.0": true, "1": true, "0.0": false, "0": false } as const;

function filled(row: Row, column: string): string | null {
  return row.cell(column) || null;
}

function number(row: Row, column: string, from: number, to: number): number | null {
  const cell = filled(row, column);
  if (cell === null) return null;
  const value = /^\d+(\.\d*)?$/.test(cell) ? Number(cell) : Number.NaN;
  if (!(value >= from && value <= to)) throw wrong(row, column, cell);
  return value;
}

/** Whole numbers beside empty cells come as `15709.0`. */
function whole(row: Row, column: string, from: number, to: number): number | null {
  const value = number(row, column, from, to);
  if (value !== null && !Number.isInteger(value)) throw wrong(row, column, String(value));
  return value;
}

function oneOf<Value>(row: Row, column: string, values: Readonly<Record<string, Value>>): Value | null {
  const cell = filled(row, column);
  if (cell === null) return null;
  if (!Object.hasOwn(values, cell)) throw wrong(row, column, cell);
  return values[cell];
}

function required<Value>(row: Row, column: string, value: Value | null): Value {
  if (value === null) throw wrong(row, column, "");
  return value;
}

/** ` , I-V1,  ` is `I-V1`. */
function leads(row: Row, column: string): string | null {
  return row.cell(column)?.replace(/^[\s,]+|[\s,]+$/g, "") || null;
}

/** A Python dictionary of codes and numbers: `{'NORM': 100.0, 'SR': 0.0}`. */
function likelihoods(row: Row, column: string): Map<string, number> {
  const cell = row.cell(column) ?? "";
  const inside = /^\{(.*)\}$/.exec(cell)?.[1].trim();
  if (inside === undefined) throw wrong(row, column, cell);
  const found = new Map<string, number>();
  if (inside === "") return found;
  for (const item of inside.replace(/,\s*$/, "").split(",")) {
    const pair = /^\s*(['"])([^'"]+)\1\s*:\s*(\d+(?:\.\d*)?)\s*$/.exec(item);
    if (pair === null) throw wrong(row, column, cell);
    found.set(pair[2], Number(pair[3]));
  }
  return found;
}

function wrong(row: Row, column: string, cell: string): Failure {
  const shown = cell.length > 60 ? `${cell.slice(0, 60)}…` : cell;
  return new Failure(
    "csv-value",
    shown === "" ? "The cell is empty." : `The cell holds “${shown}”, which it cannot.`,
    `${row.place}, column ${column || 1}`,
    "Get the table again or correct the cell.",
  );
}
