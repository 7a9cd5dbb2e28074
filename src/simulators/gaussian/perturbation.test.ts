import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { gaussianSimulator } from "./index.ts";
import { perturbBeat } from "./perturbation.ts";
import { planOf, settleDrawn, streams } from "./plan.ts";
import { lengthIndex } from "./tableA1.ts";

/**
 * Table A.1 of arXiv 2606.10802 as printed, in the order base, SD between recordings, SD between beats; and the length,
 * which only the authors' released code has.
 */
const printed = {
  "P.amplitude": [0.3, 0.2, 0.1],
  "Q.amplitude": [0.1, 0.15, 0.016],
  "R.amplitude": [1.5, 0.75, 0.25],
  "S.amplitude": [0.5, 0.7, 0.05],
  "T.amplitude": [0.45, 0.5, 0.07],
  "P.width": [0.03, 0.02, 0.005],
  "Q.width": [0.05, 0.05, 0.0125],
  "R.width": [0.0075, 0.01, 0.00187],
  "S.width": [0.04, 0.04, 0.01],
  "T.width": [0.03, 0.03, 0.0075],
  "P.shift": [0.2, 0.15, 0.02],
  "Q.shift": [0.3, 0.1, 0.01],
  "R.shift": [0.345, 0.02, 0.0045],
  "S.shift": [0.44, 0.05, 0.015],
  "T.shift": [0.59, 0.06, 0.015],
  length: [0.8, 0.25, 0.1],
} as const;
type Key = keyof typeof printed;
const keys = Object.keys(printed) as Key[];

/** SDs of the drawn shifts when deviations add up along P → Q → R and Q → S → T. */
const cascaded: Partial<Record<Key, number>> = {
  "Q.shift": Math.hypot(0.15, 0.1),
  "R.shift": Math.hypot(0.15, 0.1, 0.02),
  "S.shift": Math.hypot(0.15, 0.1, 0.05),
  "T.shift": Math.hypot(0.15, 0.1, 0.05, 0.06),
};

const count = 20_000;

/** Drawn values by key over 20,000 recordings, in the table's signs. */
function drawMany(preset: string, hierarchicalShifts: boolean): Record<Key, Float64Array> {
  const plan = planOf({ preset, rhythm: "normal", overrides: { hierarchicalShifts } });
  const columns = Object.fromEntries(keys.map((key) => [key, new Float64Array(count)])) as Record<
    Key,
    Float64Array
  >;
  for (let seed = 0; seed < count; seed++) {
    const { packed } = settleDrawn(plan, createRandom(seed, streams.parameters));
    plan.quantities.forEach(({ key, sign }, index) => {
      if (key in columns) columns[key as Key][seed] = sign * packed[index];
    });
  }
  return columns;
}

function momentsOf(values: Float64Array): { mean: number; standardDeviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardDeviation: Math.sqrt(squares / (values.length - 1)) };
}

/** Mean and SD of max(0.2, N(0.8, 0.25)): the length is not drawn below 0.2 s. */
function censoredLength(): [number, number] {
  const [mean, sd, limit] = [0.8, 0.25, 0.2];
  // Φ and φ at (0.2 − 0.8) / 0.25 = −2.4, from tables.
  const [below, density] = [0.0081975, 0.0223945];
  const first = limit * below + mean * (1 - below) + sd * density;
  const second =
    limit * limit * below + (mean * mean + sd * sd) * (1 - below) + sd * (mean + limit) * density;
  return [first, Math.sqrt(second - first * first)];
}

