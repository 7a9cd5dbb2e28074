import type { Random } from "../../signal/random.ts";
import type { Axis, Places } from "./distributions.ts";
import { logNormalDensity, normalMass, truncatedNormal } from "./normalDistribution.ts";

/** A density made of one kernel for each observation and one for what was believed before. */
export interface ParzenEstimator {
  draw(random: Random): number;
  /** Logarithm of the density, or of the probability where only whole places count. */
  logDensity(place: number): number;
}

/** Weight of the belief before any observation; an observation of late has 1. */
const priorWeight = 1;

/** So many of the latest observations keep their full weight. */
const fullWeightCount = 25;

/**
 * The estimator of Bergstra et al. (Adv Neural Inf Process Syst 2011;24:2546) as Hyperopt and Optuna 2 to 4 build it.
 * @param observations places in the domain, oldest first
 */
export function parzenEstimator(domain: Axis | Places, observations: readonly number[]): ParzenEstimator {
  const weights = kernelWeights(observations.length);
  return domain.kind === "places"
    ? categoricalEstimator(domain.count, observations, weights)
    : numericEstimator(domain, observations, weights);
}

/** Weights of `count` observations, oldest first: 1 for the latest 25, before them rising from 1/count towards 1. */
export function observationWeights(count: number): number[] {
  const rampLength = Math.max(0, count - fullWeightCount);
  const lowest = 1 / count;
  const slope = (1 - lowest) / Math.max(1, rampLength - 1);
  return Array.from({ length: count }, (_, index) => (index < rampLength ? lowest + slope * index : 1));
}

/** The observations' weights and the prior's at the end, with sum 1. */
function kernelWeights(count: number): number[] {
  const weights = [...observationWeights(count), priorWeight];
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Every kernel gives the prior's weight to all places in common, and 1 to the one observed. */
function categoricalEstimator(
  count: number,
  observations: readonly number[],
  weights: readonly number[],
): ParzenEstimator {
  const kernels = weights.length;
  const smoothing = priorWeight / kernels;
  const kernelSum = 1 + count * smoothing;
  const probabilities = new Array<number>(count).fill(weights[kernels - 1] / count);
  observations.forEach((observed, kernel) => {
    for (let place = 0; place < count; place++) {
      probabilities[place] += (weights[kernel] * (smoothing + (place === observed ? 1 : 0))) / kernelSum;
    }
  });
  return {
    draw: (random) => drawIndex(random, probabilities),
    logDensity: (place) => Math.log(probabilities[place]),
  };
}

/** Normal kernels, cut off at the ends of the axis; the last is the prior: centred and as wide as the axis. */
function numericEstimator(
  axis: Axis,
  observations: readonly number[],
  weights: readonly number[],
): ParzenEstimator {
  const { low, high, step } = axis;
  const means = [...observations, 0.5 * (low + high)];
  const deviations = [...bandwidths(axis, observations), high - low];
  const logFactors = weights.map(
    (weight, kernel) =>
      Math.log(weight) -
      Math.log(
        normalMass((low - means[kernel]) / deviations[kernel], (high - means[kernel]) / deviations[kernel]),
      ),
  );
  const logKernel = (place: number, mean: number, deviation: number) =>
    step === 0
      ? logNormalDensity(place, mean, deviation)
      : Math.log(
          normalMass((place - 0.5 * step - mean) / deviation, (place + 0.5 * step - mean) / deviation),
        );
  return {
    draw(random) {
      const kernel = drawIndex(random, weights);
      const place = truncatedNormal(random, means[kernel], deviations[kernel], low, high);
      return step === 0 ? place : Math.min(high - 0.5, Math.max(low + 0.5, Math.round(place)));
    },
    logDensity: (place) =>
      logSumOfExponentials(
        logFactors.map((factor, kernel) => factor + logKernel(place, means[kernel], deviations[kernel])),
      ),
  };
}

/**
 * Standard deviation of each observation's kernel: the larger distance to its two neighbours among the observations and
 * the prior's mean, the outermost having one neighbour only; kept between the axis's length and a share of it that
 * shrinks with the number of kernels to a hundredth ("magic clip").
 */
export function bandwidths(axis: Axis, observations: readonly number[]): number[] {
  const length = axis.high - axis.low;
  const centre = 0.5 * (axis.low + axis.high);
  const means = [...observations, centre];
  const order = means.map((_, index) => index).sort((one, other) => means[one] - means[other]);
  const smallest = length / Math.min(100, 1 + means.length);
  const deviations = new Array<number>(observations.length).fill(length);
  order.forEach((index, rank) => {
    if (index === observations.length) return;
    const below = rank === 0 ? 0 : means[index] - means[order[rank - 1]];
    const above = rank === order.length - 1 ? 0 : means[order[rank + 1]] - means[index];
    deviations[index] = Math.min(length, Math.max(smallest, below, above));
  });
  return deviations;
}

function drawIndex(random: Random, probabilities: readonly number[]): number {
  let remaining = random.uniform();
  for (let index = 0; index < probabilities.length - 1; index++) {
    remaining -= probabilities[index];
    if (remaining < 0) return index;
  }
  return probabilities.length - 1;
}

function logSumOfExponentials(logarithms: readonly number[]): number {
  const largest = logarithms.reduce((best, each) => Math.max(best, each), Number.NEGATIVE_INFINITY);
  if (largest === Number.NEGATIVE_INFINITY) return largest;
  return largest + Math.log(logarithms.reduce((sum, each) => sum + Math.exp(each - largest), 0));
}
