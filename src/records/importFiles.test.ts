import { describe, expect, test } from "vitest";
import { Failure } from "../domain/failure.ts";
import { candidatesAmong } from "./candidates.ts";
import { type ImportOutcome, type ImportPlan, importRecords, plainPlan, tablesAmong } from "./importFiles.ts";
import { createQuota, keepAll } from "./keep.ts";
import { openRecording } from "./openRecording.ts";
import type { SourceFile } from "./sourceFile.ts";
import { surveyFiles } from "./survey.ts";

const encode = (text: string) => new TextEncoder().encode(text);
let reads: string[] = [];
const source = (path: string, content: string | Uint8Array = ""): SourceFile => {
  const bytes = typeof content === "string" ? encode(content) : content;
  return {
    path,
    size: bytes.length,
    stamp: "1",
    async read() {
      reads.push(path);
      return bytes;
    },
  };
};

const samples = new Uint8Array(2000).map((_, index) => (index % 7 === 0 ? index : 0));
/** A record of two leads, 5 s at 100 Hz. */
const record = (folder: string, name: string) => [
  source(
    `${folder}${name}.hea`,
    `${name} 2 100 500\n${name}.dat 16 200 16 0 0 0 0 I\n${name}.dat 16 200 16 0 0 0 0 II\n`,
  ),
  source(`${folder}${name}.dat`, samples),
];

async function all(files: readonly SourceFile[], plan: ImportPlan = plainPlan): Promise<ImportOutcome[]> {
  reads = [];
  const outcomes: ImportOutcome[] = [];
  for await (const outcome of importRecords(files, plan)) outcomes.push(outcome);
  return outcomes;
}

const database = `ecg_id,patient_id,age,sex,report,scp_codes,strat_fold,filename_lr,filename_hr
1,77.0,56.0,1,gut,"{'NORM': 100.0, 'SR': 0.0}",3,records100/00000/00001_lr,records500/00000/00001_hr
2,78.0,300.0,0,schlecht,"{'AFIB': 0.0, 'IMI': 80.0}",10,records100/00000/00002_lr,records500/00000/00002_hr
3,79.0,40.0,0,gut,"{'NORM': 80.0}",4,records100/00000/00003_lr,records500/00000/00003_hr
`;
const statements = `,description,diagnostic,form,rhythm,diagnostic_class,diagnostic_subclass
NORM,normal ECG,1.0,,,NORM,NORM
IMI,inferior infarction,1.0,,,MI,IMI
SR,sinus rhythm,,,1.0,,
AFIB,atrial fibrillation,,,1.0,,
`;
const ptbXl = [
  source("ptb-xl/ptbxl_database.csv", database),
  source("ptb-xl/scp_statements.csv", statements),
  ...[1, 2, 3].flatMap((number) => [
    ...record("ptb-xl/records100/00000/", `0000${number}_lr`),
    ...record("ptb-xl/records500/00000/", `0000${number}_hr`),
  ]),
];

test("a record of Chapman–Shaoxing–Ningbo, whose samples lie in a MAT-file behind 24 bytes, comes with its labels", async () => {
  const line = "JS00001.mat 16+24 1000/mV 16 0 0 0 0";
  const header = `JS00001 2 500 400\n${line} I\n${line} II\n#Age: 85\n#Sex: Male\n#Dx: 164889003,59118001\n`;
  const bytes = new Uint8Array(24 + 2 * 2 * 400);
  const view = new DataView(bytes.buffer);
  for (let frame = 0; frame < 400; frame++) {
    view.setInt16(24 + 4 * frame, frame, true);
    view.setInt16(24 + 4 * frame + 2, -frame, true);
  }
  const outcomes = await all([source("db/01/JS00001.hea", header), source("db/01/JS00001.mat", bytes)]);
  expect(outcomes.map(({ kind }) => kind)).toEqual(["record"]);
  const [outcome] = outcomes;
  if (outcome.kind !== "record") throw new Error("it was not read");
  const { description, recording } = outcome.record;
  expect(description).toMatchObject({ dataset: "chapman", labels: ["AFIB", "CRBBB"] });
  expect(recording.leads.map(({ samples: own }) => own[399])).toEqual([0.399, -0.399].map(Math.fround));
});

describe("finding records among files", () => {
  const named = async (files: readonly SourceFile[]) => {
    const found: string[] = [];
    for await (const candidate of candidatesAmong(files)) {
      found.push(candidate instanceof Failure ? candidate.code : `${candidate.folder}${candidate.name}`);
    }
    return found;
  };

  test("each header is a record, segments belong to theirs, tables and what stands beside are none", async () => {
    const files = [
      ...record("db/", "a"),
      ...record("db/", "b"),
      source("db/long.hea", "long/2 2 100 1000\na 500\nb 500\n"),
      source("db/RECORDS"),
      source("db/README.md"),
      source("db/ptbxl_database.csv"),
      source("__MACOSX/db/._a.hea"),
      source("other/x.edf"),
      source("other/y.csv"),
      source("other/z.mat"),
    ];
    expect((await named(files)).sort()).toEqual(["db/long", "other/x", "other/y", "other/z"]);
  });

  test("a .mat that a header names is its signal file", async () => {
    const header = source("A1.hea", "A1 1 500 10\nA1.mat 16+24 1000/mV 16 0 0 0 0 II\n");
    expect(await named([header, source("A1.mat")])).toEqual(["A1"]);
  });

  test("names in capitals are found", async () => {
    const files = [
      source("DISC/A.HEA", "A 1 100 4\nA.dat 16 200 16 0 0 0 0 II\n"),
      source("DISC/A.DAT", new Uint8Array(8)),
    ];
    const [outcome] = await all(files);
    expect(outcome).toMatchObject({ kind: "record", record: { name: "A" } });
  });

  test("where there is no record at all, everything is reported; a table alone is not", async () => {
    expect(await named([source("notes.txt"), source("x.dat")])).toEqual(["unknown-file", "missing-file"]);
    expect(await named([source("ptbxl_database.csv", database)])).toEqual([]);
  });
});

