import { expect, test } from "vitest";
import type { ComparedSets, SyntheticSource } from "../../../domain/closeness.ts";
import { copiesInWords, originOf } from "./privacyWords.ts";

const records: SyntheticSource = { kind: "records", name: "imported", members: [] };

test("records of unknown origin are never said to be made from none of the rows, not even in what was measured before", () => {
  const before = {} as ComparedSets;
  for (const origin of [originOf(before, records), originOf({ ...before, origin: "unknown" }, records)]) {
    expect(copiesInWords(false, origin)).toMatch(/unknown/);
    expect(copiesInWords(false, origin)).not.toMatch(/made from none/);
  }
  expect(copiesInWords(false, originOf({ ...before, origin: "learned" }, records))).toMatch(/learned from/);
});

test("only what no real row has part in is said to be made from none", () => {
  const virtual: SyntheticSource = { kind: "virtual", name: "virtual", patients: 1, minutes: 1 };
  expect(copiesInWords(false, originOf({} as ComparedSets, virtual))).toMatch(/made from none/);
  expect(copiesInWords(true, "unknown")).toMatch(/repeats/);
});
