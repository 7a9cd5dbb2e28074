import { describe, expect, test } from "vitest";
import { augmentationCellsOf } from "../../experiments/augmentationTransfer/grid.ts";
import type { AugmentationResult } from "../../experiments/augmentationTransfer/specification.ts";
import { parseAugmentation } from "../../experiments/augmentationTransfer/specificationFile.ts";
import { controlCounts, dividedSource, leaksOf, levelledCounts, strayTests } from "./checks.ts";
import { constantF1 } from "./section.ts";
import { reducedAugmentation, reducedReplacement, reducedTransfer } from "./specifications.ts";

const source = { name: "here", members: ["a"] };

describe("the reduced experiments", () => {
  test.each([reducedAugmentation(source), reducedTransfer(source), reducedReplacement(source)])(
    "are specifications that the command takes: $name",
    (experiment) => {
      expect(parseAugmentation(JSON.stringify(experiment), "a.json")).toEqual(experiment);
    },
  );

  test("have every row of the protocol", () => {
    // Three runs of: real, repeated and weighted for one and for all, both of four sets, at two shares.
    expect(augmentationCellsOf(reducedAugmentation(source))).toHaveLength(3 * 2 * (1 + 2 + 2 + 4));
    // Real, levelled in two ways, and three generators with convolutions kept and trained, at three shares.
    expect(augmentationCellsOf(reducedTransfer(source))).toHaveLength(3 * 3 * (1 + 2 + 3 * 2));
    // Real, and four settings of three generators.
    expect(augmentationCellsOf(reducedReplacement(source))).toHaveLength(3 * (1 + 4 * 3));
  });
});

/** Four signals of two samples, two of each class; whose they are can be said. */
const dividedOf = (patients: readonly string[], last = [7, 8]) =>
  dividedSource(
    {
      signals: Float32Array.from([1, 2, 3, 4, 5, 6, ...last]),
      labels: Uint8Array.from([0, 1, 0, 0]),
      patients,
      count: 4,
      length: 2,
    },
    ["N", "V"],
    { train: Uint32Array.from([0, 1]), validation: Uint32Array.from([2]), test: Uint32Array.from([3]) },
  );

describe("the checks", () => {
  test("count patients and signals that stand on the test's side and on another", () => {
    expect(leaksOf(dividedOf(["a", "b", "c", "d"]))).toBe(0);
    expect(leaksOf(dividedOf(["a", "b", "c", "b"]))).toBe(1);
    // The same signal under another name.
    expect(leaksOf(dividedOf(["a", "b", "c", "d"], [5, 6]))).toBe(1);
    expect(dividedOf(["a", "b", "c", "d"]).counts.train).toEqual([1, 1]);
  });

  const result = (changes: Partial<AugmentationResult>): AugmentationResult => ({
    logits: new Float32Array(2),
    labels: new Uint8Array(1),
    patients: ["d"],
    train: [17, 17],
    validation: [1, 0],
    synthetic: 0,
    best: null,
    ...changes,
  });
  const cells = augmentationCellsOf(reducedAugmentation(source));

  test("find tests of others than the division says", () => {
    const divided = dividedOf(["a", "b", "c", "d"]);
    const [cell] = cells;
    expect(strayTests([{ cell, result: result({}) }], divided)).toBe(0);
    expect(strayTests([{ cell, result: result({ patients: ["a"] }) }], divided)).toBe(1);
    expect(strayTests([{ cell, result: result({ patients: ["d", "a"] }) }], divided)).toBe(1);
  });

  test("find controls whose classes have other counts than what they control", () => {
    const all = cells.map((cell) => ({ cell, result: result({}) }));
    // Four sets of generators, two shares, three runs.
    expect(controlCounts(all)).toEqual({ compared: 24, unequal: 0 });
    const wrong = all.map((each) =>
      each.cell.setting === "repeatedToReal" && each.cell.generators.length > 1
        ? { ...each, result: result({ train: [17, 18] }) }
        : each,
    );
    expect(controlCounts(wrong)).toEqual({ compared: 24, unequal: 6 });
  });

  test("find levelled classes that are not all as large as the largest was", () => {
    const all = augmentationCellsOf(reducedTransfer(source)).map((cell) => ({
      cell,
      result: result({ train: cell.setting === "realToReal" ? [17, 9] : [17, 17] }),
    }));
    // Three shares, three runs.
    expect(levelledCounts(all)).toEqual({ compared: 9, unequal: 0 });
    const wrong = all.map((each) =>
      each.cell.setting === "levelledToReal" && each.cell.share === 1
        ? { ...each, result: result({ train: [17, 9] }) }
        : each,
    );
    expect(levelledCounts(wrong)).toEqual({ compared: 9, unequal: 3 });
  });

  test("tell what a constant answer is worth", () => {
    // Of three tested signals two are of the first class: precision 2/3, recall 1, and nothing for the other.
    const counts = { train: [1, 1], validation: [1, 1], test: [2, 1] };
    expect(constantF1({ ...dividedOf(["a", "b", "c", "d"]), counts })).toBeCloseTo(0.8 / 2, 12);
  });
});
