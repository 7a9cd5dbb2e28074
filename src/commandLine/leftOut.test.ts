import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Failure } from "../domain/failure.ts";
import { recordedFiles, simulatedFiles } from "../testing/smallRecords.ts";
import { LeftOut } from "./leftOut.ts";
import { shelve } from "./recordShelf.ts";

const folder = mkdtempSync(join(tmpdir(), "left-out-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("records that say that they are synthetic do not stand for real ones, and are counted apart", async () => {
  for (const file of [...(await recordedFiles("person")), ...(await simulatedFiles("made"))]) {
    writeFileSync(join(folder, file.name), file.bytes);
  }
  writeFileSync(join(folder, "broken.hea"), "broken 1 x\n");
  const form = { samplingFrequency: 100, duration: 10, lead: "II" };
  const leftOut = new LeftOut();
  const told: Failure[] = [];
  const shelf = await shelve(folder, form, (failure) => {
    told.push(failure);
    leftOut.tell(failure);
  });
  expect([...shelf.values()].map(({ name }) => name)).toEqual(["person"]);
  expect(told.find(({ code }) => code === "synthetic-records")?.place).toContain("made");
  expect(leftOut.words()).toBe("; 1 could not be read; 1 left out, synthetic as their headers say");
  expect(new LeftOut().words()).toBe("");
});