describe.each([
  ["author", true],
  ["paper", true],
  ["author", false],
])("20,000 recordings of the preset %s, hierarchical shifts: %s", (preset, hierarchical) => {
  const columns = drawMany(preset, hierarchical);

  test.each(keys)("%s has the mean and the SD of Table A.1 within three standard errors", (key) => {
    const { mean, standardDeviation } = momentsOf(columns[key]);
    const [base, sd] =
      key === "length"
        ? censoredLength()
        : [printed[key][0], (hierarchical ? cascaded[key] : undefined) ?? printed[key][1]];
    expect(Math.abs(mean - base)).toBeLessThan((3 * sd) / Math.sqrt(count));
    expect(Math.abs(standardDeviation - sd)).toBeLessThan((3 * sd) / Math.sqrt(2 * count));
  });

  test("the share of recordings whose waves are out of order is that of the released code", () => {
    const order = (["P", "Q", "R", "S", "T"] as const).map((wave) => columns[`${wave}.shift`]);
    let outOfOrder = 0;
    for (let seed = 0; seed < count; seed++) {
      if (order.some((shift, index) => index > 0 && shift[seed] <= order[index - 1][seed])) outOfOrder++;
    }
    // 20.7 % and 61.6 % of 20,000 draws of the authors' generator; both samples have a standard error near 0.3 %.
    expect(Math.abs(outOfOrder / count - (hierarchical ? 0.207 : 0.616))).toBeLessThan(0.015);
  });

  test("the shares of unusual recordings are those of the normal distribution", () => {
    const share = (key: Key, holds: (value: number) => boolean) => columns[key].filter(holds).length / count;
    // Φ(−1.5), Φ(−2), Φ(−0.9), Φ(−1.333): P, R and T inverted, P before the beat's start.
    expect(share("P.amplitude", (value) => value < 0)).toBeCloseTo(0.0668, 2);
    expect(share("R.amplitude", (value) => value < 0)).toBeCloseTo(0.0228, 2);
    expect(share("T.amplitude", (value) => value < 0)).toBeCloseTo(0.1841, 2);
    expect(share("P.shift", (value) => value < 0)).toBeCloseTo(0.0912, 2);
    // Φ(−0.55) − Φ(−0.95): an R so narrow that it is a spike.
    expect(Math.abs(share("R.width", (value) => Math.abs(value) < 0.002) - 0.1201)).toBeLessThan(0.008);
  });

  test("the median heart rate is 75 a minute", () => {
    const median = columns.length.slice().sort()[count / 2];
    // Standard error of a median: 1.2533 σ / √n.
    expect(Math.abs(60 / median - 75)).toBeLessThan((3 * 1.2533 * 0.25 * 75) / 0.8 / Math.sqrt(count));
  });
});

describe("the schema carries Table A.1 digit for digit", () => {
  test.each(["author", "paper"])("preset %s", (preset) => {
    const schema = gaussianSimulator.schema(preset, "normal");
    for (const key of keys) {
      const values = [key, `${key}.recordingSd`, `${key}.beatSd`].map((name) => schema[name]?.default);
      expect(values, key).toEqual([...printed[key]]);
    }
  });
});

describe("the beats of a recording", () => {
  test("vary around it by the SD of the table's third column", () => {
    const plan = planOf({ preset: "author", rhythm: "normal", overrides: {} });
    const random = createRandom(3);
    const beats = Array.from({ length: count }, () => {
      const beat = new Float64Array(plan.quantities.length);
      perturbBeat(plan.table, plan.table.base, random, beat);
      return beat;
    });
    plan.quantities.forEach(({ key, sign }, index) => {
      if (!(key in printed) || index === lengthIndex) return;
      const [base, , beatSd] = printed[key as Key];
      const { mean, standardDeviation } = momentsOf(Float64Array.from(beats, (beat) => sign * beat[index]));
      expect(Math.abs(mean - base), key).toBeLessThan((3.5 * beatSd) / Math.sqrt(count));
      expect(Math.abs(standardDeviation - beatSd), key).toBeLessThan((3.5 * beatSd) / Math.sqrt(2 * count));
    });
  });

  test("add up their deviations when perturbation is cumulative", () => {
    // Only R's place varies, and so little that it stays within its beat of exactly 400 samples.
    const still = Object.fromEntries(
      Object.keys(gaussianSimulator.schema("paper", "normal"))
        .filter((key) => key.endsWith(".beatSd"))
        .map((key) => [key, 0]),
    );
    const deviations = (beatPerturbation: string) =>
      gaussianSimulator
        .simulate({
          preset: "paper",
          rhythm: "normal",
          overrides: { ...still, "R.shift.beatSd": 0.001, beatPerturbation },
          seed: 4,
          variation: "exact",
          duration: 30,
          samplingFrequency: 500,
        })
        .truth.beats.map((beat, index) => beat.qrs.peak / 400 - index - 0.345);
    const independent = deviations("independent");
    let sum = 0;
    const cumulative = deviations("cumulative");
    independent.forEach((deviation, index) => {
      sum += deviation;
      expect(cumulative[index]).toBeCloseTo(sum, 9);
    });
    expect(independent.length).toBe(38);
  });
});
