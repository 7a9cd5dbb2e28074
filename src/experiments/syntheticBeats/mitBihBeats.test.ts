import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readRecordAt } from "../../commandLine/recordFiles.ts";
import { beatClasses } from "../../domain/libraryRecord.ts";
import { describeRecord } from "../../records/describe.ts";
import { mitBihRecords } from "../../records/mitBih.ts";
import { describeWithData } from "../../testing/testData.ts";
import { type BeatSet, beatsOfRecording, countOfClass, joinBeats } from "./beatSets.ts";

async function beatsOf(folder: string, name: string): Promise<BeatSet> {
  const recording = await readRecordAt(join(folder, name));
  const lead = recording.leads.find((each) => each.name === "MLII");
  if (lead === undefined) throw new Error(`${name} has no MLII`);
  const description = describeRecord(recording, { rows: new Map(), statements: [] });
  return beatsOfRecording(recording, lead, description, "none");
}

const countsOf = (set: BeatSet) => beatClasses.map((each) => countOfClass(set, each));

describeWithData("beats of the MIT-BIH Arrhythmia Database", (data) => {
  const folder = join(data, "mitdb");

  // Annotated beats, from the table in the data folder's README: N / S / V / F / Q.
  test.each([
    ["114", [1820, 12, 43, 4, 0]],
    ["208", [1586, 2, 992, 373, 2]],
    ["213", [2641, 28, 220, 362, 0]],
    ["232", [398, 1382, 0, 0, 0]],
  ])("of record %s are the annotated ones but for those that reach over an end", async (name, annotated) => {
    const set = await beatsOf(folder, name);
    const lost = countsOf(set).map((count, index) => annotated[index] - count);
    expect(lost.every((count) => count >= 0)).toBe(true);
    expect(lost.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(2);
    expect(set.samples).toHaveLength(set.count * 216);
    expect(set.samples.every(Number.isFinite)).toBe(true);
    expect(set.origins[0].division).toBe(mitBihRecords.DS1.includes(name) ? "DS1" : "DS2");
    // Millivolts: beats of a record are some tenths to some units high, about a level near 0.
    expect(set.samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0)).toBeLessThan(6);
  });

  test("of record 114 are those of MLII, its second signal, where R stands up", async () => {
    const set = await beatsOf(folder, "114");
    const mean = (at: number) => {
      let sum = 0;
      for (let row = 0; row < set.count; row++) sum += set.samples[row * 216 + at];
      return sum / set.count;
    };
    expect(mean(72)).toBeGreaterThan(mean(20) + 0.3);
  });

  const missing = [...mitBihRecords.DS1, ...mitBihRecords.DS2].filter(
    (name) => !existsSync(join(folder, `${name}.hea`)),
  );

  // Numbers of N, S, V and F in the released SimGAN program; its Q counts annotations that are no beats.
  test.skipIf(missing.length > 0).each([
    ["DS1", [45_852, 944, 3788, 414]],
    ["DS2", [44_242, 1837, 3220, 388]],
  ] as const)(
    `of all records of %s are as many as published (missing here: ${missing.join(" ")})`,
    async (division, published) => {
      const names = mitBihRecords[division];
      const set = joinBeats(await Promise.all(names.map((name) => beatsOf(folder, name))));
      countsOf(set)
        .slice(0, 4)
        .forEach((count, index) => {
          // A beat at either end of a record more or less.
          expect(Math.abs(count - published[index])).toBeLessThanOrEqual(2 * names.length);
        });
    },
  );
});
