import { describe, expect, test } from "vitest";
import { createRandom } from "../../../signal/random.ts";
import { rowsFrom, waveRows } from "../../../testing/signalRows.ts";
import type { SignalRows } from "../signalRows.ts";
import { finish } from "../work.ts";
import { principalComponents, projected } from "./principalComponents.ts";

const of = (rows: SignalRows, wanted: number) => finish(principalComponents(rows, wanted));

/** Rows along three directions with standard deviations 5, 2 and 1, and white noise. */
function threeDirections(count: number, length: number): SignalRows {
  const random = createRandom(1);
  const values = new Float32Array(count * length);
  for (let row = 0; row < count; row++) {
    const weights = [5 * random.normal(), 2 * random.normal(), random.normal()];
    for (let at = 0; at < length; at++) {
      weights.forEach((weight, k) => {
        values[row * length + at] +=
          weight * Math.sqrt(2 / length) * Math.cos(((k + 1) * Math.PI * (at + 0.5)) / length);
      });
    }
  }
  random.addNormal(values, 0.01);
  return { values, count, length };
}

describe("principal components", () => {
  test("of points on a line are that line", () => {
    const found = of(
      rowsFrom([
        [1, 2],
        [4, 6],
        [7, 10],
      ]),
      2,
    );
    expect(found.count).toBe(1);
    expect(found.components[0]).toBeCloseTo(0.6, 6);
    expect(found.components[1]).toBeCloseTo(0.8, 6);
    // −5, 0 and 5 along the line
    expect(found.variances[0]).toBeCloseTo(25, 5);
    expect(found.totalVariance).toBeCloseTo(25, 5);
    expect(Array.from(projected(found, rowsFrom([[10, 14]])).values)[0]).toBeCloseTo(10, 5);
  });

  // numpy 2: linalg.svd(X − mean)[1] ** 2 / 11
  test("have numpy's variances", () => {
    const { variances } = of(waveRows, 3);
    [0.63041091, 0.57326483, 0.5712168].forEach((expected, index) => {
      expect(variances[index]).toBeCloseTo(expected, 6);
    });
  });

  test.each([
    ["more rows than samples", 60, 40],
    ["fewer rows than samples", 40, 60],
    ["many of both, by iteration", 300, 280],
  ])(
    "are unit vectors at right angles along which coordinates have the variances: %s",
    (_, count, length) => {
      const rows = threeDirections(count, length);
      const found = of(rows, 3);
      const along = projected(found, rows);
      for (let one = 0; one < 3; one++) {
        for (let other = 0; other < 3; other++) {
          let [product, covariance] = [0, 0];
          for (let at = 0; at < length; at++)
            product += found.components[one * length + at] * found.components[other * length + at];
          for (let row = 0; row < count; row++)
            covariance += along.values[row * 3 + one] * along.values[row * 3 + other];
          expect(product).toBeCloseTo(one === other ? 1 : 0, 8);
          expect(covariance / (count - 1)).toBeCloseTo(one === other ? found.variances[one] : 0, 3);
        }
      }
      expect(found.variances[0] / 25).toBeGreaterThan(0.6);
      const left = found.totalVariance - found.variances.reduce((sum, value) => sum + value, 0);
      // White noise of 0.01 in all other directions.
      expect(left / (length * 1e-4)).toBeGreaterThan(0.8);
      expect(left / (length * 1e-4)).toBeLessThan(1.2);
    },
  );

  test("refuse rows of another length", () => {
    expect(() => projected(of(waveRows, 2), rowsFrom([[1, 2]]))).toThrow(/cannot be compared/);
  });
});
