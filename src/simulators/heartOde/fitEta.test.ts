import { describe, expect, test } from "vitest";
import { aamiClassOf } from "../../records/aami.ts";
import { readRecord } from "../../records/wfdb/record.ts";
import { cutBeats, paperSpan } from "../../signal/beatMatrix.ts";
import { createRandom } from "../../signal/random.ts";
import { describeWithData } from "../../testing/testData.ts";
import { filesNear } from "../../testing/wfdbFolder.ts";
import { etaModel, etaOf, fitLimits, fitSize, startingPoint } from "./etaModel.ts";
import { packEta, type SimulatedClass, typicalEta } from "./etaParameters.ts";
import { eulerBeat } from "./eulerBeat.ts";
import { fitEta, fitEtaDistribution } from "./fitEta.ts";
import { phaseTable, recommendedCycle, releasedCycle } from "./phaseTable.ts";
import { scaleToRange } from "./scaling.ts";
import { simulatorLoss, simulatorLosses } from "./simulatorLoss.ts";

const table = phaseTable(recommendedCycle);
const degrees = 180 / Math.PI;
const [P, Q, R, S, T] = [0, 1, 2, 3, 4];

function noisyBeat(beatClass: SimulatedClass, noise: number, seed: number): Float64Array {
  const beat = eulerBeat(typicalEta(beatClass), table);
  createRandom(seed).addNormal(beat, noise);
  return beat;
}

