import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { type DecodingPlan, decodeTokens } from "./decoding.ts";
import { drawnMasks, keptTokens, maskedAfter } from "./maskSchedule.ts";

describe("the cosine schedule", () => {
  // As the specification prints them.
  test.each([
    [13, 6, [12, 11, 9, 6, 3, 0]],
    [52, 8, [51, 48, 43, 36, 28, 19, 10, 0]],
    [62, 10, [61, 58, 55, 50, 43, 36, 28, 19, 9, 0]],
    [124, 10, [122, 117, 110, 100, 87, 72, 56, 38, 19, 0]],
    [250, 10, [246, 237, 222, 202, 176, 146, 113, 77, 39, 0]],
  ])("leaves of %i tokens in %i steps %j masked", (tokens, steps, counts) => {
    expect(counts.map((_, index) => maskedAfter(tokens, index + 1, steps))).toEqual(counts);
  });

  test("leaves in training at least one token masked, half of all deviates less than 71 % of them known", () => {
    expect(keptTokens(13, 0)).toBe(12);
    expect(keptTokens(100, 0.5)).toBe(Math.floor(100 * Math.SQRT1_2));
    expect(keptTokens(13, 0.999999)).toBe(0);
    const masks = drawnMasks(2000, 10, createRandom(1));
    const byRow = Array.from({ length: 2000 }, (_, row) =>
      masks.subarray(10 * row, 10 * row + 10).reduce((sum, mask) => sum + mask, 0),
    );
    expect(Math.min(...byRow)).toBeGreaterThanOrEqual(1);
    // E ⌊10 cos(πu/2)⌋ = Σₖ P(10 cos(πu/2) ≥ k) = Σ 2/π arccos(k/10), k = 1 … 9
    const kept = [1, 2, 3, 4, 5, 6, 7, 8, 9].reduce((sum, k) => sum + (2 / Math.PI) * Math.acos(k / 10), 0);
    const mean = byRow.reduce((sum, count) => sum + 10 - count, 0) / 2000;
    expect(Math.abs(mean - kept)).toBeLessThan(0.25);
    // All places alike.
    for (let place = 0; place < 10; place++) {
      const share = byRow.reduce((sum, _, row) => sum + masks[10 * row + place], 0) / 2000;
      expect(Math.abs(share - (1 - kept / 10))).toBeLessThan(0.05);
    }
  });
});

describe("iterative decoding", () => {
  const plan: DecodingPlan = { tokens: 13, codes: 5, steps: 6, temperature: 4 };
  const sources = (seeds: readonly number[]) => seeds.map((seed) => createRandom(seed));
  /** Logits that prefer code (place mod codes). */
  const model = (strength: number) => async (tokens: Int32Array) =>
    Float32Array.from({ length: tokens.length * plan.codes }, (_, at) =>
      (Math.floor(at / plan.codes) % plan.tokens) % plan.codes === at % plan.codes ? strength : 0,
    );

  test("fills every token, step by step as scheduled, and never changes one that stays", async () => {
    const counts: number[] = [];
    let before: Int32Array | null = null;
    const found = await decodeTokens(plan, model(1), sources([1, 2]), async ({ tokens, guesses }) => {
      for (const row of [0, 1]) {
        const own = tokens.subarray(row * plan.tokens, (row + 1) * plan.tokens);
        counts.push(own.filter((token) => token === -1).length);
      }
      before?.forEach((token, place) => {
        if (token !== -1) expect(tokens[place]).toBe(token);
      });
      tokens.forEach((token, place) => {
        if (token !== -1) expect(guesses[place]).toBe(token);
      });
      expect(Math.min(...guesses)).toBeGreaterThanOrEqual(0);
      before = tokens;
      return true;
    });
    expect(counts).toEqual([12, 12, 11, 11, 9, 9, 6, 6, 3, 3, 0, 0]);
    expect(Math.min(...found)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...found)).toBeLessThan(plan.codes);
  });

  test("draws codes as often as the model says", async () => {
    // Of five codes one with logit ln 4: probability 4 / 8.
    const rows = Array.from({ length: 400 }, (_, row) => row);
    const found = await decodeTokens({ ...plan, steps: 1 }, model(Math.log(4)), sources(rows));
    const hits = found.filter((token, at) => token === (at % plan.tokens) % plan.codes).length;
    // Standard error 0.007 of 5,200 draws.
    expect(Math.abs(hits / found.length - 0.5)).toBeLessThan(0.03);
  });

  test("keeps the surest tokens where nothing is left to chance", async () => {
    const sure = async (tokens: Int32Array) =>
      Float32Array.from({ length: tokens.length * plan.codes }, (_, at) =>
        at % plan.codes === 0 ? 10 + Math.floor(at / plan.codes) : 0,
      );
    const order: number[] = [];
    await decodeTokens({ ...plan, temperature: 0 }, sure, sources([3]), async ({ tokens }) => {
      tokens.forEach((token, place) => {
        if (token !== -1 && !order.includes(place)) order.push(place);
      });
      return true;
    });
    // Confidence grows with the place until single precision cannot tell it from 1.
    expect(order[0]).toBeGreaterThan(6);
    expect(order).toHaveLength(13);
  });

  test("gives a row the same tokens whichever rows are decoded with it", async () => {
    const both = await decodeTokens(plan, model(1), sources([1, 2]));
    const alone = await decodeTokens(plan, model(1), sources([2]));
    expect(both.subarray(plan.tokens)).toEqual(alone);
  });

  test("gives its last guesses where it is stopped", async () => {
    let steps = 0;
    const found = await decodeTokens(plan, model(1), sources([1]), async () => ++steps < 2);
    expect(steps).toBe(2);
    expect(Math.min(...found)).toBeGreaterThanOrEqual(0);
  });
});
