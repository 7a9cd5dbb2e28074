import { coverageDensity } from "../../evaluation/closeness/coverageDensity.ts";
import { positionsOf } from "../../evaluation/closeness/measure.ts";
import { euclideanDistances } from "../../evaluation/closeness/pairDistances.ts";
import { joined, type SignalRows } from "../../evaluation/closeness/signalRows.ts";
import { spectralNoise } from "../../evaluation/closeness/spectralNoise.ts";
import { type traits, traitsOf } from "../../evaluation/closeness/traits.ts";
import { finish } from "../../evaluation/closeness/work.ts";
import { quantileOf } from "../../evaluation/statistics/resampling.ts";
import { beatFrequency } from "../../experiments/syntheticBeats/beatSets.ts";
import type { FeatureReader } from "../generatedBeats/features.ts";
import {
  type DistanceName,
  diversityOf,
  type FeaturedRows,
  judge,
  type Measured,
  measured,
  realDistances,
} from "../generatedBeats/judgement.ts";
import { type Rows, taken } from "../generatedBeats/sources.ts";

/** What makes the form of a beat: the height of R, the width of QRS, and which way T points. */
export const formTraits = ["rHeight", "qrs", "tHeight"] as const satisfies readonly (keyof typeof traits)[];
export type FormTrait = (typeof formTraits)[number];

/** Median and quartiles of a trait, with the share of beats in which it was found. */
export interface TraitSummary {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
  readonly found: number;
}
export type BeatForm = Readonly<Record<FormTrait, TraitSummary>>;

export function formOf(beats: Rows): BeatForm {
  const read = finish(traitsOf(beats, beatFrequency));
  return Object.fromEntries(formTraits.map((trait) => [trait, summaryOf(read[trait])])) as Record<
    FormTrait,
    TraitSummary
  >;
}

/** @param values of every signal; NaN where there is none */
export function summaryOf(values: Float64Array): TraitSummary {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const [lower, median, upper] = [0.25, 0.5, 0.75].map((share) =>
    sorted.length === 0 ? Number.NaN : quantileOf(sorted, share),
  );
  return { lower, median, upper, found: sorted.length / values.length };
}

/** Whether the median lies between the quartiles of the beats that were learned from. */
export const isTypical = (made: TraitSummary, learned: TraitSummary): boolean =>
  made.median >= learned.lower && made.median <= learned.upper;

/** A distance of made beats from held-out ones beside that of noise. */
export interface NoiseComparison {
  readonly made: Measured;
  readonly noise: Measured;
  /** Of the made beats over that of the noise. */
  readonly share: Measured;
}

/**
 * In what beats are near each other: in features of a network, as those who proposed coverage measure it (Naeem et al., ICML
 * 2020), or in their samples, where a wave that is a little off counts as much as one that is missing.
 */
export const coverageSpaces = ["features", "samples"] as const;
export type Coverages = Readonly<Record<(typeof coverageSpaces)[number], Measured>>;

/** How near made beats of a class are to real ones that were not trained on. */
export interface SignalJudgement {
  readonly form: BeatForm;
  readonly distances: Readonly<Record<DistanceName, NoiseComparison>>;
  readonly coverage: Coverages;
  /** Mean distance between made beats over that between real ones. */
  readonly diversity: Measured;
}

/** What real beats of a class have among themselves. */
export interface RealJudgement {
  /** Of the beats that were learned from. */
  readonly form: BeatForm;
  /** From beats that were trained on to those held out. */
  readonly floor: Readonly<Record<DistanceName, Measured>>;
  readonly coverage: Coverages;
  readonly diversity: Measured;
}

/** Of the phases of the noise. */
const noiseSeed = 1;

/** @param heldOut real beats of the class, not trained on; noise is shaped to their spectra, beat by beat */
export async function judgedSignals(
  made: Rows,
  heldOut: Rows,
  reader: FeatureReader,
): Promise<SignalJudgement> {
  const [own, noise, real] = await Promise.all(
    [made, spectralNoise(heldOut, noiseSeed), heldOut].map((rows) => featured(rows, reader)),
  );
  return {
    form: formOf(made),
    distances: besideNoise(own, noise, real),
    coverage: coveragesOf(own, real),
    diversity: diversityOf(made, heldOut),
  };
}

/** The distances of made signals and of noise from real ones. */
export function besideNoise(
  made: FeaturedRows,
  noise: FeaturedRows,
  real: FeaturedRows,
): Readonly<Record<DistanceName, NoiseComparison>> {
  const found = judge(made, noise, real);
  const comparisonOf = (name: DistanceName): NoiseComparison => ({
    made: found[name].trained,
    noise: found[name].untrained,
    share: found[name].share,
  });
  return { frechet: comparisonOf("frechet"), discrepancy: comparisonOf("discrepancy") };
}

export async function judgedReal(
  training: Rows,
  heldOut: Rows,
  reader: FeatureReader,
): Promise<RealJudgement> {
  const seen = taken(training, 0, heldOut.count);
  const [own, real] = await Promise.all([seen, heldOut].map((rows) => featured(rows, reader)));
  return {
    form: formOf(training),
    floor: realDistances(own, real),
    coverage: coveragesOf(own, real),
    diversity: diversityOf(seen, heldOut),
  };
}

const featured = async (beats: Rows, reader: FeatureReader): Promise<FeaturedRows> => ({
  beats,
  features: await reader.features(beats),
});

const coveragesOf = (made: FeaturedRows, real: FeaturedRows): Coverages => ({
  features: coverageOf(made.features, real.features),
  samples: coverageOf(made.beats, real.beats),
});

/** Share of the real signals that have a made one among their nearest neighbours. */
export function coverageOf(made: SignalRows, real: SignalRows): Measured {
  const rows = joined(made, real);
  const distances = finish(euclideanDistances(rows));
  return measured(
    (first, second) => coverageDensity(distances, rows.count, first, second).coverage,
    positionsOf(0, made.count),
    positionsOf(made.count, rows.count),
    [0, 1],
  );
}
