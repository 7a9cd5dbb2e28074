import { expect, test } from "vitest";
import { beatRows, noisy, otherWaveRows, rowsFrom, waveRows } from "../../testing/signalRows.ts";
import { diversity } from "./diversity.ts";
import { closeness } from "./measure.ts";
import { rowsAt } from "./signalRows.ts";

// numpy 2, scipy 1.17: pdist(X).mean() / pdist(Y).mean()
test("diversity is scipy's ratio of mean distances", () => {
  expect(closeness(diversity, waveRows, otherWaveRows, 100)).toBeCloseTo(0.7124375759851609, 6);
});

test("diversity is 1 for equal sets, about 1 for others of one origin, and twice for doubled rows", () => {
  const [one, other] = [beatRows(100, 1), beatRows(100, 2)];
  expect(closeness(diversity, one, one, 100)).toBe(1);
  expect(Math.abs((closeness(diversity, one, other, 100) ?? 0) - 1)).toBeLessThan(0.1);
  const doubled = { ...one, values: one.values.map((value) => 2 * value) };
  expect(closeness(diversity, doubled, one, 100)).toBeCloseTo(2, 6);
});

test("diversity finds a planted collapse, and does not exist of real rows that are alike", () => {
  const real = beatRows(100, 1);
  const collapsed = noisy(rowsAt(real, new Int32Array(100)), 0.002);
  expect(closeness(diversity, collapsed, real, 100)).toBeLessThan(0.2);
  expect(
    closeness(
      diversity,
      waveRows,
      rowsFrom([
        [1, 1, 1],
        [1, 1, 1],
      ]),
      100,
    ),
  ).toBeNull();
});
