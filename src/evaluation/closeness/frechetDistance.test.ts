import { describe, expect, test } from "vitest";
import { beatRows, noisy, otherWaveRows, rowsFrom, waveRows } from "../../testing/signalRows.ts";
import { frechet, frechetDistance, frechetOfFeatures } from "./frechetDistance.ts";
import { closeness } from "./measure.ts";
import { closenessReport } from "./report.ts";

/** Rows with exactly this mean and, with n − 1, this diagonal covariance: ± along every axis. */
function diagonal(mean: readonly number[], variances: readonly number[]) {
  const count = 2 * variances.length;
  return rowsFrom(
    variances.flatMap((variance, axis) =>
      [1, -1].map((sign) =>
        mean.map((value, at) => value + (at === axis ? sign * Math.sqrt((variance * (count - 1)) / 2) : 0)),
      ),
    ),
  );
}

describe("the Fréchet distance", () => {
  test("of diagonal covariances is the sum of squared gaps of means and of standard deviations", () => {
    const found = frechetDistance(diagonal([1, 2, 3], [4, 1, 9]), diagonal([2, 2, 1], [1, 16, 9]));
    expect(found.ofMeans).toBeCloseTo(1 + 0 + 4, 5);
    expect(found.ofCovariances).toBeCloseTo((2 - 1) ** 2 + (1 - 4) ** 2 + 0, 5);
    expect(found.squared).toBeCloseTo(15, 5);
    expect(found.isRegularised).toBe(false);
  });

  // scipy 1.17: linalg.sqrtm(S1 @ S2)
  test("of full covariances is scipy's, either way round", () => {
    expect(frechetDistance(waveRows, otherWaveRows).squared).toBeCloseTo(0.6027172905913172, 6);
    expect(frechetDistance(otherWaveRows, waveRows).squared).toBeCloseTo(0.6027172905913172, 6);
  });

  test("of a set from itself is 0, and from itself moved by a vector its squared length", () => {
    const moved = { ...waveRows, values: waveRows.values.map((value) => value + 2) };
    expect(frechetDistance(waveRows, waveRows).squared).toBeCloseTo(0, 6);
    expect(frechetDistance(waveRows, moved).squared).toBeCloseTo(12, 4);
  });

  test("says where a set has too few rows for its features, and stays finite", () => {
    const few = rowsFrom([
      [0, 1, 2],
      [1, 0, 3],
    ]);
    const found = frechetDistance(few, waveRows);
    expect(found.isRegularised).toBe(true);
    expect(found.squared).toBeGreaterThan(0);
    expect(frechetDistance(few, few).squared).toBeCloseTo(0, 5);
  });

  test("on principal components sees noise that lies beside all of them", () => {
    const [real, synthetic] = [beatRows(200, 1), beatRows(200, 2)];
    const clean = closeness(frechet, synthetic, real, 100) ?? 1;
    expect(closeness(frechet, noisy(synthetic, 0.2), real, 100)).toBeGreaterThan(10 * clean);
  });

  test("of features says where rows are fewer than ten for each, and where the covariance was regularised", async () => {
    const noteOf = async (rows: number) => {
      const { entries } = await closenessReport(featuresOf(rows, 1), featuresOf(rows, 2), {
        registry: { frechetOfFeatures },
        samplingFrequency: 1,
        draws: 20,
      });
      expect(entries[0].value).toBeGreaterThan(0);
      return entries[0].note;
    };
    const featuresOf = (rows: number, seed: number) => beatRows(rows, seed, { length: 8 });
    for (const rows of [6, 8, 9]) {
      const { isRegularised } = frechetDistance(featuresOf(rows, 1), featuresOf(rows, 2));
      expect(isRegularised).toBe(rows < 9);
      expect((await noteOf(rows))?.includes("mostly chance"), `${rows}`).toBe(isRegularised);
    }
    expect(await noteOf(16)).toMatch(/16 rows are fewer than ten for each of the 8 features \(80\).*halves/);
    expect(await noteOf(79)).not.toMatch(/halves/);
    expect(await noteOf(80)).toBeUndefined();
  });
});
