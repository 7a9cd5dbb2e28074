import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { beatClasses } from "../domain/libraryRecord.ts";
import { describeWithData } from "../testing/testData.ts";
import { aamiClassOf } from "./aami.ts";
import { beatSymbols, mnemonics } from "./wfdb/annotationCodes.ts";
import { readAnnotations } from "./wfdb/annotations.ts";

test("every beat symbol has a class, and nothing else has", () => {
  for (const symbol of mnemonics) expect(aamiClassOf(symbol) !== null).toBe(beatSymbols.has(symbol));
  expect(aamiClassOf("")).toBeNull();
  expect(aamiClassOf("constructor")).toBeNull();
});

describeWithData("MIT-BIH records in AAMI classes", (data) => {
  // The table in the data folder's README: N / S / V / F / Q.
  test.each([
    ["100", [2239, 33, 1, 0, 0]],
    ["114", [1820, 12, 43, 4, 0]],
    ["200", [1743, 30, 826, 2, 0]],
    ["207", [1543, 107, 210, 0, 0]],
    ["208", [1586, 2, 992, 373, 2]],
    ["209", [2621, 383, 1, 0, 0]],
    ["213", [2641, 28, 220, 362, 0]],
    ["223", [2045, 73, 473, 14, 0]],
    ["232", [398, 1382, 0, 0, 0]],
    ["233", [2230, 7, 831, 11, 0]],
  ])("record %s has the published numbers of beats", (name, counts) => {
    const bytes = new Uint8Array(readFileSync(join(data, "mitdb", `${name}.atr`)));
    const found = readAnnotations(bytes, `${name}.atr`).annotations.map(({ symbol }) => aamiClassOf(symbol));
    expect(beatClasses.map((aami) => found.filter((other) => other === aami).length)).toEqual(counts);
  });
});
