import "fake-indexeddb/auto";
import { beforeEach, describe, expect, test } from "vitest";
import type { BeatFilter } from "../../domain/beatFilters.ts";
import type { SyntheticSource } from "../../domain/closeness.ts";
import type { GenerationSource } from "../../domain/generation.ts";
import { closenessSets, type ReadSets } from "../../experiments/closeness/closenessSets.ts";
import { database, type StoredGeneration } from "../../storage/database.ts";
import { deleteGeneration, keepGeneration } from "../../storage/generations.ts";
import { listRecords } from "../../storage/records.ts";
import { generatedFiles, picked, recordedFiles } from "../../testing/smallRecords.ts";
import { libraryService } from "../library.ts";
import { readSets } from "./readSets.ts";

const wanted = { form: "beats", rowClass: "N", rows: 50, seed: 1, scaling: "none" } as const;
const patientsOf = (rows: ReadSets["others"]) => [...new Set(rows.map(({ patient }) => patient))].sort();
const recordsOf = (members: readonly string[]): GenerationSource => ({
  kind: "records",
  name: "some",
  members,
});

let real: string[];

beforeEach(async () => {
  await libraryService.remove((await listRecords()).map(({ hash }) => hash));
  await Promise.all(database.tables.map((table) => table.clear()));
  for (const seed of [1, 2, 3, 4]) {
    const files = await recordedFiles(`real${seed}`, { seed, duration: 20 });
    await libraryService.importFiles(files.map(picked));
  }
  real = (await listRecords()).map(({ hash }) => hash).sort();
});

/** Keeps beats of a generator among the records. @returns them as a synthetic source */
async function made(
  id: string,
  source: GenerationSource,
  filter: BeatFilter = "none",
): Promise<SyntheticSource & { kind: "records" }> {
  const specification = { form: "beats", classes: ["N"], source, mostSignals: 100, seed: 1, filter };
  await keepGeneration({ id, name: id, createdAt: 1, specification } as unknown as StoredGeneration);
  const { members } = await libraryService.keepGenerated(id, generatedFiles(`syn_${id}`, 5), `made by ${id}`);
  return { kind: "records", name: id, members };
}

describe("kept records of a generator as the synthetic set", () => {
  test("have learned from the records that their generator had, also after it was deleted", async () => {
    const synthetic = await made("g", recordsOf(real.slice(0, 2)));
    await deleteGeneration("g");
    const read = await readSets(synthetic, recordsOf(real), wanted);
    expect(read.origin).toBe("learned");
    expect(patientsOf(read.learnedFrom)).toEqual(real.slice(0, 2));
    expect(patientsOf(read.others)).toEqual(real.slice(2));
    expect(patientsOf(read.learnedRows ?? [])).toEqual(real.slice(0, 2));
    expect(closenessSets(read, wanted).compared).toMatchObject({ isUnseen: true, origin: "learned" });
  });

  test("leave nobody unseen where their generator learned from all", async () => {
    const synthetic = await made("g", recordsOf(real));
    const read = await readSets(synthetic, recordsOf(real), wanted);
    expect(read.others).toEqual([]);
    expect(closenessSets(read, wanted).compared.isUnseen).toBe(false);
  });

  test("have learned from whom a generator learned whose records theirs learned from", async () => {
    const first = await made("g", recordsOf(real.slice(0, 2)));
    const second = await made("h", recordsOf([real[2], ...first.members]));
    const read = await readSets(second, recordsOf(real), wanted);
    expect(read.origin).toBe("learned");
    expect(patientsOf(read.learnedFrom)).toEqual(real.slice(0, 3));
    expect(patientsOf(read.others)).toEqual(real.slice(3));
  });

  test("have learned from virtual patients, whom others of the same seed do not stand for", async () => {
    const virtual = { kind: "simulated", patients: 2, minutes: 1, seed: 7 } as const;
    const read = await readSets(await made("g", virtual), virtual, wanted);
    expect(read.origin).toBe("learned");
    expect(patientsOf(read.learnedFrom)).toEqual(["virtual 7/0", "virtual 7/1"]);
    expect(patientsOf(read.others)).toEqual(["virtual 7/2", "virtual 7/3"]);
  });
});

test("real beats are cut behind the filter of the generator, and those that it made are not filtered again", async () => {
  const [plain, filtered] = [
    await readSets(await made("g", recordsOf(real.slice(0, 2))), recordsOf(real), wanted),
    await readSets(await made("h", recordsOf(real.slice(0, 2)), "zeroPhase"), recordsOf(real), wanted),
  ];
  expect(filtered.synthetic[0].values).toEqual(plain.synthetic[0].values);
  expect(filtered.others[0].values).not.toEqual(plain.others[0].values);
  expect(filtered.learnedRows?.[0].values).not.toEqual(plain.learnedRows?.[0].values);
});

describe("an origin that is not known", () => {
  test("is said of imported records, and of records without a mark", async () => {
    await libraryService.importFiles(generatedFiles("syn_x", 9).files.map(picked));
    const imported = (await listRecords()).filter(({ recordName }) => recordName === "syn_x");
    for (const members of [imported.map(({ hash }) => hash), real.slice(0, 1)]) {
      const read = await readSets(
        { kind: "records", name: "imported", members },
        recordsOf(real.slice(1)),
        wanted,
      );
      expect(read.origin).toBe("unknown");
      expect(read.notes.join(" ")).toMatch(/unknown/);
      expect(closenessSets(read, wanted).compared.origin).toBe("unknown");
    }
  });

  test("is said where a record that was learned from is gone: its patient may have another", async () => {
    const synthetic = await made("g", recordsOf(real.slice(0, 2)));
    await libraryService.remove([real[0]]);
    const read = await readSets(synthetic, recordsOf(real.slice(1)), wanted);
    expect(read.origin).toBe("unknown");
    expect(patientsOf(read.learnedFrom)).toEqual([real[1]]);
    expect(patientsOf(read.others)).toEqual(real.slice(2));
  });

  test("is none of a simulator's, which no real record has part in", async () => {
    const virtual = { kind: "virtual", name: "virtual", patients: 1, minutes: 1 } as const;
    const read = await readSets(virtual, recordsOf(real), wanted);
    expect(read).toMatchObject({ origin: "none", learnedFrom: [], notes: [] });
    expect(patientsOf(read.others)).toEqual(real);
  });
});

describe("the real set", () => {
  test("is read without synthetic records, and says how many there were", async () => {
    const synthetic = await made("g", recordsOf(real.slice(0, 2)));
    const read = await readSets(synthetic, recordsOf([...real, ...synthetic.members]), wanted);
    expect(patientsOf(read.others)).toEqual(real.slice(2));
    expect(read.notes).toContain("1 synthetic record is left out of the real set.");
    await expect(readSets(synthetic, recordsOf(synthetic.members), wanted)).rejects.toMatchObject({
      code: "synthetic-records",
    });
  });
});
