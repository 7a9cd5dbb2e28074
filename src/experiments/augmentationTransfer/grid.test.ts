import { describe, expect, test } from "vitest";
import { augmentationAddress, pretrainedAddress, syntheticAddress } from "./addresses.ts";
import { augmentationCellsOf, generatorSets, sourcesOf } from "./grid.ts";
import { augmentationSettings, usesSynthetic } from "./settings.ts";
import { type AugmentationCell, type AugmentationExperiment, augmentationDefaults } from "./specification.ts";

const experiment: AugmentationExperiment = {
  ...augmentationDefaults,
  name: "Two databases",
  sources: [
    { name: "PTB-XL", members: ["b", "a"] },
    { name: "Chapman", members: ["c"] },
  ],
  seeds: [1, 2],
};

describe("the grid", () => {
  test("has each database and both merged, each generator and all together", () => {
    expect(sourcesOf(experiment).map(({ name }) => name)).toEqual([
      "PTB-XL",
      "Chapman",
      "PTB-XL and Chapman",
    ]);
    expect(sourcesOf(experiment)[2].members).toEqual(["b", "a", "c"]);
    expect(generatorSets(experiment).map((set) => set.length)).toEqual([1, 1, 1, 3]);
    expect(generatorSets({ ...experiment, hasAllTogether: false })).toHaveLength(3);
  });

  test("has as many cells as its parts say", () => {
    // Of a source, a seed and a share: real; levelled in two ways; repeated, with the counts of one set and of all; both,
    // synthetic → real, → synthetic twice and the two-sample test: 4 sets; tuned: 4 sets · 2 forms.
    const each = 5 * (1 + 2 + 2 + 5 * 4 + 4 * 2);
    expect(augmentationCellsOf(experiment)).toHaveLength(3 * 2 * each);
  });

  test("has a control for the counts of one generator, and one for those of all together", () => {
    const settings = ["repeatedToReal", "weightedToReal"] as const;
    const controls = { ...experiment, settings, shares: [1], seeds: [1] };
    const counted = (changes: Partial<AugmentationExperiment>) =>
      augmentationCellsOf({ ...controls, sources: [experiment.sources[0]], ...changes }).map(
        ({ generators }) => generators.length,
      );
    expect(counted({})).toEqual([0, 3, 0, 3]);
    expect(counted({ hasAllTogether: false })).toEqual([0, 0]);
  });

  test("asks tests on real signals of each source with synthetic ones of every other, where that is wanted", () => {
    const one = { ...experiment, shares: [1], seeds: [1] };
    const crossed = augmentationCellsOf({ ...one, crossesSources: true });
    const added = crossed.filter(({ syntheticSource }) => syntheticSource !== undefined);
    expect(crossed.length - added.length).toBe(augmentationCellsOf(one).length);
    // Of two databases, not of both merged: both and synthetic alone of 4 sets; tuned of 4 sets · 2 forms.
    expect(added).toHaveLength(2 * (4 + 4 + 4 * 2));
    expect(new Set(added.map(({ setting }) => setting))).toEqual(
      new Set(["bothToReal", "syntheticToReal", "tunedToReal"]),
    );
    expect(
      new Set(added.map(({ source, syntheticSource }) => `${source.name} < ${syntheticSource?.name}`)),
    ).toEqual(new Set(["PTB-XL < Chapman", "Chapman < PTB-XL"]));
  });

  test("tests on real signals are never validated on synthetic ones that stand beside real ones", () => {
    for (const setting of Object.values(augmentationSettings)) {
      if (setting.test === "real" && setting.train !== "synthetic") expect(setting.validation).toBe("real");
    }
  });
});

describe("addresses", () => {
  const [source] = experiment.sources;
  const cell: AugmentationCell = {
    ...augmentationCellsOf(experiment)[0],
    setting: "bothToReal",
    generators: [experiment.generators[0]],
    source,
  };
  const addressWith = (changes: Partial<AugmentationCell>) => augmentationAddress({ ...cell, ...changes });

  test("do not depend on the order or the name of a source", async () => {
    expect(await addressWith({ source: { name: "other", members: ["a", "b"] } })).toBe(await addressWith({}));
    expect(await addressWith({ source: { name: "PTB-XL", members: ["a"] } })).not.toBe(await addressWith({}));
  });

  test("depend on what a setting uses, and on nothing else", async () => {
    const real = await addressWith({ setting: "realToReal" });
    expect(usesSynthetic("realToReal")).toBe(false);
    expect(await addressWith({ setting: "realToReal", generators: [], syntheticPerClass: 1 })).toBe(real);
    expect(await addressWith({ setting: "realToReal", share: 0.4 })).not.toBe(real);
    expect(await addressWith({ freezesConvolutions: true })).toBe(await addressWith({}));
    const repeated = { setting: "repeatedToReal", generators: [] } as const;
    const generators = experiment.generators.slice(0, 2);
    expect(await addressWith({ ...repeated, generators })).not.toBe(await addressWith(repeated));
    const renamed = generators.map((each) => ({ ...each, iterations: 7 }));
    expect(await addressWith({ ...repeated, generators: renamed })).toBe(
      await addressWith({ ...repeated, generators }),
    );
    const levelled = { setting: "levelledToReal", generators: [] } as const;
    expect(await addressWith({ ...levelled, syntheticPerClass: 1 })).toBe(await addressWith(levelled));
    expect(await addressWith({ ...levelled, share: 0.4 })).not.toBe(await addressWith(levelled));
    const tuned = { setting: "tunedToReal" } as const;
    expect(await addressWith({ ...tuned, freezesConvolutions: true })).not.toBe(await addressWith(tuned));
  });

  test("synthetic signals are shared by all cells of a source, pre-trained classifiers by all shares", async () => {
    const [generator] = cell.generators;
    const other = { ...cell, setting: "tunedToReal", seed: 9, share: 0.2 } as const;
    expect(await syntheticAddress(other, generator, [0])).toBe(await syntheticAddress(cell, generator, [0]));
    expect(await syntheticAddress(cell, generator, [1])).not.toBe(
      await syntheticAddress(cell, generator, [0]),
    );
    // What was learned elsewhere is what cells there have learned.
    const [, elsewhere] = experiment.sources;
    const crossed = { ...cell, syntheticSource: elsewhere };
    const there = { ...cell, source: elsewhere };
    expect(await syntheticAddress(crossed, generator, [0])).toBe(
      await syntheticAddress(there, generator, [0]),
    );
    expect(await pretrainedAddress(crossed)).toBe(await pretrainedAddress(there));
    expect(await augmentationAddress(crossed)).not.toBe(await augmentationAddress(cell));
    expect(await augmentationAddress(crossed)).not.toBe(await augmentationAddress(there));
    expect(await augmentationAddress({ ...cell, syntheticSource: source })).toBe(
      await augmentationAddress(cell),
    );
    expect(await pretrainedAddress({ ...cell, share: 0.4 })).toBe(await pretrainedAddress(cell));
    expect(await pretrainedAddress({ ...cell, seed: 9 })).not.toBe(await pretrainedAddress(cell));
  });
});
