import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import {
  drawEta,
  etaDistribution,
  etaSize,
  leastWidth,
  packEta,
  simulatedClasses,
  typicalEta,
  unpackEta,
} from "./etaParameters.ts";

const degrees = 180 / Math.PI;

test("a row holds strength, width and angle of P, then of Q, R, S and T", () => {
  const row = packEta(typicalEta("V"));
  const inDegrees = Array.from(row, (value, index) => (index % 3 === 2 ? value * degrees : value));
  const expected = [0.1, 0.6, -90, 0, 0.1, -15, 30, 0.1, 0, -10, 0.1, 15, 0.5, 0.2, 160];
  expected.forEach((value, index) => {
    expect(inDegrees[index]).toBeCloseTo(value, 12);
  });
});

test.each(simulatedClasses)("a row of %s unpacks to what was packed, anywhere in a batch", (beatClass) => {
  const eta = typicalEta(beatClass);
  const batch = new Float64Array(3 * etaSize);
  batch.set(packEta(eta), etaSize);
  expect(unpackEta(batch, etaSize)).toEqual(eta);
});

describe("drawing", () => {
  const moments = (rows: readonly Float64Array[], entry: number) => {
    const mean = rows.reduce((sum, row) => sum + row[entry], 0) / rows.length;
    const variance = rows.reduce((sum, row) => sum + (row[entry] - mean) ** 2, 0) / rows.length;
    return { mean, deviation: Math.sqrt(variance) };
  };

  test.each([
    ["training", 0.01],
    ["augmentation", 0.001],
  ] as const)("%s spreads every number by %f around the class's", (spread, deviation) => {
    const random = createRandom(3);
    const distribution = etaDistribution("F", spread);
    const rows = Array.from({ length: 4000 }, () => packEta(drawEta(distribution, random)));
    const typical = packEta(typicalEta("F"));
    for (let entry = 0; entry < etaSize; entry++) {
      const found = moments(rows, entry);
      // Five standard errors of a mean and of a standard deviation of 4000.
      expect(Math.abs(found.mean - typical[entry])).toBeLessThan((5 * deviation) / Math.sqrt(4000));
      expect(Math.abs(found.deviation / deviation - 1)).toBeLessThan(5 / Math.sqrt(8000));
    }
  });

  test("the numbers are independent of each other", () => {
    const random = createRandom(4);
    const distribution = etaDistribution("N");
    let product = 0;
    for (let draw = 0; draw < 4000; draw++) {
      const row = packEta(drawEta(distribution, random));
      product += ((row[6] - 30) / 0.01) * ((row[7] - 0.1) / 0.01);
    }
    expect(Math.abs(product / 4000)).toBeLessThan(5 / Math.sqrt(4000));
  });

  test("no width falls below its least, even with the paper's spread", () => {
    const random = createRandom(5);
    const distribution = etaDistribution("S", "paper");
    const widths = Array.from({ length: 50 }, () => [...drawEta(distribution, random).b]).flat();
    expect(Math.min(...widths)).toBe(leastWidth);
    expect(Math.max(...widths)).toBeGreaterThan(1);
  });
});
