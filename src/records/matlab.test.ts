import { deflateSync, inflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Failure } from "../domain/failure.ts";
import { type MatlabOptions, readMatlab } from "./matlab.ts";
import { readRecord } from "./wfdb/record.ts";

const fixture = (base64: string) => new Uint8Array(inflateSync(Buffer.from(base64, "base64")));
/** Files that `python3 src/testing/fixtures/matlab.py` made with scipy 1.17, deflated. */
const files = {
  level4: fixture("eNqTY2BgYAJiNgYIYAHissQcBp5/KQwF/04wXPmnw2jxfwLjnP9fGBkYIpgAuAQLww=="),
  level4Double: fixture(
    "eNozZmBgYARiVgYIANF5+SWpDBmpOTn5IBEmIGaDyrIAcVliDpT3YP+smSCw0x5C34TyT9obg8Hl/VAaKn8SKn8Tyt" +
      "+5H2qOPdRABoj6x2A+I9RuGF0FVfMBqprDASoAoxkAVasu4w==",
  ),
  bigEndian: fixture("eNpjYGBhY2BgYAJiEA0CLGWJOQz/eBhS/hUwnPh3hVHnvwXjhP9zGL8AlUUAALOrC68="),
  level5: fixture(
    "eNrzdQzxcXRSMNUzUPB1DNFNy8xJVaA1YIABRk9fPiDlAcRsQMwBxFxQKVYonwkqx8jAzFCWmAMkGRgkgJjnXwpDwb" +
      "8TDFf+6TBa/J/AOOf/F0YGhggmAMhSHiU=",
  ),
  compressed: fixture(
    "eNrzdQzxcXRSMNUzUPB1DNFNy8xJVaA1YIABRk9ffiClDsQVcx4nJyRsYEgyU3jWcEnhANdT40OGws5RhszM6iEyPC" +
      "xcMgxakkziIOV6aMoZksTYOBJaP0k2zuD0aj5SJDQ5qLhhC0PAlcuTGxkZTC8zC4N0+cB1zWA4kuNwhnGpY4No53mW" +
      "Iz0OEYxLLBstGhnZ5N7MNxVmyXtnztZ8OuCfp8beYnsf1Sn5/FO3t69q/5R/y/lsc5f9NnaG2Qc0/gMAgrxRdw==",
  ),
  structure: fixture(
    "eNrzdQzxcXRSMNUzUPB1DNFNy8xJVaA1YIABRk9ffiA1B4gr5jxOTkjoSEhJSGC+JONw5ggD45oAO2UZY+MdVruZj0" +
      "YeKFIwrFPQ81ubkODh45+a4OGp45mS8IC5S9JA4UzywSQ57ilsjIwK580N1UWXnGfylJf3K3dg4A+JYT7FvnJ+w5L5" +
      "vL72wiE8y+YLdwhLJDw4+C/S2DFhuW3LPs6n87eYszWf/r3QJOSfSsg/tSn7i+2vyFTP6BT42v+WMV7NYAfIjXpwN2" +
      "YwJJkpPGu4pHCA66mxs6FyiM5+FeWtHB7FTBvZmXlqNiyfwsYwtYn3GgA/NWCv",
  ),
  integers: fixture(
    "eNrzdQzxcXRSMNUzUPB1DNFNy8xJVaA1YIABRk9fPiA1AYjZgJgDiPmgUqxQPhNUjpGBmaEsMYeBB8hOAGKef//BIA" +
      "WqvgDKPwHlX4HydRghfAsI9/8EKH8OlP+FkQEFRDBBaABTLDyk",
  ),
  nothing: fixture(
    "eNrzdQzxcXRSMNUzUPB1DNFNy8xJVaA1YIABRk9fPiBlAcRsQMwBxCxQKVYonxGImaA0SCwnMSk1B0gLAEU9PRkYAP" + "zJFP0=",
  ),
};

/** The matrix in all of them: two rows of int16. */
const val = [
  [-500, -400, -300, -200, -100, 0],
  [100, 200, 300, 400, 500, 600],
];
const millivolts = val.map((row) => Float32Array.from(row, (value) => value / 1000));

const read = (bytes: Uint8Array, options: MatlabOptions = {}) =>
  readMatlab(bytes, "folder/A0001.mat", "hash", options);