function median(values: ArrayLike<number>): number {
  const sorted = Array.from(values).sort((one, other) => one - other);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

describe("waves that made a beat are found again", () => {
  // V has no Q, and its P is so flat and wide that it is left out here.
  test.each([
    ["N", [P, Q, R, S, T]],
    ["S", [R, S, T]],
    ["V", [R, S, T]],
    ["F", [P, Q, R, S, T]],
  ] as const)("class %s", (beatClass, waves) => {
    const truth = typicalEta(beatClass);
    for (const seed of [1, 2, 3]) {
      const fit = fitEta(noisyBeat(beatClass, 1e-4, seed), table);
      if (fit === null) throw new Error("not fitted");
      const { eta } = fit;
      for (const wave of waves)
        expect(Math.abs(eta.theta[wave] - truth.theta[wave]) * degrees).toBeLessThan(1);
      const height = (wave: number) => eta.a[wave] * eta.b[wave] ** 2;
      expect(Math.abs(height(R) / (truth.a[R] * truth.b[R] ** 2) - 1)).toBeLessThan(0.02);
      expect(Math.abs(eta.b[R] / truth.b[R] - 1)).toBeLessThan(0.05);
      // Independent noise leaves 2 · (216 σ)² whatever the waves.
      expect(fit.loss).toBeLessThan(1.5 * 2 * (216 * 1e-4) ** 2);
      expect(fit.remaining).toBeLessThan(0.01);
    }
  });

  test("without noise, nearly exactly", () => {
    const fit = fitEta(noisyBeat("N", 0, 1), table);
    expect(fit?.loss).toBeLessThan(1e-6);
    expect(Math.abs((fit?.eta.a[R] ?? 0) / 30 - 1)).toBeLessThan(0.005);
  });

  test("under the released options, too", () => {
    const released = phaseTable(releasedCycle);
    const fit = fitEta(eulerBeat(typicalEta("S"), released), released);
    expect(fit?.loss).toBeLessThan(1e-4);
    expect(Math.abs(fit?.eta.theta[S] ?? 0) * degrees).toBeCloseTo(15, 0);
  });
});

test("a flat beat and one with a gap are not fitted", () => {
  expect(fitEta(new Float64Array(216).fill(0.01), table)).toBeNull();
  const gap = noisyBeat("N", 0, 1);
  gap[100] = Number.NaN;
  expect(fitEta(gap, table)).toBeNull();
});

describe("the model of the fit", () => {
  const random = createRandom(9);
  const target = Float64Array.from({ length: 215 }, () => random.normal());
  const model = etaModel(target, table);
  const count = target.length + fitSize;
  const point = startingPoint({ r: 0.1, gap: 0.3, width: 0.12 }, table);
  for (let wave = 0; wave < 5; wave++) point[wave] = [0.01, -0.02, 0.05, -0.03, 0.02][wave];

  test("has the derivatives of central differences", () => {
    const at = (parameters: Float64Array) => {
      const residuals = new Float64Array(count);
      const jacobian = new Float64Array(count * fitSize);
      model(parameters, residuals, jacobian);
      return { residuals, jacobian };
    };
    const { jacobian } = at(point);
    const step = 1e-6;
    let worst = 0;
    for (let entry = 0; entry < fitSize; entry++) {
      const moved = (by: number) =>
        at(point.map((value, index) => (index === entry ? value + by : value))).residuals;
      const [more, less] = [moved(step), moved(-step)];
      for (let row = 0; row < count; row++) {
        const numerical = (more[row] - less[row]) / (2 * step);
        worst = Math.max(worst, Math.abs(jacobian[row * fitSize + entry] - numerical));
      }
    }
    expect(worst).toBeLessThan(1e-6);
  });

  test("keeps the order of the waves and the limits of their widths wherever it goes", () => {
    const { lower, upper } = fitLimits();
    for (let trial = 0; trial < 500; trial++) {
      const anywhere = lower.map((least, index) => least + random.uniform() * (upper[index] - least));
      const { theta, b } = etaOf(anywhere, table);
      for (let wave = 1; wave < 5; wave++) expect(theta[wave]).toBeGreaterThan(theta[wave - 1]);
      expect(theta[P]).toBeGreaterThanOrEqual(recommendedCycle.startAngle);
      expect(Math.min(...b)).toBeGreaterThanOrEqual(0.01);
    }
  });
});

describe("the distribution over beats", () => {
  test("is that of the fits, and tells how many failed", () => {
    const beats = new Float64Array(5 * 216);
    [1, 2, 3].forEach((seed, beat) => {
      beats.set(noisyBeat("F", 1e-4, seed), beat * 216);
    });
    // The fourth stays flat; the fifth is noise, of which five waves explain little.
    createRandom(1).addNormal(beats.subarray(4 * 216), 0.01);
    const distribution = fitEtaDistribution(beats, table);
    expect(distribution?.unfittedShare).toBe(0.4);
    expect(distribution?.fits).toHaveLength(3);
    const strengths = distribution?.fits.map(({ eta }) => packEta(eta)[6]) ?? [];
    const mean = (strengths[0] + strengths[1] + strengths[2]) / 3;
    expect(distribution?.mean[6]).toBeCloseTo(mean, 10);
    const squares = strengths.reduce((sum, strength) => sum + (strength - mean) ** 2, 0);
    expect(distribution?.standardDeviation[6]).toBeCloseTo(Math.sqrt(squares / 2), 10);
  });

  test("of beats that cannot be fitted is none", () => {
    expect(fitEtaDistribution(new Float64Array(2 * 216), table)).toBeNull();
  });
});

describeWithData("real beats of MIT-BIH", (data) => {
  /** The first beats of a class in lead II, cut and scaled as SimGAN does. */
  const beatsOf = (name: string, beatClass: SimulatedClass, count: number) => {
    const record = readRecord(name, filesNear(`${data}/mitdb`, name), "", "atr");
    const lead = record.leads.find((one) => one.name === "MLII");
    if (lead === undefined) throw new Error(`no MLII in ${name}`);
    const rPeaks = record.annotations
      .filter(({ symbol }) => aamiClassOf(symbol) === beatClass)
      .slice(0, count)
      .map(({ sample }) => sample);
    return scaleToRange(cutBeats(lead.samples, rPeaks, paperSpan(lead.samplingFrequency)).samples, 216)
      .samples;
  };

  test.each([
    ["N", "100"],
    ["N", "223"],
    ["V", "119"],
    ["V", "208"],
  ] as const)(
    "of class %s in %s cost far less with their own waves than with the class's",
    (beatClass, name) => {
      const beats = beatsOf(name, beatClass, 12);
      const distribution = fitEtaDistribution(beats, table);
      expect(distribution?.unfittedShare).toBeLessThan(0.1);
      const etas = Array.from({ length: beats.length / 216 }, () => typicalEta(beatClass));
      const withClass = simulatorLosses({ beats, etas, table });
      const withOwn = distribution?.fits.map(({ loss }) => loss) ?? [];
      expect(median(withOwn)).toBeLessThan(median(withClass) / 3);
    },
  );

  test("cost far less with their own waves than with those of another record or with their samples shuffled", () => {
    const beats = Float32Array.of(...beatsOf("100", "N", 8), ...beatsOf("223", "N", 8));
    const fits = fitEtaDistribution(beats, table)?.fits ?? [];
    const etas = fits.map(({ eta }) => eta);
    expect(etas).toHaveLength(16);
    const own = simulatorLoss({ beats, etas, table });
    const swapped = simulatorLoss({ beats, etas: [...etas.slice(8), ...etas.slice(0, 8)], table });
    expect(swapped).toBeGreaterThan(5 * own);
    const random = createRandom(1);
    const shuffled = beats.slice();
    for (let at = shuffled.length - 1; at > 0; at--) {
      const other = random.integer(at + 1);
      [shuffled[at], shuffled[other]] = [shuffled[other], shuffled[at]];
    }
    expect(simulatorLoss({ beats: shuffled, etas, table })).toBeGreaterThan(100 * own);
  });

  test("give distributions whose typical beat looks like theirs", () => {
    const beats = beatsOf("223", "N", 12);
    const distribution = fitEtaDistribution(beats, table);
    if (distribution === null) throw new Error("not fitted");
    const degreesOf = (entry: number) => distribution.mean[entry] * degrees;
    expect(degreesOf(8)).toBeGreaterThan(-5);
    expect(degreesOf(8)).toBeLessThan(12);
    expect(degreesOf(2)).toBeLessThan(-60);
    expect(degreesOf(14)).toBeGreaterThan(90);
  });
});
