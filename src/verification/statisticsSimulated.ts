import { type Interval, meanInterval, metricInterval } from "../evaluation/statistics/bootstrap.ts";
import { compare } from "../evaluation/statistics/comparison.ts";
import { normalCumulative } from "../evaluation/statistics/distributions.ts";
import { quantileOf } from "../evaluation/statistics/resampling.ts";
import { createRandom, type Random } from "../signal/random.ts";

/**
 * Two classifiers, each trained five times, all tested on the same cases. A score is
 * signal · truth + shared + own + noise, all but the signal normal, in units of the score; the signal of each run is the
 * classifier's mean plus luck.
 */
export interface Scenario {
  readonly title: string;
  /** Standard deviation of what makes a case hard for every run of both classifiers: it correlates them. */
  readonly shared: number;
  /** … for every run of one classifier. */
  readonly own: number;
  /** … for one run. */
  readonly noise: number;
  /** Standard deviation of the signal over the runs of one classifier. */
  readonly luck: number;
  /** Mean signal of the baseline and of the candidate. */
  readonly signals: readonly [number, number];
}

export const runCount = 5;
export const caseCount = 100;
export const positiveCount = 35;

/** Enough for counting at 0.05; fewer than usual, as there are thousands of experiments. */
const effort = { resamples: 200, permutations: 199 } as const;

/** What came of many experiments, each a share of them but for the first two. */
export interface Outcome {
  readonly experiments: number;
  /** Of the areas under the ROC curve, in the population. */
  readonly trueDifference: number;
  /** `compare` calls the candidate better; worse. */
  readonly better: number;
  readonly worse: number;
  /** The interval of `compare` holds the true difference. */
  readonly covered: number;
  /** Student's interval over the runs alone holds it. */
  readonly coveredByRuns: number;
  /** The percentile interval of the runs alone holds it. */
  readonly coveredByPercentiles: number;
  /** The case test alone has p ≤ 0.05. */
  readonly rejectedByCases: number;
  /** The sign-flip test alone has its smallest p, 0.0625. */
  readonly rejectedByRuns: number;
}

/** Repeats the comparison on fresh cases with fresh runs. The same seed gives the same outcome. */
export function experimentsOf(scenario: Scenario, experiments: number, seed: number): Outcome {
  const random = createRandom(seed);
  const trueDifference = areaOf(scenario, 1) - areaOf(scenario, 0);
  const counts = { better: 0, worse: 0, covered: 0, coveredByRuns: 0, coveredByPercentiles: 0 };
  const rejected = { rejectedByCases: 0, rejectedByRuns: 0 };
  const holds = (interval: Interval | null) =>
    Number(interval !== null && interval.low <= trueDifference && trueDifference <= interval.high);
  for (let experiment = 0; experiment < experiments; experiment++) {
    const contest = drawn(scenario, random);
    const [found] = compare([{ ...contest, name: scenario.title, metric: areaUnder, swap: "ranks" }], {
      ...effort,
      seed: experiment,
    });
    if (found.verdict === "better") counts.better++;
    if (found.verdict === "worse") counts.worse++;
    counts.covered += holds(found.interval);
    const areas = [contest.baseline, contest.candidate].map((side) =>
      side.map((run) => areaUnder(run, contest.truths) ?? Number.NaN),
    );
    const differences = areas[1].map((area, run) => area - areas[0][run]);
    counts.coveredByRuns += holds(meanInterval(differences).interval);
    counts.coveredByPercentiles += holds(percentileInterval(differences, random));
    rejected.rejectedByCases += Number((found.caseTest?.probability ?? 1) <= 0.05);
    rejected.rejectedByRuns += Number(found.runTest?.probability === found.smallestReachableP);
  }
  const shares = Object.entries({ ...counts, ...rejected }).map(([name, count]) => [
    name,
    count / experiments,
  ]);
  return { experiments, trueDifference, ...(Object.fromEntries(shares) as typeof counts & typeof rejected) };
}

/**
 * `rocArea` for thousands of experiments, faster: the classes are sorted apart, and each positive counts
 * the negatives below it, ties half. null where a class is absent.
 */
