import "fake-indexeddb/auto";
import { beforeEach, describe, expect, test } from "vitest";
import type { GenerationSource, GenerationSpecification } from "../domain/generation.ts";
import { database, type StoredGeneration } from "../storage/database.ts";
import { deleteGeneration, keepGeneration } from "../storage/generations.ts";
import { findOrigin } from "../storage/origins.ts";
import { findRecords, listRecords } from "../storage/records.ts";
import { generatedFiles, picked, recordedFiles, simulatedFiles } from "../testing/smallRecords.ts";
import { libraryService } from "./library.ts";
import { libraryStore } from "./training/libraryStore.ts";
import { trainingService } from "./training/service.ts";

const specification = (source: GenerationSource): GenerationSpecification => ({
  ...{
    kind: "Generator",
    form: "beats",
    model: "simVanillaGan",
    hyperparameters: {},
    classes: ["N"],
    source,
  },
  ...{ mostSignals: 100, patient: null, iterations: 1, seed: 1 },
});
const hashOf = async (name: string) =>
  (await listRecords()).find(({ recordName }) => recordName === name)?.hash ?? "";

beforeEach(async () => {
  await libraryService.remove((await listRecords()).map(({ hash }) => hash));
  await Promise.all(database.tables.map((table) => table.clear()));
  for (const [seed, name] of ["one", "two"].entries()) {
    const { failures } = await libraryService.importFiles((await recordedFiles(name, { seed })).map(picked));
    expect(failures).toEqual([]);
  }
  const source = { kind: "records", name: "one", members: [await hashOf("one")] } as const;
  await keepGeneration({
    id: "g",
    name: "SimVGAN · N",
    createdAt: 1,
    specification: specification(source),
  } as StoredGeneration);
});

const keep = () => libraryService.keepGenerated("g", generatedFiles("syn_1", 5), "made");

describe("generated records", () => {
  test("bear the mark of their generator, and what it learned from outlives it", async () => {
    const { members } = await keep();
    const [record] = await findRecords(members);
    expect(members).toHaveLength(1);
    expect(record).toMatchObject({
      recordName: "syn_1",
      synthetic: { kind: "generator", id: "g", name: "SimVGAN · N" },
    });
    expect((await libraryService.openRecord(members[0])).nature).toBe("synthetic");
    await deleteGeneration("g");
    expect((await findOrigin("g"))?.specification.source).toMatchObject({ members: [await hashOf("one")] });
  });

  test("make a cohort of themselves alone, although others have names that begin alike", async () => {
    await libraryService.importFiles(generatedFiles("syn_12", 6).files.map(picked));
    expect((await keep()).members).toEqual([await hashOf("syn_1")]);
  });

  test("are marked as synthetic when their files are imported, and by their generator as soon as it makes them", async () => {
    await libraryService.importFiles(generatedFiles("syn_1", 5).files.map(picked));
    const hash = await hashOf("syn_1");
    expect((await findRecords([hash]))[0]?.synthetic).toEqual({ kind: "unknown" });
    expect((await keep()).members).toEqual([hash]);
    expect((await libraryService.describeRecord(hash))?.synthetic).toMatchObject({ id: "g" });
    const { rows } = await libraryService.queryRecords(
      { text: "syn_1" },
      { key: "name", descending: false },
      0,
      9,
    );
    expect(rows[0].synthetic).toMatchObject({ id: "g" });
  });

  test("of the simulators are marked too, the stand-in among them", async () => {
    await libraryService.importFiles((await simulatedFiles("sliders")).map(picked));
    const [sliders] = await findRecords([await hashOf("sliders")]);
    expect(sliders?.synthetic).toEqual({ kind: "simulator", name: "gaussian" });
    await libraryService.makeStandIn({ seed: 5, holters: 0, tenSeconds: 1 });
    const [standIn] = (await listRecords()).filter(({ dataset }) => dataset === "simulated");
    expect(standIn.synthetic).toEqual({ kind: "simulator", name: "simulated cohort" });
  });
});

describe("what stands for real records", () => {
  const split = { kind: "record", seed: 1, shares: { train: 1, validation: 0, test: 0 } } as const;

  test("offers all records and cohorts without synthetic ones, and no cohort that is synthetic altogether", async () => {
    const made = await keep();
    await libraryService.makeStandIn({ seed: 5, holters: 0, tenSeconds: 1 });
    const mixed = await libraryService.createCohort("mixed", {}, split);
    const offers = await libraryService.realOffers();
    expect(offers.map(({ id, leftOut }) => [id, leftOut])).toEqual([
      ["library", 1],
      [mixed.id, 1],
    ]);
    const real = (await listRecords()).map(({ hash }) => hash).filter((hash) => hash !== made.members[0]);
    expect(real).toHaveLength(3);
    expect((await libraryService.realSet("library")).members).toEqual(real.sort());
    expect(new Set((await libraryService.realSet(mixed.id)).members)).toEqual(new Set(real));
    await expect(libraryService.realSet(made.id)).rejects.toMatchObject({ code: "synthetic-records" });
    expect(new Set((await libraryService.trainingSide(mixed.id)).members)).toEqual(new Set(real));
    await expect(libraryService.trainingSide(made.id)).rejects.toMatchObject({ code: "synthetic-records" });
    await expect(libraryService.realSet("gone")).rejects.toMatchObject({ code: "no-such-cohort" });
  });

  test("of an experiment has no synthetic ones, from all records and from a cohort", async () => {
    const made = await keep();
    const mixed = await libraryService.createCohort("mixed", {}, split);
    const real = [await hashOf("one"), await hashOf("two")].sort();
    // The generated record has the lead MLII, the others II.
    const found = async (choice: Parameters<typeof trainingService.signalSource>[0]) =>
      (await trainingService.signalSource(choice, "beats", "II")).members;
    expect(await found({ of: "library" })).toEqual(real);
    expect(await found({ of: "cohort", id: mixed.id })).toEqual(real);
    await expect(trainingService.beatSource({ of: "library" }, "MLII", "none")).rejects.toMatchObject({
      code: "no-beats",
    });
    await expect(
      trainingService.beatSource({ of: "cohort", id: made.id }, "MLII", "none"),
    ).rejects.toMatchObject({ code: "synthetic-records" });
  });

  test("is refused where a specification names a synthetic record", async () => {
    const { members } = await keep();
    const refused = { code: "synthetic-records" };
    const beats = { name: "made elsewhere", members, lead: "MLII", filter: "none" } as const;
    await expect(libraryStore.beats(beats, () => false)).rejects.toMatchObject(refused);
    const source = { name: "made elsewhere", members, byPatient: true, testShare: 0.2, validationShare: 0.2 };
    const form = { samplingFrequency: 100, duration: 10, lead: "II" };
    await expect(libraryStore.recordings({ source, task: "af", form })).rejects.toMatchObject(refused);
    const learned = specification({ kind: "records", name: "made", members });
    await expect(trainingService.prepareGeneration(learned)).rejects.toMatchObject(refused);
  });
});
