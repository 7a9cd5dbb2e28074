import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeWithData } from "../testing/testData.ts";
import { mitBihInformation, mitBihRecords } from "./mitBih.ts";
import { decodeHeader, parseHeader } from "./wfdb/header.ts";

const layout = { count: 2, samplingFrequency: 360 };

describe("the division", () => {
  test("has every record once: 22, 22 and 4 of 48", () => {
    const { DS1, DS2, paced } = mitBihRecords;
    expect([DS1.length, DS2.length, paced.length]).toEqual([22, 22, 4]);
    expect(new Set([...DS1, ...DS2, ...paced]).size).toBe(48);
  });

  test("separates every patient but the one of 201 and 202", () => {
    const patients = (names: readonly string[]) =>
      names.map((name) => mitBihInformation(name, [], layout)?.patient);
    const learnt = new Set(patients(mitBihRecords.DS1));
    expect(patients(mitBihRecords.DS2).filter((patient) => learnt.has(patient))).toEqual(["mitdb/201"]);
  });
});

describe("age and sex", () => {
  test.each([
    ["69 M 1085 1629 x1", 69, "male"],
    ["23 F 2546 N/A x1", 23, "female"],
    ["-1 M 2442 654 x2", null, "male"],
    ["Aldomet, Inderal", null, null],
  ])("%s", (comment, age, sex) => {
    expect(mitBihInformation("100", ["Aldomet", comment], layout)).toEqual({
      patient: "mitdb/100",
      age,
      sex,
      paced: false,
      division: "DS2",
    });
  });
});

test("a record of another database is not taken for one of this", () => {
  expect(mitBihInformation("300", [], layout)).toBeNull();
  expect(mitBihInformation("100", [], { count: 12, samplingFrequency: 360 })).toBeNull();
  expect(mitBihInformation("100", [], { count: 2, samplingFrequency: 500 })).toBeNull();
});

describeWithData("the headers of MIT-BIH", (data) => {
  const names = "100 101 102 106 107 109 112 114 115 116 117 118 119 122 123 124 200 201 205".split(" ");

  test.each(names)("%s states an age and a sex", (name) => {
    const path = join(data, "mitdb", `${name}.hea`);
    const header = parseHeader(decodeHeader(new Uint8Array(readFileSync(path))), path);
    const information = mitBihInformation(name, header.comments, {
      count: header.signals.length,
      samplingFrequency: header.samplingFrequency,
    });
    expect(information?.age).toBeGreaterThan(20);
    expect(information?.sex).toMatch(/^(fe)?male$/);
    expect(information?.paced).toBe(["102", "107"].includes(name));
  });
});
