import { describe, expect, test } from "vitest";
import { calledReal, type Judged, sensitivityOf, tally, trialOrder } from "./blindTest.ts";

describe("the order of the trials", () => {
  const sources = [
    { isReal: true, rows: 40 },
    { isReal: false, rows: 30 },
    { isReal: false, rows: 30 },
    { isReal: false, rows: 30 },
  ];

  test("is half real, half synthetic, shared evenly, without a row twice", () => {
    const order = trialOrder(sources, 40, 7);
    expect(order).toHaveLength(40);
    const counts = sources.map((_, source) => order.filter((trial) => trial.source === source).length);
    expect(counts[0]).toBe(20);
    expect(counts.slice(1).toSorted()).toEqual([6, 7, 7]);
    expect(new Set(order.map(({ source, row }) => `${source} ${row}`)).size).toBe(40);
  });

  test("depends on the seed alone, and mixes", () => {
    expect(trialOrder(sources, 40, 7)).toEqual(trialOrder(sources, 40, 7));
    expect(trialOrder(sources, 40, 8)).not.toEqual(trialOrder(sources, 40, 7));
    const real = trialOrder(sources, 40, 7).map(({ source }) => source === 0);
    const changes = real.filter((value, index) => index > 0 && value !== real[index - 1]).length;
    // Of 39 neighbours 20 differ on average, with a standard deviation of 3.1.
    expect(changes).toBeGreaterThan(10);
    expect(changes).toBeLessThan(30);
  });

  test("refuses what cannot be balanced", () => {
    expect(() => trialOrder(sources, 7, 1)).toThrow(/half/);
    expect(() => trialOrder([sources[0]], 4, 1)).toThrow(/no synthetic/);
    expect(() => trialOrder(sources, 100, 1)).toThrow(/40 rows for 50/);
  });
});

describe("d′", () => {
  // Stanislaw & Todorov, Behav Res Methods 1999;31:137: 20 hits and 10 false alarms of 25 each, with 0.5 added to each
  // cell; scipy 1.17: norm.ppf(20.5 / 26) - norm.ppf(10.5 / 26)
  test("is that of the corrected rates", () => {
    const found = sensitivityOf({ hits: 20, misses: 5, falseAlarms: 10, correctRejections: 15 });
    expect(found?.sensitivity).toBeCloseTo(1.044498707092581, 10);
    expect(found?.criterion).toBeCloseTo(-0.2788451757356594, 10);
    expect(found?.low).toBeCloseTo(1.044498707092581 - 1.959963984540054 * 0.3718963309862203, 8);
    expect(found?.high).toBeCloseTo(1.044498707092581 + 1.959963984540054 * 0.3718963309862203, 8);
  });

  test("comes without correction to the printed 1.09 and −0.30 as numbers grow", () => {
    const many = 1e7;
    const found = sensitivityOf({
      hits: 0.8 * many,
      misses: 0.2 * many,
      falseAlarms: 0.4 * many,
      correctRejections: 0.6 * many,
    });
    // z(0.8) = 0.8416, z(0.4) = −0.2533
    expect(found?.sensitivity).toBeCloseTo(1.095, 3);
    expect(found?.criterion).toBeCloseTo(-0.294, 3);
  });

  test("is 0 for guessing, finite for a perfect judge, negative for one who takes each for the other", () => {
    const guess = sensitivityOf({ hits: 5, misses: 5, falseAlarms: 5, correctRejections: 5 });
    expect(guess?.sensitivity).toBeCloseTo(0, 12);
    expect(guess?.criterion).toBeCloseTo(0, 12);
    const perfect = sensitivityOf({ hits: 25, misses: 0, falseAlarms: 0, correctRejections: 25 });
    expect(perfect?.sensitivity).toBeCloseTo(4.139803661790102, 8);
    const wrong = sensitivityOf({ hits: 0, misses: 25, falseAlarms: 25, correctRejections: 0 });
    expect(wrong?.sensitivity).toBeCloseTo(-4.139803661790102, 8);
  });

  test("does not exist where one side is missing", () => {
    expect(sensitivityOf({ hits: 3, misses: 1, falseAlarms: 0, correctRejections: 0 })).toBeNull();
    expect(() => sensitivityOf({ hits: -1, misses: 1, falseAlarms: 0, correctRejections: 0 })).toThrow(
      RangeError,
    );
  });
});

describe("the tally", () => {
  const said = (source: number, answers: string): Judged[] =>
    Array.from(answers, (answer) => ({ source, isReal: source === 0, saidReal: answer === "R" }));
  const judged = [...said(0, "RRRS"), ...said(1, "SSRR"), ...said(2, "SSSR")];

  test("counts all, and one generator against the real ones", () => {
    const all = tally(judged);
    expect(all.judgements).toEqual({ hits: 5, misses: 3, falseAlarms: 1, correctRejections: 3 });
    expect(all.accuracy.share).toBe(8 / 12);
    const one = tally(judged, 1);
    expect(one.judgements).toEqual({ hits: 2, misses: 2, falseAlarms: 1, correctRejections: 3 });
    // Wilson: 5 of 8.
    expect(one.accuracy.low).toBeCloseTo(0.306, 3);
    expect(one.accuracy.high).toBeCloseTo(0.863, 3);
  });

  test("says how often a generator deceived, and nothing before the first trial", () => {
    expect(calledReal(judged, 1)).toMatchObject({ share: 0.5, trials: 4 });
    expect(calledReal(judged, 9)).toMatchObject({ share: 0, low: 0, high: 1, trials: 0 });
    expect(tally([])).toMatchObject({ trials: 0, sensitivity: null, accuracy: { low: 0, high: 1 } });
  });
});
