import { describe, expect, test } from "vitest";
import {
  collapseAdvice,
  discriminatorSaturation,
  divergence,
  gradientExplosion,
  meanPairDistance,
  modeCollapse,
} from "./stability.ts";

describe("divergence", () => {
  test("is told with the step and the quantity", () => {
    const history = [{ generatorLoss: 1 }, { generatorLoss: 2, discriminatorGradient: Number.NaN }];
    expect(divergence(history, 10)).toMatch(/^In step 12 the gradient of the discriminator is no number/);
    expect(divergence([{ generatorLoss: Number.POSITIVE_INFINITY }])).toMatch(/step 1 the loss of the gen/);
    expect(divergence([{ generatorLoss: 1e6 }])).toBeNull();
  });
});

describe("explosion of gradients", () => {
  const steps = (count: number, discriminatorGradient: number) =>
    Array.from({ length: count }, () => ({ generatorGradient: 1, discriminatorGradient }));

  test("is told with the network and how large they are, of the median of the last steps", () => {
    expect(gradientExplosion(steps(50, 2), steps(20, 5000))).toMatch(
      /^The gradient of the discriminator has grown 2,500 times/,
    );
    expect(gradientExplosion(steps(50, 2), [...steps(100, 5000), ...steps(20, 1900)])).toBeNull();
    // A few large ones are none.
    expect(gradientExplosion(steps(50, 2), [...steps(12, 2), ...steps(8, 1e9)])).toBeNull();
    expect(gradientExplosion(steps(19, 2), steps(20, 5000))).toBeNull();
    expect(gradientExplosion(steps(50, 2), steps(19, 5000))).toBeNull();
  });

  test("is not told of a model without gradients", () => {
    const none = Array.from({ length: 50 }, () => ({ reconstructionLoss: 1 }));
    expect(gradientExplosion(none, none)).toBeNull();
  });
});

describe("mode collapse", () => {
  test("the distance of pairs is a root mean square", () => {
    // Three points: 0, 3 and 4 in each of two samples, so 3, 4 and 1 apart.
    expect(meanPairDistance(Float32Array.of(0, 0, 3, 3, 4, 4), 2)).toBeCloseTo(8 / 3, 6);
    expect(meanPairDistance(new Float32Array(20).fill(1.5), 5)).toBe(0);
  });

  test("needs several looks in a row", () => {
    expect(modeCollapse([0.4, 0.3])).toBeNull();
    expect(modeCollapse([0.4, 0.6, 0.3])).toBeNull();
    expect(modeCollapse([0.9, 0.4, 0.45, 0.3])).toMatch(
      /differ from each other 30 % as much .* last 3 looks/,
    );
    expect(modeCollapse([0.4, 0.45, 0.3], { threshold: 0.2 })).toBeNull();
    expect(modeCollapse([0.4], { looks: 1 })).not.toBeNull();
    expect(modeCollapse([0.4], { looks: 1 })).toContain("critic");
    expect(modeCollapse([0.4], { looks: 1, advice: collapseAdvice.other })).toMatch(
      /collapsed\. More iterations/,
    );
  });
});

describe("saturation of the discriminator", () => {
  const steps = (count: number, realAccuracy: number, fakeAccuracy: number) =>
    Array.from({ length: count }, () => ({ realAccuracy, fakeAccuracy }));

  test.each([
    [1, 1, /without fail/],
    [0, 1, /every beat generated/],
    [1, 0, /every beat real/],
  ])("judgements of %d and %d", (real, fake, words) => {
    expect(discriminatorSaturation(steps(100, real, fake))).toMatch(words);
    expect(discriminatorSaturation(steps(99, real, fake))).toBeNull();
    expect(discriminatorSaturation([...steps(100, real, fake), ...steps(1, 0.8, 0.7)])).toBeNull();
  });

  test("is not told of a step that tells no accuracy", () => {
    expect(discriminatorSaturation(Array.from({ length: 100 }, () => ({ generatorLoss: 1 })))).toBeNull();
  });
});
