import { expect, test } from "vitest";
import { describeRecord } from "./describe.ts";
import { snomedLabels } from "./snomed.ts";

const tables = { rows: new Map(), statements: [] };
const recording = (name: string, comments: readonly string[]) => ({
  name,
  comments,
  annotations: [],
  samplingFrequency: 500,
  leads: [{ name: "II" }],
});

test("a record of Chapman–Shaoxing–Ningbo bears the labels that PTB-XL has for its diagnoses", () => {
  const found = describeRecord(
    recording("JS00001", ["Age: 85", "Sex: Male", "Dx: 164889003,59118001,164934002", "Rx: Unknown"]),
    tables,
  );
  expect(found).toMatchObject({
    dataset: "chapman",
    patient: "chapman/JS00001",
    age: 85,
    sex: "male",
    labels: ["AFIB", "CRBBB", "SNOMED 164934002"],
  });
});

test("the seven rhythms are those of PTB-XL, sinus irregularity among them", () => {
  const rhythms = "426177001,426783006,164889003,427084000,164890007,427393009,426761007";
  expect(snomedLabels([`Dx: ${rhythms}`])).toEqual([
    "SBRAD",
    "SR",
    "AFIB",
    "STACH",
    "AFLT",
    "SARRH",
    "SVTAC",
  ]);
});

test("numbers for the same are one label, and what is no number is none", () => {
  expect(snomedLabels(["dx: 427172004, 17338001", "Dx: Unknown", "Rx: 427172004"])).toEqual(["PVC"]);
});

test("a synthetic record is marked whatever database its name speaks of, and a database's own is not", () => {
  const comments = ["Age: 85", "Dx: 164889003", "Synthetic: AFIB by DCGAN. No recording of a person."];
  expect(describeRecord(recording("JS00001", comments), tables)).toMatchObject({
    dataset: "chapman",
    synthetic: { kind: "unknown" },
  });
  expect(describeRecord(recording("JS00001", comments.slice(0, 2)), tables).synthetic).toBeUndefined();
});

test("records of other challenges keep their labels without a database", () => {
  const found = describeRecord(recording("E00007", ["Age: 60", "Sex: Female", "Dx: 426783006"]), tables);
  expect(found).toMatchObject({ dataset: "other", patient: null, labels: ["SR"], age: 60, sex: "female" });
});
