import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { beatRows, noisy, rowsFrom } from "../../testing/signalRows.ts";
import { type MemorisationOptions, memorisation } from "./memorisation.ts";
import { joined, rowsAt, type SignalRows } from "./signalRows.ts";
import { finish } from "./work.ts";

const check = (
  synthetic: SignalRows,
  training: SignalRows,
  heldOut: SignalRows,
  options: MemorisationOptions = {},
) => finish(memorisation(synthetic, training, heldOut, { permutations: 499, ...options }));

const [training, heldOut] = [beatRows(150, 1), beatRows(150, 2)];
const fair = beatRows(150, 3);

describe("the check for memorised rows", () => {
  test("is counted by hand for single numbers", () => {
    const found = check(rowsFrom([[0.1], [4.9], [12], [20]]), rowsFrom([[0], [10]]), rowsFrom([[5], [20.5]]));
    // 0.1 and 12 are nearer to training numbers; 0.1 is less than half as far, 2 is of 8.5 as well.
    expect(found.nearer.share).toBe(0.5);
    expect(found.copies.share).toBe(0.5);
    // Medians of 0.1, 4.9, 2, 10 and of 4.9, 0.1, 7, 0.5.
    expect(found.distanceRatio).toBeCloseTo(3.45 / 2.7, 5);
    // The held-out numbers lie 5 and 10.5 from training ones: the 5 % quantile is 5.275, beyond 0.1, 4.9 and 2.
    expect(found.closeShare).toBe(0.75);
    expect(found.closest[0]).toMatchObject({ synthetic: 0, training: 0 });
    expect(found.closest[0].distance).toBeCloseTo(0.1, 6);
    expect(found.closest[0].heldOutDistance).toBeCloseTo(4.9, 6);
  });

  test("catches copies of the training rows with a little noise", () => {
    const found = check(noisy(training, 0.002), training, heldOut);
    expect(found.isMemorising).toBe(true);
    expect(found.nearer.share).toBe(1);
    expect(found.copies.share).toBe(1);
    expect(found.closeShare).toBe(1);
    expect(found.distanceRatio).toBeLessThan(0.2);
    expect(found.probability).toBeCloseTo(2 / 500, 12);
  });

  test("catches one copy in ten among fair rows, which the medians do not show", () => {
    const copies = rowsAt(
      training,
      Array.from({ length: 15 }, (_, row) => row),
    );
    const found = check(
      joined(
        noisy(copies, 0.002),
        rowsAt(
          fair,
          Array.from({ length: 135 }, (_, row) => row),
        ),
      ),
      training,
      heldOut,
    );
    expect(found.isMemorising).toBe(true);
    expect(found.copies.probability).toBeLessThan(0.01);
    expect(found.distanceRatio).toBeGreaterThan(0.85);
    expect(found.closest.map(({ synthetic, training: row }) => synthetic === row)).not.toContain(false);
  });

  test("acquits a fair sampler, with few held-out rows too", () => {
    const found = check(fair, training, heldOut);
    expect(found.isMemorising).toBe(false);
    expect(found.nearer.expected).toBeCloseTo(0.5, 1);
    expect(Math.abs(found.nearer.share - 0.5)).toBeLessThan(0.12);
    expect(Math.abs(found.distanceRatio - 1)).toBeLessThan(0.1);
    const unequal = check(
      fair,
      training,
      rowsAt(
        heldOut,
        Array.from({ length: 30 }, (_, row) => row),
      ),
    );
    expect(unequal.isMemorising).toBe(false);
    // Five training rows for each held-out one: so is the nearest row.
    expect(unequal.nearer.expected).toBeCloseTo(5 / 6, 1);
  });

  test("acquits a generator of smooth rows, although they come nearer to every real row", () => {
    const found = check(beatRows(150, 4, { noise: 0 }), training, heldOut);
    expect(found.closeShare).toBeGreaterThan(0.3);
    expect(found.isMemorising).toBe(false);
  });

  test("accuses fair samplers no more often than alpha says", () => {
    const trials = 80;
    let accused = 0;
    for (let trial = 0; trial < trials; trial++) {
      const random = createRandom(trial, 7);
      const sample = (count: number) =>
        rowsFrom(Array.from({ length: count }, () => [random.normal(), random.normal()]));
      const found = check(sample(30), sample(30), sample(20), { permutations: 99, alpha: 0.1, seed: trial });
      if (found.isMemorising) accused++;
    }
    // 10 % of 80 are 8, with a standard deviation of 2.7.
    expect(accused).toBeLessThanOrEqual(16);
  });

  test("exchanges patients whole, and refuses one on both sides", () => {
    const patient = (prefix: string) => Array.from({ length: 150 }, (_, row) => `${prefix}${row % 10}`);
    const patients = { training: patient("a"), heldOut: patient("b") };
    expect(check(noisy(training, 0.002), training, heldOut, { patients }).isMemorising).toBe(true);
    expect(check(fair, training, heldOut, { patients }).isMemorising).toBe(false);
    // Of two patients each, a sixth of the exchanges puts the same ones into the training set.
    const few = {
      training: training.values.slice(0, 150).map((_, row) => row % 2),
      heldOut: training.values.slice(0, 150).map((_, row) => 2 + (row % 2)),
    };
    expect(
      check(noisy(training, 0.002), training, heldOut, { patients: few }).nearer.probability,
    ).toBeGreaterThan(0.1);
    const shared = { training: patient("a"), heldOut: patient("a") };
    expect(() => check(fair, training, heldOut, { patients: shared })).toThrow(/Patient a0/);
  });

  test("gives the same verdict for the same seed", () => {
    expect(check(fair, training, heldOut, { seed: 4 })).toEqual(check(fair, training, heldOut, { seed: 4 }));
  });
});
