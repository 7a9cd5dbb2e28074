import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { flutterSegments, grossScore, matchBeats, timingOf } from "./beatMatching.ts";

/** 1000 Hz, so that samples are milliseconds. */
const match = (reference: number[], detected: number[], options = {}) =>
  matchBeats(reference, detected, 1000, options);
const counts = ({ truePositives, falseNegatives, falsePositives }: ReturnType<typeof match>) => [
  truePositives,
  falseNegatives,
  falsePositives,
];

describe("beats and detections", () => {
  test.each<[string, number[], number[], number[]]>([
    ["all found", [1000, 2000], [1010, 1990], [2, 0, 0]],
    ["one missed", [1000, 2000, 3000], [1000, 3000], [2, 1, 0]],
    ["one too many", [1000, 2000], [1000, 1500, 2000], [2, 0, 1]],
    ["150 ms away is found", [1000], [1150], [1, 0, 0]],
    ["151 ms away is not", [1000], [1151], [0, 1, 1]],
    ["151 ms before is not", [1000], [849], [0, 1, 1]],
    ["of two detections the nearer one counts", [1000], [900, 1010], [1, 0, 1]],
    ["of two beats the nearer one is found", [1000, 1200], [1140], [1, 1, 0]],
    ["a detection serves one beat only", [1000, 1100], [1050], [1, 1, 0]],
    ["couplets at 200 ms are kept apart", [1000, 1200], [1090, 1290], [2, 0, 0]],
    ["no beats", [], [1000], [0, 0, 1]],
    ["no detections", [1000], [], [0, 1, 0]],
    ["nothing at all", [], [], [0, 0, 0]],
  ])("%s", (_, reference, detected, expected) => {
    expect(counts(match(reference, detected))).toEqual(expected);
  });

  test("rates and timing", () => {
    const score = match([1000, 2000, 3000, 4000], [1010, 2030, 3200, 4500, 5000]);
    expect(counts(score)).toEqual([2, 2, 3]);
    expect(score.sensitivity).toBe(0.5);
    expect(score.positivePredictivity).toBe(0.4);
    expect(score.f1).toBeCloseTo((2 * 0.5 * 0.4) / (0.5 + 0.4), 12);
    expect([...score.timingErrors]).toEqual([10, 30]);
    expect(timingOf(score)).toEqual({ mean: 20, standardDeviation: 10 });
  });

  test("errors are in ms at any frequency", () => {
    expect([...matchBeats([360], [378], 360).timingErrors]).toEqual([50]);
  });

  test("a rate that would divide by 0 is null", () => {
    const score = match([], []);
    expect([score.sensitivity, score.positivePredictivity, score.f1, timingOf(score)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  test("another tolerance", () => {
    expect(counts(match([1000], [1060], { tolerance: 0.05 }))).toEqual([0, 1, 1]);
  });

  test("every beat and every detection is counted once, whatever they are", () => {
    const positions = fc
      .uniqueArray(fc.integer({ min: 0, max: 20_000 }), { maxLength: 60 })
      .map((values) => values.sort((one, other) => one - other));
    fc.assert(
      fc.property(positions, positions, (reference, detected) => {
        const score = match(reference, detected);
        expect(score.truePositives + score.falseNegatives).toBe(reference.length);
        expect(score.truePositives + score.falsePositives).toBe(detected.length);
        expect(score.timingErrors.every((error) => Math.abs(error) <= 150)).toBe(true);
        const mirrored = match(detected, reference);
        expect(mirrored.falseNegatives).toBe(score.falsePositives);
      }),
    );
  });
});

describe("what is left out", () => {
  test("the learning period, by the time of the beat", () => {
    const [reference, detected] = [
      [100, 1000, 2000],
      [300, 980, 1500, 2000],
    ];
    expect(counts(match(reference, detected, { from: 1 }))).toEqual([2, 0, 1]);
    expect(counts(match(reference, detected))).toEqual([2, 1, 2]);
  });

  test("flutter: neither its waves nor what is detected in it", () => {
    const excluded = [{ from: 1500, to: 3500 }];
    const score = match([1000, 2000, 4000], [1000, 1600, 2010, 2500, 4000, 4500], { excluded });
    expect(counts(score)).toEqual([2, 0, 1]);
  });

  test("a detection just inside flutter still finds the beat before it", () => {
    expect(counts(match([1000], [1040], { excluded: [{ from: 1020, to: 2000 }] }))).toEqual([1, 0, 0]);
  });

  test("segments from annotations", () => {
    const annotations = [...".[!!].[!"].map((symbol, index) => ({ symbol, sample: 10 * index }));
    expect(flutterSegments(annotations)).toEqual([
      { from: 10, to: 40 },
      { from: 60, to: Infinity },
    ]);
    expect(flutterSegments([{ symbol: "]", sample: 70 }])).toEqual([{ from: -Infinity, to: 70 }]);
    expect(flutterSegments([{ symbol: "N", sample: 70 }])).toEqual([]);
  });
});

test("gross: every beat weighs the same", () => {
  const gross = grossScore([match([1000, 2000, 3000], [1000, 2000, 3000]), match([1000], [1500])]);
  expect(counts(gross)).toEqual([3, 1, 1]);
  expect(gross.sensitivity).toBe(0.75);
  expect([...gross.timingErrors]).toEqual([0, 0, 0]);
  expect(grossScore([]).sensitivity).toBeNull();
});