export function areaUnder(scores: ArrayLike<number>, truths: ArrayLike<boolean>): number | null {
  const of = new Float64Array(scores.length);
  let [positives, negatives] = [0, 0];
  for (let index = 0; index < scores.length; index++) {
    if (truths[index]) of[positives++] = scores[index];
    else of[scores.length - ++negatives] = scores[index];
  }
  if (positives === 0 || negatives === 0) return null;
  const [upper, lower] = [of.subarray(0, positives).sort(), of.subarray(positives).sort()];
  let [below, upTo, sum] = [0, 0, 0];
  for (let index = 0; index < positives; index++) {
    while (below < negatives && lower[below] < upper[index]) below++;
    while (upTo < negatives && lower[upTo] <= upper[index]) upTo++;
    sum += (below + upTo) / 2;
  }
  return sum / (positives * negatives);
}

/** The mean area under the ROC curve of a classifier over runs, in the population: a normal integral. */
function areaOf({ shared, own, noise, luck, signals }: Scenario, side: 0 | 1): number {
  const variance = shared ** 2 + own ** 2 + noise ** 2;
  return normalCumulative(signals[side] / Math.sqrt(2 * variance + luck ** 2));
}

function drawn({ shared, own, noise, luck, signals }: Scenario, random: Random) {
  const truths = Array.from({ length: caseCount }, (_, index) => index < positiveCount);
  const sharedParts = truths.map(() => shared * random.normal());
  const [baseline, candidate] = signals.map((mean) => {
    const parts = sharedParts.map((part) => part + own * random.normal());
    return Array.from({ length: runCount }, () => {
      const signal = mean + luck * random.normal();
      return truths.map((truth, index) => (truth ? signal : 0) + parts[index] + noise * random.normal());
    });
  });
  return { truths, baseline, candidate };
}

/** The plain percentile bootstrap of a mean, for comparison: `meanInterval` does not use it. */
function percentileInterval(values: readonly number[], random: Random): Interval {
  const means = Float64Array.from({ length: 1000 }, () =>
    values.reduce((sum) => sum + values[random.integer(values.length)] / values.length, 0),
  ).sort();
  return { low: quantileOf(means, 0.025), high: quantileOf(means, 0.975) };
}

/** Shares of the 95 % intervals of a mean of normal values that hold the mean. */
export function meanCoverage(runs: number, experiments: number, seed: number) {
  const random = createRandom(seed);
  const holdsZero = ({ low, high }: Interval) => Number(low <= 0 && high >= 0);
  let [own, percentiles] = [0, 0];
  for (let experiment = 0; experiment < experiments; experiment++) {
    const values = Array.from({ length: runs }, () => random.normal());
    const { interval } = meanInterval(values, { seed: experiment, resamples: 1000 });
    own += interval === null ? 0 : holdsZero(interval);
    percentiles += holdsZero(percentileInterval(values, random));
  }
  return { own: own / experiments, percentiles: percentiles / experiments };
}

/** How the scores of the two classes are drawn for `areaCoverage`: as many cases, a patient having several. */
export interface AreaSetting {
  readonly cases: number;
  readonly casesOfPatient: number;
  /** Distance of the class means; scores have the standard deviation 1. */
  readonly signal: number;
}

/** Shares of the 95 % intervals of one classifier's area under the ROC curve that hold the true one. */
export function areaCoverage(
  { cases, casesOfPatient, signal }: AreaSetting,
  experiments: number,
  seed: number,
) {
  const random = createRandom(seed);
  const truth = normalCumulative(signal / Math.SQRT2);
  const groups = Array.from({ length: cases }, (_, index) => Math.floor(index / casesOfPatient));
  const truths = groups.map((group) => group % 3 === 0);
  const counts = { bca: 0, percentile: 0, undefinedResamples: 0 };
  for (let experiment = 0; experiment < experiments; experiment++) {
    // Half of the variance belongs to the patient, whose cases are of one class.
    const ofPatient = groups.map(() => random.normal());
    const scores = truths.map((isPositive, index) => {
      const own = random.normal();
      const noise = casesOfPatient === 1 ? own : Math.SQRT1_2 * (own + ofPatient[groups[index]]);
      return (isPositive ? signal : 0) + noise;
    });
    const scored = casesOfPatient === 1 ? { scores, truths } : { scores, truths, groups };
    for (const method of ["bca", "percentile"] as const) {
      const found = metricInterval(scored, areaUnder, { method, resamples: 400, seed: experiment });
      const { interval } = found;
      if (interval !== null && interval.low <= truth && truth <= interval.high) counts[method]++;
      if (method === "bca") counts.undefinedResamples += found.undefinedResamples;
    }
  }
  return {
    bca: counts.bca / experiments,
    percentile: counts.percentile / experiments,
    undefinedResamples: counts.undefinedResamples / (400 * experiments),
  };
}
