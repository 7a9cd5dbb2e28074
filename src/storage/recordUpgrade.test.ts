import "fake-indexeddb/auto";
import { Dexie } from "dexie";
import { expect, test } from "vitest";
import { findRecords } from "./records.ts";

test("records that were kept before synthetic ones were marked have a mark by what their files say", async () => {
  const before = new Dexie("ecg-workbench");
  before.version(7).stores({ records: "hash, importedAt, source" });
  await before.table("records").bulkAdd([
    { hash: "a", dataset: "mitBih", comments: ["69 M 1085 1629 x1"] },
    { hash: "b", dataset: "other", comments: ["Synthetic: beats of SimVGAN · V, one a second."] },
    { hash: "c", dataset: "simulated", comments: [] },
  ]);
  before.close();
  const [real, generated, standIn] = await findRecords(["a", "b", "c"]);
  expect(real).toEqual({ hash: "a", dataset: "mitBih", comments: ["69 M 1085 1629 x1"] });
  expect(generated?.synthetic).toEqual({ kind: "unknown" });
  expect(standIn?.synthetic).toEqual({ kind: "simulator", name: "simulated cohort" });
});
