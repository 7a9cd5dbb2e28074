import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { leagueAddress } from "./addresses.ts";
import { contestantNamed, referenceNames } from "./contestants.ts";
import { contestantsOf, leagueCellsOf } from "./grid.ts";
import { leagueProtocol } from "./protocol.ts";
import { type LeagueExperiment, type LeagueResult, leagueDefaults } from "./specification.ts";
import { parseLeague } from "./specificationFile.ts";

const least = {
  kind: "League of generators experiment",
  name: "MIT-BIH",
  source: { name: "MIT-BIH", members: ["b", "a"] },
};
const experiment = { ...leagueDefaults, ...least } as LeagueExperiment;
const parsed = (changes: object) => parseLeague(JSON.stringify({ ...least, ...changes }), "a.json");

describe("a specification file", () => {
  test("comes back as it was written, what it does not say from the defaults", () => {
    expect(parsed({})).toEqual(experiment);
    expect(parseLeague(JSON.stringify(experiment), "a.json")).toEqual(experiment);
  });

  test.each([
    [{ classes: ["N"] }, "classes"],
    [{ classes: ["N", "X"] }, "classes"],
    [{ beatsPerClass: 4 }, "beatsPerClass"],
    [{ generators: [] }, "generators"],
    [{ generators: [{ generator: "diffWave" }] }, "generators"],
    [{ source: { name: "" } }, "source"],
    [{ seeds: [1, 1] }, "seeds"],
    [{ shares: [1] }, "shares"],
  ])("names the field that cannot be used: %o", (changes, field) => {
    expect(() => parsed(changes)).toThrow(
      expect.objectContaining({ code: "experiment-file", place: `a.json, ${field}` }),
    );
  });
});

test("the file of the full form says what the defaults are", () => {
  const file = "docs/league.experiment.json";
  const written = parseLeague(readFileSync(file, "utf8"), file);
  expect(written).toEqual({ ...leagueDefaults, name: written.name, source: written.source });
});

describe("the grid", () => {
  test("has every contestant in every run, the references among them, a run after the other", () => {
    const cells = leagueCellsOf(experiment);
    expect(cells).toHaveLength((3 + 13) * 5);
    expect(cells.slice(0, 16).every(({ seed }) => seed === 1)).toBe(true);
    expect(
      contestantsOf(experiment)
        .slice(0, 3)
        .map(({ generator }) => generator),
    ).toEqual(referenceNames);
  });

  test("every generator of the defaults can be opened, a personal one is refused with the reason", async () => {
    for (const { generator } of contestantsOf(experiment)) {
      expect((await contestantNamed(generator)).title).not.toBe("");
    }
    await expect(contestantNamed("pgan")).rejects.toMatchObject({ code: "personal-generator" });
    await expect(contestantNamed("nobody")).rejects.toMatchObject({ code: "unknown-generator" });
  });

  test("the Gaussian simulator says which classes it does not make before anything begins", async () => {
    const [cell] = leagueCellsOf({ ...experiment, classes: ["N", "F"] }).filter(
      ({ contestant }) => contestant.generator === "gaussian",
    );
    const training = await leagueProtocol.training();
    await expect(training.check(cell)).rejects.toMatchObject({ code: "no-simulated-class", place: "F" });
    await training.check({ ...cell, classes: ["N", "V"] });
  });
});

describe("addresses", () => {
  const [cell] = leagueCellsOf(experiment);
  const own = leagueAddress(cell);

  test("do not depend on the order or the name of a source", async () => {
    expect(await leagueAddress({ ...cell, source: { name: "x", members: ["a", "b"] } })).toBe(await own);
  });

  test.each([
    { seed: 9 },
    { contestant: { ...cell.contestant, iterations: 1 } },
    { classes: ["N", "S"] },
    { beatsPerClass: 30 },
    { mostSignals: 10 },
    { division: { ...cell.division, seed: 2 } },
    { classifier: { architecture: "beatLstm", hyperparameters: {} } },
    { source: { name: "MIT-BIH", members: ["a"] } },
  ])("depend on %o", async (changes) => {
    expect(await leagueAddress({ ...cell, ...changes })).not.toBe(await own);
  });
});

test("a result comes back from its file to the last bit; one whose parts do not fit is refused", () => {
  const third = 1 / 3;
  const result: LeagueResult = {
    closeness: {
      N: {
        gaussianDiscrepancy: { value: third, interval: { low: 0.1, high: 0.5 } },
        energy: { value: 1e-9, interval: null },
        frechetOfFeatures: null,
        toldApart: null,
        coverage: null,
        density: null,
      },
    },
    privacy: {
      nearer: { value: third, interval: null },
      membership: { value: 0.5, interval: null },
      copies: { value: 0, interval: null },
      probability: 0.3,
      isMemorising: false,
    },
    cost: { trainingSeconds: 12.5, beatMilliseconds: third, parameters: 1000 },
    scores: {
      real: Float32Array.of(third, -third, 1e-20, 2),
      both: Float32Array.of(1, 2, 3, 4),
      synthetic: Float32Array.of(-1, 2, -3, 4),
      labels: Uint8Array.of(0, 1),
      patients: ["a", "b"],
    },
    counts: { train: [3, 4], trainPatients: 2, testPatients: 1 },
  };
  const { write, read } = leagueProtocol.resultForm;
  const fail = (field: string) => new Error(field) as never;
  const plain = JSON.parse(JSON.stringify(write(result)));
  expect(read(plain, fail)).toEqual(result);
  expect(() => read({ ...plain, privacy: null }, fail)).toThrow("result.privacy");
  expect(() => read({ ...plain, scores: { ...plain.scores, patients: ["a"] } }, fail)).toThrow(
    "result.scores",
  );
});
