import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { dynamicTimeWarping } from "./dynamicTimeWarping.ts";
import { softDynamicTimeWarping, softWarpedCost } from "./softDynamicTimeWarping.ts";

const random = createRandom(2);
const one = Array.from({ length: 9 }, () => random.normal());
const other = Array.from({ length: 7 }, () => random.normal());

describe("soft dynamic time warping", () => {
  test("of 0, 1 with itself is −γ ln(1 + 2 e^(−1/γ)): three paths of cost 0, 1 and 1", () => {
    for (const smoothing of [0.1, 1, 10]) {
      const { value } = softDynamicTimeWarping([0, 1], [0, 1], smoothing);
      expect(value).toBeCloseTo(-smoothing * Math.log(1 + 2 * Math.exp(-1 / smoothing)), 12);
    }
  });

  test("tends to dynamic time warping of squared differences, from below", () => {
    const hard = dynamicTimeWarping(one, other, { band: 1, cost: "squared" });
    const values = [1, 0.1, 0.001].map((smoothing) => softDynamicTimeWarping(one, other, smoothing).value);
    expect(values).toEqual([...values].sort((first, second) => first - second));
    expect(values[2]).toBeLessThanOrEqual(hard);
    expect(values[2]).toBeCloseTo(hard, 2);
  });

  test.each([0.05, 0.7, 5])("has the gradient of its differences for γ = %d", (smoothing) => {
    const { gradient } = softDynamicTimeWarping(one, other, smoothing);
    const step = 1e-5;
    one.forEach((value, at) => {
      const [above, below] = [step, -step].map((by) => {
        return softDynamicTimeWarping(one.with(at, value + by), other, smoothing).value;
      });
      expect(gradient[at]).toBeCloseTo((above - below) / (2 * step), 5);
    });
  });

  test("without its gradient it is the same, and a band only takes paths away", () => {
    const same = other.concat(other.slice(0, 2));
    for (const smoothing of [0.05, 1]) {
      const { value } = softDynamicTimeWarping(one, same, smoothing);
      expect(softWarpedCost(one, same, smoothing, 9)).toBeCloseTo(value, 10);
      expect(softWarpedCost(one, same, smoothing, 2)).toBeGreaterThan(value);
      const straight = one.reduce((sum, each, at) => sum + (each - same[at]) ** 2, 0);
      expect(softWarpedCost(one, same, smoothing, 0)).toBeCloseTo(straight, 10);
    }
  });

  test("refuses a smoothing that is not above 0", () => {
    expect(() => softDynamicTimeWarping(one, other, 0)).toThrow(RangeError);
  });
});
