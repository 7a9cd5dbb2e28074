import { type RecordDescription, type Sex, undescribed } from "../domain/libraryRecord.ts";
import type { Recording } from "../domain/recording.ts";
import { originOfComments } from "../domain/syntheticOrigin.ts";
import { mitBihInformation } from "./mitBih.ts";
import { type PtbXlRow, type ScpStatement, superclassesOf } from "./ptbXl.ts";
import { snomedLabels } from "./snomed.ts";

/** Tables of PTB-XL by the number of the electrocardiogram. */
export interface PtbXlTables {
  readonly rows: ReadonlyMap<number, PtbXlRow>;
  readonly statements: readonly ScpStatement[];
}

type Described = Pick<Recording, "name" | "comments" | "annotations" | "samplingFrequency"> & {
  readonly leads: readonly { readonly name: string }[];
};

/**
 * What the database of a record says about it, by its names, its header's comments and its annotations; and whether the
 * comments are those by which this workbench marks what is synthetic.
 */
export function describeRecord(recording: Described, tables: PtbXlTables): RecordDescription {
  const synthetic = originOfComments(recording.comments);
  const description = describeByDatabase(recording, tables);
  return synthetic === undefined ? description : { ...description, synthetic };
}

function describeByDatabase(recording: Described, tables: PtbXlTables): RecordDescription {
  for (const ask of [ptbXl, mitBih, ludb, qt, chapman]) {
    const description = ask(recording, tables);
    if (description !== null) return description;
  }
  return {
    ...undescribed,
    ...fromComments(recording.comments),
    labels: [...new Set([...snomedLabels(recording.comments), ...rhythmsOf(recording)])],
  };
}

/** The number in a name such as `00001_lr` or `00001_hr`, or null. */
export function ecgIdOf(recordName: string): number | null {
  const found = /^(\d{5})_(lr|hr)$/.exec(recordName);
  return found === null ? null : Number(found[1]);
}

/** What PTB-XL's tables say of an electrocardiogram. */
export function describePtbXl(row: PtbXlRow, statements: readonly ScpStatement[]): RecordDescription {
  const codes = [...row.scpCodes.keys()];
  const superclasses = superclassesOf(row.scpCodes, statements).filter((name) => !codes.includes(name));
  const notes = Object.entries(row.noise).flatMap(([kind, where]) =>
    where === null
      ? []
      : [`${kind.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}: ${where.trim()}`],
  );
  return {
    dataset: "ptbXl",
    patient: `ptbxl/${row.patientId}`,
    age: row.isOver89 ? 90 : row.age,
    sex: row.sex,
    labels: [...superclasses, ...codes],
    likelihoods: Object.fromEntries(row.scpCodes),
    fold: row.stratFold,
    division: null,
    paced: row.scpCodes.has("PACE") || row.pacemaker !== null,
    report: row.report,
    noiseNotes: notes,
  };
}

function ptbXl(recording: Described, { rows, statements }: PtbXlTables): RecordDescription | null {
  const ecgId = ecgIdOf(recording.name);
  if (ecgId === null) return null;
  const row = rows.get(ecgId);
  return row === undefined ? { ...undescribed, dataset: "ptbXl" } : describePtbXl(row, statements);
}

function mitBih(recording: Described): RecordDescription | null {
  const { name, comments, leads, samplingFrequency } = recording;
  const known = mitBihInformation(name, comments, { count: leads.length, samplingFrequency });
  if (known === null) return null;
  return { ...undescribed, dataset: "mitBih", ...known, labels: rhythmsOf(recording) };
}

function ludb(recording: Described): RecordDescription | null {
  const { comments, name } = recording;
  const start = comments.findIndex((comment) => comment.startsWith("<diagnoses>"));
  if (start < 0) return null;
  const statements = comments.slice(start + 1).map((comment) => comment.trim().replace(/\.$/, ""));
  return {
    ...undescribed,
    ...fromComments(comments),
    dataset: "ludb",
    patient: `ludb/${name}`,
    labels: statements.map((statement) => statement.replace(/^Rhythm: /, "")).filter((label) => label !== ""),
  };
}

function qt(recording: Described): RecordDescription | null {
  const { name, comments } = recording;
  const isQt =
    /^sel[e\d]\w*$/.test(name) && recording.samplingFrequency === 250 && recording.leads.length === 2;
  if (!isQt) return null;
  return {
    ...undescribed,
    ...fromComments(comments),
    dataset: "qt",
    patient: `qtdb/${name}`,
    labels: rhythmsOf(recording),
  };
}

/** Of the Chapman–Shaoxing–Ningbo database (`JS00001`), each record another person's. */
function chapman({ name, comments }: Described): RecordDescription | null {
  const labels = snomedLabels(comments);
  if (!/^JS\d{5}$/.test(name) || labels.length === 0) return null;
  return {
    ...undescribed,
    ...fromComments(comments),
    dataset: "chapman",
    patient: `chapman/${name}`,
    labels,
    paced: labels.includes("PACE"),
  };
}

/** Rhythms that the annotations name, without brackets, in order of appearance. */
function rhythmsOf({ annotations }: Described): string[] {
  const rhythms = annotations.flatMap(({ symbol, text }) =>
    symbol === "+" && text.startsWith("(") ? [text.slice(1).trim()] : [],
  );
  return [...new Set(rhythms)].filter((rhythm) => rhythm !== "");
}

/**
 * Age and sex from a header's comments, as the PhysioNet challenges (`Age: 74`), LUDB (`<age>: 51`) and the databases of
 * Boston's Beth Israel Hospital (`69 M 1085 1629 x1`) write them.
 */
function fromComments(comments: readonly string[]): { age: number | null; sex: Sex | null } {
  let age: number | null = null;
  let sex: Sex | null = null;
  for (const comment of comments) {
    const classic = /^(\d{1,3}) ([MF]) \d+ \d+ x\d/.exec(comment.trim());
    const ageFound = classic?.[1] ?? /^<?age>?:\s*(\d{1,3})\b/i.exec(comment.trim())?.[1];
    const sexFound = classic?.[2] ?? /^<?(?:sex|gender)>?:\s*([MF])/i.exec(comment.trim())?.[1];
    if (ageFound !== undefined) age ??= Number(ageFound);
    if (sexFound !== undefined) sex ??= sexFound.toUpperCase() === "M" ? "male" : "female";
  }
  return { age, sex };
}
