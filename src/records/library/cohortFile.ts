import { type Cohort, type RecordQuery, type Shares, type Split, sides } from "../../domain/cohort.ts";
import { Failure } from "../../domain/failure.ts";
import { workbenchVersion } from "../../domain/version.ts";

const format = "ecg-workbench-cohort";

/** The definition of a cohort as JSON, to send to somebody who has the same records. */
export function writeCohort(
  { name, createdAt, query, split }: Cohort,
  members: readonly { readonly hash: string; readonly name: string }[],
): string {
  const file = { format, version: 1, workbench: workbenchVersion, name, createdAt, query, split, members };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/**
 * Reads the definition of a cohort. Its query is kept as a note of how it came about: the members count.
 * @throws Failure `cohort-file` naming the field
 */
export function parseCohort(text: string, fileName: string): Omit<Cohort, "id"> {
  const file = objectOf(parseJson(text, fileName), fileName, "the file");
  if (file["format"] !== format) throw wrong(fileName, "format", `it is not ${format}`);
  if (file["version"] !== 1) throw wrong(fileName, "version", "this workbench reads version 1");
  const { name, createdAt, members } = file;
  if (typeof name !== "string" || name.trim() === "") throw wrong(fileName, "name", "it is no text");
  if (!Array.isArray(members)) throw wrong(fileName, "members", "it is no list");
  const hashes = members.map((member: unknown, index) => {
    const hash = objectOf(member, fileName, `members[${index}]`)["hash"];
    if (typeof hash !== "string" || !/^[0-9a-f]{64}$/.test(hash)) {
      throw wrong(fileName, `members[${index}].hash`, "it is no SHA-256 in hexadecimal");
    }
    return hash;
  });
  return {
    name: name.trim(),
    createdAt: typeof createdAt === "number" ? createdAt : 0,
    query: objectOf(file["query"] ?? {}, fileName, "query") as RecordQuery,
    split: splitOf(objectOf(file["split"], fileName, "split"), fileName),
    members: [...new Set(hashes)],
  };
}

function splitOf(split: Readonly<Record<string, unknown>>, fileName: string): Split {
  const numberAt = (key: string, from: number, to: number): number => {
    const value = split[key];
    if (typeof value === "number" && value >= from && value <= to) return value;
    throw wrong(fileName, `split.${key}`, `it is no number from ${from} to ${to}`);
  };
  const foldsAt = (key: string): number[] => {
    const value = split[key];
    if (Array.isArray(value) && value.every((fold) => Number.isInteger(fold))) return value as number[];
    throw wrong(fileName, `split.${key}`, "it is no list of fold numbers");
  };
  const seed = numberAt("seed", 0, 2 ** 32 - 1);
  switch (split["kind"]) {
    case "record":
    case "patient":
      return { kind: split["kind"], seed, shares: sharesOf(split["shares"], fileName) };
    case "published":
      return {
        kind: "published",
        seed,
        validationShare: numberAt("validationShare", 0, 1),
        validationFolds: foldsAt("validationFolds"),
        testFolds: foldsAt("testFolds"),
      };
    case "leaveOnePatientOut": {
      const { patient } = split;
      if (typeof patient !== "string") throw wrong(fileName, "split.patient", "it is no text");
      return {
        kind: "leaveOnePatientOut",
        seed,
        patient,
        validationShare: numberAt("validationShare", 0, 1),
      };
    }
    default:
      throw wrong(fileName, "split.kind", "it is none of record, patient, published, leaveOnePatientOut");
  }
}

function sharesOf(value: unknown, fileName: string): Shares {
  const given = objectOf(value, fileName, "split.shares");
  const [train, validation, test] = sides.map((side) => given[side]);
  const areShares = [train, validation, test].every((share) => typeof share === "number" && share >= 0);
  const sum = Number(train) + Number(validation) + Number(test);
  if (!areShares || Math.abs(sum - 1) > 1e-6) {
    throw wrong(fileName, "split.shares", "train, validation and test do not sum to 1");
  }
  return { train: Number(train), validation: Number(validation), test: Number(test) };
}

function parseJson(text: string, fileName: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw wrong(fileName, "JSON", error.message);
  }
}

function objectOf(value: unknown, fileName: string, field: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw wrong(fileName, field, "it is no object");
}

function wrong(fileName: string, field: string, reason: string): Failure {
  return new Failure(
    "cohort-file",
    `The definition cannot be read: ${reason}.`,
    `${fileName}, ${field}`,
    "Choose a cohort that this workbench exported.",
  );
}