describe("importing PTB-XL", () => {
  test("describes its records by its tables", async () => {
    const plan = { ...plainPlan, tables: await tablesAmong(ptbXl) };
    const outcomes = await all(ptbXl, plan);
    const records = outcomes.flatMap((outcome) => (outcome.kind === "record" ? [outcome.record] : []));
    expect(records).toHaveLength(6);
    expect(records.find(({ name }) => name === "00002_hr")?.description).toEqual({
      dataset: "ptbXl",
      patient: "ptbxl/78",
      age: 90,
      sex: "male",
      labels: ["MI", "AFIB", "IMI"],
      likelihoods: { AFIB: 0, IMI: 80 },
      fold: 10,
      division: null,
      paced: false,
      report: "schlecht",
      noiseNotes: [],
    });
  });

  test("keeps one rate, chosen labels and so many of each, without reading the others", async () => {
    const tables = await tablesAmong(ptbXl);
    const choice = { ...keepAll, ptbXlRate: 100, labels: ["NORM"], mostOfEach: 1 } as const;
    const outcomes = await all(ptbXl, { ...plainPlan, tables, choice });
    const kept = outcomes.flatMap((outcome) => (outcome.kind === "record" ? [outcome.record.name] : []));
    expect(kept).toEqual(["00001_lr"]);
    expect(outcomes.filter(({ kind }) => kind === "unwanted")).toHaveLength(5);
    expect(reads.filter((path) => path.endsWith(".dat"))).toEqual(["ptb-xl/records100/00000/00001_lr.dat"]);
  });

  test("a survey tells rates and labels by names and tables alone", async () => {
    const tables = await tablesAmong(ptbXl);
    reads = [];
    expect(surveyFiles(ptbXl, tables)).toMatchObject({
      records: 6,
      ptbXl: { at100: 3, at500: 3, described: 3 },
      labels: [
        { label: "NORM", count: 2 },
        { label: "AFIB", count: 1 },
        { label: "IMI", count: 1 },
        { label: "MI", count: 1 },
        { label: "SR", count: 1 },
      ],
    });
    expect(reads).toEqual([]);
  });
});

describe("choosing what to keep", () => {
  test("chosen leads are written as a record of their own, sample by sample the same", async () => {
    const files = record("", "a");
    const [whole] = await all(files);
    const [part] = await all(files, { ...plainPlan, choice: { ...keepAll, leads: ["ii"] } });
    if (whole.kind !== "record" || part.kind !== "record") throw new Error("both are records");
    expect(part.record.recording.leads.map(({ name }) => name)).toEqual(["II"]);
    expect(part.record.recording.leads[0].samples).toEqual(whole.record.recording.leads[1].samples);
    expect([...part.record.files.keys()]).toEqual(["a.hea", "a.dat"]);
    expect(part.record.hash).not.toBe(whole.record.hash);
    expect(part.record.source).not.toBe(whole.record.source);
  });

  test("a record without the chosen leads is refused by name", async () => {
    const [outcome] = await all(record("db/", "a"), { ...plainPlan, choice: { ...keepAll, leads: ["V9"] } });
    expect(outcome).toMatchObject({ kind: "failure", failure: { code: "no-such-lead", place: "db/a" } });
  });

  test("the quota counts each label of a record, and asks for those that lack", () => {
    const isWanted = createQuota({ ...keepAll, mostOfEach: 2 });
    expect([["A"], ["A", "B"], ["A"], ["B"], ["B"], [], [], []].map((labels) => isWanted(labels))).toEqual([
      true,
      true,
      false,
      true,
      false,
      true,
      true,
      false,
    ]);
  });
});

test("a table without times is a question; the answer makes it a record that states it", async () => {
  const rows = ["I,II", ...Array.from({ length: 600 }, (_, n) => `${Math.sin(n / 9).toFixed(3)},0.1`)];
  const files = [source("made/table.csv", `${rows.join("\n")}\n`)];
  const [question] = await all(files);
  expect(question).toMatchObject({ kind: "failure", failure: { code: "frequency-needed" } });
  const [answer] = await all(files, {
    ...plainPlan,
    choice: { ...keepAll, assumed: { samplingFrequency: 250 } },
  });
  if (answer.kind !== "record") throw new Error("it is a record");
  expect(answer.record.recording).toMatchObject({ samplingFrequency: 250, length: 600 });
  expect([...answer.record.files.keys()]).toEqual(["table.hea", "table.dat"]);
  const again = openRecording(answer.record.name, answer.record.files, "");
  expect(again.samplingFrequency).toBe(250);
  expect(again.leads[0].samples[5]).toBeCloseTo(Math.sin(5 / 9), 2);
});

test("a record that is known by its files is not read again, and counts towards the quota", async () => {
  const files = [...record("", "a"), ...record("", "b")];
  const first = await all(files);
  const sources = first.flatMap((outcome) => (outcome.kind === "record" ? [outcome.record.source] : []));
  const known = { labels: [] } as never;
  const outcomes = await all(files, {
    ...plainPlan,
    choice: { ...keepAll, mostOfEach: 1 },
    known: (path) => (path === sources[0] ? known : undefined),
  });
  expect(outcomes.map(({ kind }) => kind)).toEqual(["known", "unwanted"]);
  expect(reads.filter((path) => path === "a.dat")).toEqual([]);
});
