import { spectralNoise } from "../../evaluation/closeness/spectralNoise.ts";
import { type TraitKey, traits, traitsOf } from "../../evaluation/closeness/traits.ts";
import { finish } from "../../evaluation/closeness/work.ts";
import type { SmallNetwork } from "../../experiments/closeness/smallNetwork.ts";
import { defaultDetector, rPeakDetectors } from "../../signal/rPeaks/index.ts";
import {
  type DistanceName,
  diversityOf,
  type FeaturedRows,
  type Measured,
  realDistances,
} from "../generatedBeats/judgement.ts";
import { type Rows, taken } from "../generatedBeats/sources.ts";
import {
  besideNoise,
  coverageOf,
  type NoiseComparison,
  summaryOf,
  type TraitSummary,
} from "../generatedSignals/measuring.ts";
import { calledAs, featuresOf } from "./features.ts";
import type { ShownRhythm } from "./source.ts";

/** What is read of a recording: medians over its beats, and how uneven its rhythm is. */
export const recordingTraits = [
  "rr",
  "unevenness",
  "qrs",
  "qt",
  "rHeight",
  "tHeight",
] as const satisfies readonly (TraitKey | "unevenness")[];
export type RecordingTrait = (typeof recordingTraits)[number];
export type RecordingForm = Readonly<Record<RecordingTrait, TraitSummary>>;

/** Titles with units. */
export const traitTitles = Object.fromEntries(
  recordingTraits.map((trait) => [
    trait,
    trait === "unevenness" ? "SD of RR (%)" : `${traits[trait].title} (${traits[trait].unit})`,
  ]),
) as Readonly<Record<RecordingTrait, string>>;

export function recordingForm(rows: Rows, samplingFrequency: number): RecordingForm {
  const read = {
    ...finish(traitsOf(rows, samplingFrequency)),
    unevenness: unevenness(rows, samplingFrequency),
  };
  return Object.fromEntries(recordingTraits.map((trait) => [trait, summaryOf(read[trait])])) as Record<
    RecordingTrait,
    TraitSummary
  >;
}

/** The standard deviation of the intervals between R peaks of every recording in % of their mean; NaN for fewer than three beats. */
export function unevenness({ values, count, length }: Rows, samplingFrequency: number): Float64Array {
  return Float64Array.from({ length: count }, (_, row) => {
    const signal = values.subarray(row * length, (row + 1) * length);
    const peaks = rPeakDetectors[defaultDetector].detect(signal, samplingFrequency);
    const intervals = Float64Array.from(peaks.slice(1), (peak, index) => peak - peaks[index]);
    if (intervals.length < 2) return Number.NaN;
    const mean = intervals.reduce((sum, each) => sum + each, 0) / intervals.length;
    const squares = intervals.reduce((sum, each) => sum + (each - mean) ** 2, 0);
    return (100 * Math.sqrt(squares / (intervals.length - 1))) / mean;
  });
}

interface Judgement {
  readonly form: RecordingForm;
  /** Share that the network of the features calls by the rhythm. */
  readonly called: number;
  readonly coverage: Measured;
  /** Mean distance between recordings over that between held-out ones. */
  readonly diversity: Measured;
}

/** How near made recordings of a rhythm are to real ones that were not learned from. */
export interface RecordingJudgement extends Judgement {
  readonly distances: Readonly<Record<DistanceName, NoiseComparison>>;
}

/** The same of recordings that were learned from. */
export interface LearnedJudgement extends Judgement {
  readonly floor: Readonly<Record<DistanceName, Measured>>;
}

/** Of the phases of the noise. */
const noiseSeed = 1;

/** What recordings are judged by. */
export interface Judge {
  readonly network: SmallNetwork;
  readonly rhythm: ShownRhythm;
  /** Hz */
  readonly samplingFrequency: number;
}

/** @param heldOut not learned from; noise is shaped to their spectra, one by one */
export async function judgedRecordings(made: Rows, heldOut: Rows, judge: Judge): Promise<RecordingJudgement> {
  const [own, noise, real] = await Promise.all(
    [made, spectralNoise(heldOut, noiseSeed), heldOut].map((rows) => seen(rows, judge.network)),
  );
  return {
    ...(await judgementOf(made, heldOut, own, real, judge)),
    distances: besideNoise(own, noise, real),
  };
}

export async function judgedLearned(learned: Rows, heldOut: Rows, judge: Judge): Promise<LearnedJudgement> {
  const rows = taken(learned, 0, heldOut.count);
  const [own, real] = await Promise.all([rows, heldOut].map((each) => seen(each, judge.network)));
  return {
    ...(await judgementOf(rows, heldOut, own, real, judge)),
    form: recordingForm(learned, judge.samplingFrequency),
    floor: realDistances(own, real),
  };
}

async function judgementOf(
  rows: Rows,
  heldOut: Rows,
  own: FeaturedRows,
  real: FeaturedRows,
  { network, rhythm, samplingFrequency }: Judge,
): Promise<Judgement> {
  return {
    form: recordingForm(rows, samplingFrequency),
    called: await calledAs(network, rows, rhythm),
    coverage: coverageOf(own.features, real.features),
    diversity: diversityOf(rows, heldOut),
  };
}

/** Beats stand anywhere in ten seconds: samples of two recordings are far from each other, whatever they are of. */
async function seen(rows: Rows, network: SmallNetwork): Promise<FeaturedRows> {
  const features = await featuresOf(network, rows);
  return { beats: features, features };
}
