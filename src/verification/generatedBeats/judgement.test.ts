import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { typicalEta } from "../../simulators/heartOde/etaParameters.ts";
import { eulerBeat } from "../../simulators/heartOde/eulerBeat.ts";
import { phaseTable, recommendedCycle } from "../../simulators/heartOde/phaseTable.ts";
import { gaussianBeats } from "../../testing/gaussianBeats.ts";
import { diversityOf, type FeaturedRows, judge, realDistances } from "./judgement.ts";
import { type Rows, rowsOf } from "./sources.ts";
import { inNetworkRange, traitsOf } from "./traits.ts";

const count = 40;
const size = 3;

/** Beats around a level, with features around it. */
function around(level: number, seed: number): FeaturedRows {
  const random = createRandom(seed);
  const drawn = (length: number): Rows => ({
    values: Float32Array.from({ length: count * length }, () => level + random.normal()),
    count,
    length,
  });
  return { beats: drawn(216), features: drawn(size) };
}

const moved = (rows: Rows, by: number): Rows => ({ ...rows, values: rows.values.map((value) => value + by) });

describe("distances", () => {
  const real = around(0, 1);

  test("of features that were only shifted are the square of the shift", () => {
    const { frechet } = realDistances({ ...real, features: moved(real.features, 0.5) }, real);
    expect(frechet.value).toBeCloseTo(size * 0.25, 4);
    expect(frechet.interval?.low).toBeLessThan(frechet.value);
    expect(frechet.interval?.high).toBeGreaterThan(frechet.value);
  });

  test("are set against those before training: a half of the shift leaves a quarter of the square", () => {
    const at = (by: number): FeaturedRows => ({ ...real, features: moved(real.features, by) });
    const { frechet, discrepancy } = judge(at(1), at(2), real);
    expect(frechet.share.value).toBeCloseTo(0.25, 4);
    expect(frechet.trained.value / frechet.untrained.value).toBeCloseTo(frechet.share.value, 10);
    // The beats are the real ones themselves, before and after.
    expect(discrepancy.trained.value).toBeCloseTo(discrepancy.untrained.value, 12);
  });

  test("by discrepancy are near 0 for beats of the same kind, and large for others", () => {
    const { discrepancy } = judge(around(0, 2), around(3, 3), real);
    expect(Math.abs(discrepancy.trained.value)).toBeLessThan(0.02);
    expect(discrepancy.untrained.value).toBeGreaterThan(0.5);
    expect(discrepancy.share.interval?.high).toBeLessThan(0.1);
  });
});

test("beats of half the difference have half the diversity", () => {
  const { beats } = around(0, 4);
  const halved = { ...beats, values: beats.values.map((value) => value / 2) };
  expect(diversityOf(halved, beats).value).toBeCloseTo(0.5, 6);
});

describe("traits", () => {
  const real = inNetworkRange(gaussianBeats(6, 3));

  test("of beats that are the real ones: as rough, and their own spread of waves twice over", () => {
    const { roughness, waves } = traitsOf(real, real, "N");
    expect(roughness).toBeCloseTo(1, 10);
    expect(waves).toBeGreaterThan(0);
    const lifted = real.map((value) => value + 0.1);
    const raised = traitsOf(lifted, real, "N");
    // A constant has no curvature; each of the five heights is 0.1 off.
    expect(raised.roughness).toBeCloseTo(1, 4);
    expect(raised.waves - waves).toBeCloseTo(5 * 0.01, 5);
  });

  test("know noise by its roughness and a beat of the equations by its residual", () => {
    const random = createRandom(1);
    const noisy = real.map((value) => value + 0.1 * random.normal());
    expect(traitsOf(noisy, real, "N").roughness).toBeGreaterThan(10);
    const own = inNetworkRange(Float32Array.from(eulerBeat(typicalEta("N"), phaseTable(recommendedCycle))));
    const { residual } = traitsOf(own, real, "N");
    expect(residual).toBeLessThan(
      traitsOf(
        own.map((value) => -value),
        real,
        "N",
      ).residual / 10,
    );
  });

  test("count waves as equation 4 does", () => {
    // Flat beats at two levels: every wave is at the level.
    const flat = (level: number) => new Float32Array(216).fill(level);
    const one = rowsOf(Float32Array.of(...flat(0), ...flat(0.2)));
    const { waves } = traitsOf(one.values, flat(0.4), "N");
    expect(waves).toBeCloseTo((5 * (0.4 ** 2 + 0.2 ** 2)) / 2, 6);
  });
});
