import type { ParameterValue } from "../../domain/recording.ts";
import type { Random } from "../../signal/random.ts";

/** Uniform in the logarithm, both limits included. */
export interface LogUniform {
  readonly kind: "logUniform";
  readonly low: number;
  readonly high: number;
}

/** Uniform, both limits included. */
export interface Uniform {
  readonly kind: "uniform";
  readonly low: number;
  readonly high: number;
}

/** One of a few values without an order. */
export interface Choice {
  readonly kind: "choice";
  readonly values: readonly ParameterValue[];
}

/** One of a few values that grow from first to last, each as likely: 16, 32 … 1024. Neighbours are taken to be alike. */
export interface Ordered {
  readonly kind: "ordered";
  readonly values: readonly ParameterValue[];
}

/** A whole number, each as likely, both limits included. */
export interface WholeNumber {
  readonly kind: "integer";
  readonly low: number;
  readonly high: number;
}

/** How a parameter of a search is distributed before anything is known. */
export type Distribution = LogUniform | Uniform | Choice | Ordered | WholeNumber;

/** The distributions of a search by the key of the parameter. */
export type SearchSpace = Readonly<Record<string, Distribution>>;

/** One value for each parameter of a search space. */
export type SearchValues = Readonly<Record<string, ParameterValue>>;

/**
 * The line on which a distribution is uniform: the logarithm, the place in the order or the number itself. With step 1 only its
 * whole numbers stand for values, and the line reaches half a step beyond the first and the last of them.
 */
export interface Axis {
  readonly kind: "axis";
  readonly low: number;
  readonly high: number;
  readonly step: 0 | 1;
}

/** The places of a choice, from 0 to count − 1. */
export interface Places {
  readonly kind: "places";
  readonly count: number;
}

/** Where a search looks for a distribution's values: a line, or places without an order. */
export function domainOf(distribution: Distribution): Axis | Places {
  switch (distribution.kind) {
    case "logUniform":
      return { kind: "axis", low: Math.log(distribution.low), high: Math.log(distribution.high), step: 0 };
    case "uniform":
      return { kind: "axis", low: distribution.low, high: distribution.high, step: 0 };
    case "ordered":
      return wholeAxis(0, distribution.values.length - 1);
    case "integer":
      return wholeAxis(distribution.low, distribution.high);
    case "choice":
      return { kind: "places", count: distribution.values.length };
  }
}

const isListed = (distribution: Distribution): distribution is Choice | Ordered =>
  distribution.kind === "choice" || distribution.kind === "ordered";

function wholeAxis(low: number, high: number): Axis {
  return { kind: "axis", low: low - 0.5, high: high + 0.5, step: 1 };
}

/**
 * The value's place in `domainOf(distribution)`.
 * @throws RangeError when the distribution does not hold the value
 */
export function toInternal(distribution: Distribution, value: ParameterValue): number {
  if (!contains(distribution, value)) {
    throw new RangeError(`${JSON.stringify(value)} is not ${describeDistribution(distribution)}`);
  }
  if (isListed(distribution)) return distribution.values.indexOf(value);
  return distribution.kind === "logUniform" ? Math.log(Number(value)) : Number(value);
}

/** The value at a place of `domainOf(distribution)`; rounded to a whole place where only those count. */
export function fromInternal(distribution: Distribution, place: number): ParameterValue {
  switch (distribution.kind) {
    case "logUniform":
      return within(Math.exp(place), distribution.low, distribution.high);
    case "uniform":
      return within(place, distribution.low, distribution.high);
    case "integer":
      return within(Math.round(place), distribution.low, distribution.high);
    case "choice":
    case "ordered":
      return distribution.values[within(Math.round(place), 0, distribution.values.length - 1)];
  }
}

/** Never −0, which JSON cannot hold. */
function within(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value)) + 0;
}

/** A value drawn from the distribution. */
export function drawValue(distribution: Distribution, random: Random): ParameterValue {
  const domain = domainOf(distribution);
  if (domain.kind === "places") return fromInternal(distribution, random.integer(domain.count));
  return fromInternal(distribution, domain.low + random.uniform() * (domain.high - domain.low));
}

/** Whether the value is one that the distribution can give. */
export function contains(distribution: Distribution, value: ParameterValue): boolean {
  if (isListed(distribution)) return distribution.values.includes(value);
  if (typeof value !== "number") return false;
  const whole = distribution.kind !== "integer" || Number.isInteger(value);
  return whole && value >= distribution.low && value <= distribution.high;
}

/** The only value of a distribution, when it has no other. */
export function onlyValueOf(distribution: Distribution): ParameterValue | undefined {
  const domain = domainOf(distribution);
  const single = domain.kind === "places" ? domain.count === 1 : domain.high - domain.low === domain.step;
  return single
    ? fromInternal(distribution, domain.kind === "places" ? 0 : domain.low + 0.5 * domain.step)
    : undefined;
}

/** What a distribution holds, in words. */
export function describeDistribution(distribution: Distribution): string {
  switch (distribution.kind) {
    case "logUniform":
    case "uniform":
      return `a number from ${distribution.low} to ${distribution.high}`;
    case "integer":
      return `a whole number from ${distribution.low} to ${distribution.high}`;
    case "choice":
    case "ordered":
      return `one of ${distribution.values.map((value) => JSON.stringify(value)).join(", ")}`;
  }
}

/** @throws RangeError naming the parameter and what is wrong with its distribution */
export function checkSpace(space: SearchSpace): void {
  if (Object.keys(space).length === 0) throw new RangeError("a search space needs a parameter");
  for (const [key, distribution] of Object.entries(space)) {
    const fault = faultOf(distribution);
    if (fault !== undefined) throw new RangeError(`${key}: ${fault}`);
  }
}

function faultOf(distribution: Distribution): string | undefined {
  switch (distribution.kind) {
    case "logUniform":
      if (!(distribution.low > 0)) return `the lower limit ${distribution.low} must be above 0`;
      return limitFault(distribution.low, distribution.high);
    case "uniform":
      return limitFault(distribution.low, distribution.high);
    case "integer":
      return wholeFault(distribution.low, distribution.high);
    case "ordered":
    case "choice":
      return choiceFault(distribution.values);
  }
}

function limitFault(low: number, high: number): string | undefined {
  if (!Number.isFinite(high - low)) return `the limits ${low} and ${high} must be finite`;
  return low > high ? `the lower limit ${low} is above the upper limit ${high}` : undefined;
}

function wholeFault(low: number, high: number): string | undefined {
  if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high)) {
    return `the limits ${low} and ${high} must be whole numbers`;
  }
  return limitFault(low, high);
}

function choiceFault(values: readonly ParameterValue[]): string | undefined {
  if (values.length === 0) return "a choice needs a value";
  if (values.some((value) => typeof value === "number" && !Number.isFinite(value))) {
    return "the values of a choice must be finite";
  }
  return new Set(values).size < values.length ? "a choice names a value twice" : undefined;
}