const failureOf = (bytes: Uint8Array, options: MatlabOptions = {}): Failure => {
  try {
    read(bytes, options);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("nothing was refused");
};

describe("a matrix named val", () => {
  test.each(["level4", "bigEndian", "level5", "integers"] as const)("of a %s file", (name) => {
    const recording = read(files[name], { samplingFrequency: 500, unit: "uV" });
    expect(recording).toMatchObject({ name: "A0001", samplingFrequency: 500, length: 6, warnings: [] });
    expect(recording.leads.map((lead) => lead.samples)).toEqual(millivolts);
    expect(recording.leads.map((lead) => [lead.name, lead.unit])).toEqual([
      ["signal 1", "mV"],
      ["signal 2", "mV"],
    ]);
    expect(recording.origin).toEqual({ kind: "file", fileNames: ["folder/A0001.mat"], hash: "hash" });
  });

  test("stands beside text and complex numbers", () => {
    const recording = read(files.level4Double, { samplingFrequency: 500 });
    expect(recording.leads.map(({ samples }) => samples)).toEqual(millivolts);
    expect(recording.warnings.map(({ message }) => message)).toEqual(["No unit is stated: mV was assumed."]);
  });
});

describe("another matrix", () => {
  test("compressed, a column a lead, beside its sampling frequency", () => {
    const recording = read(files.compressed);
    expect(recording.samplingFrequency).toBe(257);
    expect(recording.leads.map(({ samples }) => samples)).toEqual(millivolts);
    expect(recording.warnings.map(({ code, message }) => [code, message])).toEqual([
      ["assumed", "The columns of x were taken for its leads."],
      ["assumed", "fs was taken for the sampling frequency."],
      ["assumed", "No unit is stated: mV was assumed."],
    ]);
    expect(read(files.compressed, { samplingFrequency: 250 }).samplingFrequency).toBe(250);
  });

  test("in a structure must be named where there are several", () => {
    const failure = failureOf(files.structure, { samplingFrequency: 500 });
    expect([failure.code, failure.remedy]).toEqual([
      "variable-needed",
      "Name the variable: ECG.data (2 × 6), other (3 × 3).",
    ]);
    const recording = read(files.structure, { samplingFrequency: 500, variable: "ECG.data" });
    expect(recording.leads.map(({ samples }) => samples)).toEqual(millivolts);
  });
});

describe("a MAT-file beside a WFDB header", () => {
  test("is its signal file, from byte 24 on", () => {
    const header =
      "A0001 2 500 6\nA0001.mat 16+24 1000/mV 16 0 -500 -1500 0 I\nA0001.mat 16+24 1000/mV 16 0 100 2100 0 II\n";
    const record = readRecord(
      "A0001",
      new Map([
        ["A0001.hea", new TextEncoder().encode(header)],
        ["A0001.mat", files.level4],
      ]),
      "",
    );
    expect(record.leads.map(({ samples }) => samples)).toEqual(millivolts);
    expect([record.length, record.warnings, record.annotations]).toEqual([6, [], []]);
  });
});

describe("what is refused", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const version73 = files.level5.slice();
  version73[125] = 2;
  test.each([
    ["another file", bytes("II,V5\n1,2\n3,4\n5,6\n7,8\n"), "mat-syntax", "byte 0"],
    ["an empty file", new Uint8Array(), "mat-syntax", "byte 0"],
    ["version 7.3", version73, "unsupported-format", "A0001.mat"],
    ["text alone", files.nothing, "no-signals", "A0001.mat"],
    ["a cut matrix of level 4", files.level4.subarray(0, 40), "mat-syntax", "byte 0"],
    ["a cut matrix of level 5", files.level5.subarray(0, 200), "mat-syntax", "byte 128"],
    ["a cut compressed variable", files.compressed.subarray(0, 180), "mat-syntax", "byte"],
    ["no frequency", files.level5, "frequency-needed", "A0001.mat"],
  ])("%s", (_, file, code, place) => {
    const failure = failureOf(file);
    expect([failure.code, failure.place]).toEqual([code, expect.stringContaining(place)]);
    expect(failure.remedy).not.toBe("");
  });

  test("numbers that cannot be mV", () => {
    expect(failureOf(files.level5, { samplingFrequency: 500 }).code).toBe("unit-needed");
  });

  test("a variable that is not there", () => {
    expect(failureOf(files.level5, { samplingFrequency: 500, variable: "x" }).code).toBe("variable-needed");
  });

  test("a bomb, before it fills the memory", () => {
    const bomb = deflateSync(Buffer.alloc(257 * 1024 ** 2), { level: 1 });
    const file = new Uint8Array(136 + bomb.length);
    file.set(files.compressed.subarray(0, 128));
    new DataView(file.buffer).setUint32(128, 15, true);
    new DataView(file.buffer).setUint32(132, bomb.length, true);
    file.set(bomb, 136);
    expect(failureOf(file).code).toBe("file-too-long");
  });
});

test("any change of some bytes gives a sound recording or a Failure", () => {
  const edits = fc.array(fc.tuple(fc.nat(400), fc.oneof(fc.nat(255), fc.nat(16))), { maxLength: 6 });
  const file = fc.oneof(fc.constantFrom(...Object.values(files)), fc.uint8Array({ maxLength: 300 }));
  fc.assert(
    fc.property(file, edits, fc.nat(500), (bytes, changes, length) => {
      const copy = bytes.slice(0, length > 400 ? bytes.length : length);
      for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
      const start = performance.now();
      try {
        const recording = read(copy, { samplingFrequency: 500, unit: "mV" });
        for (const { samples } of recording.leads) {
          expect(samples).toHaveLength(recording.length);
          expect(samples.some((value) => Math.abs(value) === Number.POSITIVE_INFINITY)).toBe(false);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(Failure);
      }
      expect(performance.now() - start).toBeLessThan(2000);
    }),
    { numRuns: 2000 },
  );
});
