import { describe, expect, test } from "vitest";
import { beatRows, noisy, rowsFrom } from "../../testing/signalRows.ts";
import { euclideanDistances } from "./pairDistances.ts";
import { type PrivacyKey, privacyMeasures, privacyValues } from "./privacy.ts";
import { privacyReport } from "./privacyReport.ts";
import { joined, rowsAt, type SignalRows } from "./signalRows.ts";
import { finish } from "./work.ts";

const [training, heldOut, fair] = [beatRows(120, 1), beatRows(120, 2), beatRows(120, 3)];

function valuesOf(synthetic: SignalRows, train: SignalRows, held: SignalRows) {
  const all = joined(joined(synthetic, train), held);
  const from = (start: number, count: number) => Array.from({ length: count }, (_, row) => start + row);
  return privacyValues(
    finish(euclideanDistances(all)),
    all.count,
    {
      synthetic: from(0, synthetic.count),
      training: from(synthetic.count, train.count),
      heldOut: from(synthetic.count + train.count, held.count),
    },
    all.length,
  );
}

const reportOf = (synthetic: SignalRows) =>
  Object.fromEntries(
    finish(privacyReport(synthetic, training, heldOut)).map((entry) => [entry.key, entry]),
  ) as Record<
    PrivacyKey,
    ReturnType<typeof privacyReport> extends Generator<undefined, (infer E)[]> ? E : never
  >;

describe("the numbers of privacy", () => {
  test("are counted by hand for single numbers", () => {
    const found = valuesOf(rowsFrom([[1], [12]]), rowsFrom([[0], [10]]), rowsFrom([[4], [20]]));
    // Nearest training numbers 1 and 2 away; the 5th percentile lies 5 % of the way from 1 to 2.
    expect(found.closest).toBeCloseTo(1.05, 12);
    // 1 / 9 and 2 / 12.
    expect(found.ratio).toBeCloseTo(1 / 9 + 0.05 * (2 / 12 - 1 / 9), 12);
    // 1 is nearer to 0 than to 4, and 12 to 10 than to 4 or 20.
    expect(found.nearerShare).toBe(1);
    // Training numbers lie 1 and 2 from synthetic ones, 10 from each other; synthetic ones 1 and 2, and 11.
    expect(found.accuracy).toBe(0);
    // Held-out ones 3 and 8 from synthetic ones, 16 from each other; synthetic ones 3 and 8 from them, 11 apart.
    expect(found.loss).toBe(0);
    // 1 < 10 and 2 < 10: both within the spacing of the training numbers.
    expect(found.authenticity).toBe(0);
    // −1 and −2 above −3 and −8.
    expect(found.membership).toBe(1);
  });

  test("of equally near rows count half", () => {
    expect(valuesOf(rowsFrom([[5]]), rowsFrom([[4]]), rowsFrom([[6]])).nearerShare).toBe(0.5);
  });

  test("of a fair sampler lie near what is fair, and their intervals hold the values", () => {
    const found = reportOf(fair);
    for (const key of Object.keys(privacyMeasures) as PrivacyKey[]) {
      const { value, interval, fair: expected, copies, rows } = found[key];
      expect(rows).toBe(120);
      expect(interval?.low, key).toBeLessThanOrEqual(value);
      expect(interval?.high, key).toBeGreaterThanOrEqual(value);
      expect(Math.abs(value - expected), key).toBeLessThan(0.35 * Math.abs(copies - expected));
    }
  });

  test("of a planted memoriser lie at those of copies", () => {
    const found = reportOf(noisy(training, 0.001));
    for (const key of Object.keys(privacyMeasures) as PrivacyKey[]) {
      const { value, fair: expected, copies } = found[key];
      expect(Math.abs(value - copies), key).toBeLessThan(0.2 * Math.abs(copies - expected) + 1e-9);
    }
  });

  test("of one copy in ten lie between, and depend on the seed alone", () => {
    const some = joined(rowsAt(training, [...Array(12).keys()]), rowsAt(fair, [...Array(108).keys()]));
    const found = reportOf(some);
    expect(found.closest.value).toBe(0);
    expect(found.ratio.value).toBe(0);
    expect(found.nearerShare.value).toBeLessThan(0.8);
    expect(reportOf(some)).toEqual(found);
  });

  test("refuse a handful of rows", () => {
    expect(() => finish(privacyReport(rowsAt(fair, [0, 1]), training, heldOut))).toThrow(/2 rows/);
  });
});
