import { expect, test } from "vitest";
import { columnKeys } from "../../../../domain/leagueColumns.ts";
import type { LeagueRow } from "../../../../experiments/league/tables.ts";
import { isSameKey, sortedRows } from "./sorting.ts";

const row = (
  title: string,
  coverage: number | null,
  toldApart: number | null,
  rank: number | null,
): LeagueRow => {
  const none = { value: null, interval: null, rank: null };
  const values = Object.fromEntries(columnKeys.map((key) => [key, none])) as LeagueRow["values"];
  return {
    contestant: { generator: title, hyperparameters: {}, iterations: 0 },
    title,
    role: "generator",
    runs: 1,
    accused: 0,
    overReal: null,
    overRepeated: null,
    values: {
      ...values,
      coverage: { ...none, value: coverage },
      toldApart: { ...none, value: toldApart },
    },
    meanRanks: { closeness: rank, usefulness: null, privacy: null, cost: null },
  };
};
const rows = [row("b", 0.2, 0.9, 2), row("c", null, 0.3, null), row("a", 0.7, 0.55, 1)];
const titles = (sorted: readonly LeagueRow[]) => sorted.map(({ title }) => title).join("");

test("a column puts the best first, whichever way it runs, and what has no value last", () => {
  expect(titles(sortedRows(rows, null))).toBe("bca");
  expect(titles(sortedRows(rows, "title"))).toBe("abc");
  expect(titles(sortedRows(rows, { kind: "column", key: "coverage" }))).toBe("abc");
  // A half is the best: 0.55, then 0.3, then 0.9.
  expect(titles(sortedRows(rows, { kind: "column", key: "toldApart" }))).toBe("acb");
  expect(titles(sortedRows(rows, { kind: "rank", group: "closeness" }))).toBe("abc");
  // Where nobody has a value the order stays.
  expect(titles(sortedRows(rows, { kind: "column", key: "energy" }))).toBe("bca");
});

test("the same head is recognised", () => {
  expect(isSameKey({ kind: "column", key: "energy" }, { kind: "column", key: "energy" })).toBe(true);
  expect(isSameKey({ kind: "column", key: "energy" }, { kind: "column", key: "density" })).toBe(false);
  expect(isSameKey(null, "title")).toBe(false);
});
