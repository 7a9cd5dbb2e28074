import { describe, expect, test } from "vitest";
import { leagueCellsOf } from "../../experiments/league/grid.ts";
import { leagueProtocol } from "../../experiments/league/protocol.ts";
import { parseLeague } from "../../experiments/league/specificationFile.ts";
import { leagueTable } from "../../experiments/league/tables.ts";
import { generators } from "../../generators/index.ts";
import { claimsOf, roughly, sectionOf } from "./document.ts";
import { reducedLeague } from "./specification.ts";

describe("the reduced league", () => {
  const experiment = reducedLeague("here");

  test("is a specification that the command takes, and its cells are allowed", async () => {
    expect(parseLeague(JSON.stringify(experiment), "a.json")).toEqual(experiment);
    const training = await leagueProtocol.training();
    for (const cell of leagueCellsOf({ ...experiment, seeds: [1] })) await training.check(cell);
  });

  test("has every generator of beats but the personal ones", async () => {
    const offered: string[] = [];
    for (const [name, open] of Object.entries(generators)) {
      const { isPersonal, forms } = await open();
      if (!isPersonal && forms.includes("beats")) offered.push(name);
    }
    expect(experiment.generators.map(({ generator }) => generator).sort()).toEqual(
      ["gaussian", ...offered].sort(),
    );
  });
});

describe("the document", () => {
  test("costs are told to one digit", () => {
    expect([0, 0.0342, 0.96, 1, 1.4, 17.2, 340, null].map(roughly)).toEqual([
      "0",
      "0.03",
      "1",
      "1",
      "1",
      "20",
      "300",
      "–",
    ]);
  });

  test("says what is missing, and claims nothing that is not there", () => {
    const experiment = reducedLeague("here");
    const tables = [leagueTable(experiment, [], "N")];
    const outcome = { experiment, tables, cells: 32, finished: 0 };
    expect(sectionOf(outcome)).toContain("0 of 32 cells have ended");
    expect(claimsOf(outcome).every(({ holds }) => !holds)).toBe(true);
  });
});
