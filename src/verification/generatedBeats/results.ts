import { beatFrequency, beatSamples } from "../../experiments/syntheticBeats/beatSets.ts";
import type { GeneratorContext } from "../../generators/generator.ts";
import { type Heights, scaledPool } from "../../generators/scaledSignals.ts";
import { hashOf, type ResultFolder } from "../resultFolder.ts";
import { type BeatCell, type BeatOutcome, dependenciesOf, trained } from "./cells.ts";
import {
  type FeatureReader,
  featureReader,
  featureTraining,
  featureValues,
  learnedFeatures,
} from "./features.ts";
import {
  type DistanceName,
  distanceNames,
  diversityOf,
  type FeaturedRows,
  type Judgement,
  judge,
  type Measured,
  realDistances,
} from "./judgement.ts";
import { foundBeats } from "./patientBeats.ts";
import { cellsOf } from "./plan.ts";
import { type SimulatorWaves, simulatorBeats, simulatorWaves } from "./simulatorAlone.ts";
import {
  type BeatSource,
  comparedBeats,
  type Rows,
  rowsOf,
  type ShownClass,
  shownClasses,
  taken,
} from "./sources.ts";
import { inNetworkRange, type Traits, traitsOf } from "./traits.ts";

/** What is told of any beats, real ones of the population among them. */
export interface BeatsResult {
  readonly diversity: Measured;
  readonly traits: Traits;
  /** From the patient's own later beats. */
  readonly toPatient: Readonly<Record<DistanceName, Measured>>;
}

/** What is known of a training. */
export interface CellResult extends BeatsResult {
  readonly cell: BeatCell;
  readonly outcome: BeatOutcome;
  readonly judgement: Judgement;
}

/** What is known of the beats of the simulator alone, which nothing trains. */
export interface SimulatorResult extends BeatsResult {
  readonly waves: SimulatorWaves;
  /** `[comparedBeats, 216]` in mV */
  readonly beats: Float32Array;
  /** From the held-out beats. */
  readonly distances: Readonly<Record<DistanceName, Measured>>;
}

/** What real beats of a class have among themselves. */
export interface RealResult extends BeatsResult {
  /** From beats that were trained on to those held out. */
  readonly floor: Readonly<Record<DistanceName, Measured>>;
  /** Of the held-out beats from themselves, when they return to mV as generated ones do. */
  readonly redrawn: Readonly<Record<Heights, Readonly<Record<DistanceName, Measured>>>>;
}

export interface SourceResult {
  readonly source: BeatSource;
  /** Share of held-out beats that the feature network calls by their class. */
  readonly recognised: Readonly<Record<string, number>>;
  /** Of the beats that PGAN is made with, the share that the annotations call so too. */
  readonly foundRight: Readonly<Record<ShownClass, number>>;
  /** Of the classes that something was trained on. */
  readonly real: Readonly<Partial<Record<ShownClass, RealResult>>>;
  readonly simulated: Readonly<Partial<Record<ShownClass, readonly SimulatorResult[]>>>;
  readonly cells: readonly CellResult[];
  /** Trainings of the plan that were not yet computed. */
  readonly open: number;
}

/** A source with its feature network and the folder of results. */
export interface Bench {
  readonly source: BeatSource;
  readonly reader: FeatureReader;
  readonly folder: ResultFolder;
  /** All that measuring depends on beside the beats. */
  readonly measuring: unknown;
}

export async function benchOf(source: BeatSource, folder: ResultFolder): Promise<Bench> {
  const learning = { source: await hashOf(source.others.samples), featureValues, featureTraining };
  const weights = await folder.kept("features", learning, () => learnedFeatures(source));
  return { source, reader: featureReader(weights), folder, measuring: { learning, measures: 1 } };
}

/**
 * Trains and measures one generator, or finds it in the folder.
 * @param mayTrain otherwise null where the training is not in the folder
 */
export async function cellResultOf(
  cell: BeatCell,
  { source, reader, folder, measuring }: Bench,
  mayTrain = true,
): Promise<CellResult | null> {
  const { beats: found } = await foundBeats(source, cell.beatClass, cell.generator, reader);
  const dependencies = await dependenciesOf(cell, source, found);
  if (!mayTrain && !(await folder.holds("beats", dependencies))) return null;
  const outcome = await folder.kept("beats", dependencies, () => trained(cell, source, found));
  const { heldOut, later } = source.classes[cell.beatClass];
  const against = await Promise.all([heldOut, later].map(({ values }) => hashOf(values)));
  // The reference of this one alone was once another.
  const reference = cell.generator === "pgan" ? { heights: "like" } : {};
  const measured = await folder.kept("measured", { measuring, dependencies, against, ...reference }, () =>
    measuredCell(cell, outcome, source, found, reader),
  );
  return { cell, outcome, ...measured };
}

/**
 * Trains and measures everything on one source, or finds it in the folder.
 * @param mayTrain asked before every training that is not in the folder
 */
export async function resultsOf(
  source: BeatSource,
  folder: ResultFolder,
  mayTrain: () => boolean,
  progress: (line: string) => void,
): Promise<SourceResult> {
  const bench = await benchOf(source, folder);
  const cells: CellResult[] = [];
  const wanted = cellsOf(source.key);
  for (const [index, cell] of wanted.entries()) {
    const began = performance.now();
    const found = await cellResultOf(cell, bench, mayTrain());
    if (found === null) continue;
    cells.push(found);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const [frechet, discrepancy] = distanceNames.map((name) => found.judgement[name].share.value.toFixed(2));
    progress(
      `${source.title} ${index + 1}/${wanted.length} ${cell.generator} ${cell.beatClass} seed ${cell.seed}: Fréchet ${frechet} of the untrained, MMD² ${discrepancy}, ${seconds} s`,
    );
  }
  const real: Partial<Record<ShownClass, RealResult>> = {};
  const simulated: Partial<Record<ShownClass, readonly SimulatorResult[]>> = {};
  for (const beatClass of shownClasses) {
    if (cells.every(({ cell }) => cell.beatClass !== beatClass)) continue;
    const { training, heldOut, later } = source.classes[beatClass];
    const hashes = await Promise.all([training, heldOut, later].map(({ values }) => hashOf(values)));
    real[beatClass] = await folder.kept(
      "real",
      { measuring: bench.measuring, hashes, beatClass, redrawn: 1 },
      () => realResult(source, beatClass, bench.reader),
    );
    const made = simulatorWaves.map((waves) =>
      folder.kept(
        "simulated",
        { measuring: bench.measuring, hashes, beatClass, waves, compared: comparedBeats },
        () => simulatorResult(source, beatClass, waves, bench.reader),
      ),
    );
    simulated[beatClass] = await Promise.all(made);
  }
  const recognised = await bench.reader.recognised(source);
  const rightOf = async (beatClass: ShownClass) =>
    (await foundBeats(source, beatClass, "pgan", bench.reader)).right;
  const foundRight = { N: await rightOf("N"), V: await rightOf("V") };
  bench.reader.dispose();
  return { source, recognised, foundRight, real, simulated, cells, open: wanted.length - cells.length };
}

async function realResult(
  source: BeatSource,
  beatClass: ShownClass,
  reader: FeatureReader,
): Promise<RealResult> {
  const { training, heldOut, later } = source.classes[beatClass];
  const seen = await featured(taken(training, 0, heldOut.count), reader);
  const scaled = inNetworkRange(heldOut.values);
  const scaledSeen = rowsOf(inNetworkRange(seen.beats.values));
  const real = await featured(heldOut, reader);
  const redrawn = async (heights: Heights) => {
    const pool = scaledPool(contextOf(training, beatClass), { heights, isScaled: true });
    const values = pool.inMillivolt(scaled, 1);
    return realDistances(await featured(rowsOf(values), reader), real);
  };
  return {
    floor: realDistances(seen, real),
    redrawn: { like: await redrawn("like"), any: await redrawn("any") },
    diversity: diversityOf(scaledSeen, rowsOf(scaled)),
    traits: traitsOf(scaledSeen.values, scaled, beatClass),
    toPatient: realDistances(seen, await featured(later, reader)),
  };
}

async function measuredCell(
  { generator, beatClass }: BeatCell,
  { trained: after, untrained: before, scaled }: BeatOutcome,
  source: BeatSource,
  found: Rows,
  reader: FeatureReader,
): Promise<Omit<CellResult, "cell" | "outcome">> {
  const { heldOut, later } = source.classes[beatClass];
  const reference = referenceFor(generator, source, beatClass, found);
  const [own, first, real] = await Promise.all(
    [rowsOf(after), rowsOf(before), reference].map((rows) => featured(rows, reader)),
  );
  return {
    judgement: judge(own, first, real),
    diversity: diversityOf(rowsOf(scaled), rowsOf(inNetworkRange(reference.values))),
    traits: traitsOf(scaled, inNetworkRange(heldOut.values), beatClass),
    toPatient: realDistances(own, await featured(later, reader)),
  };
}

async function simulatorResult(
  source: BeatSource,
  beatClass: ShownClass,
  waves: SimulatorWaves,
  reader: FeatureReader,
): Promise<SimulatorResult> {
  const { training, heldOut, later } = source.classes[beatClass];
  const { beats, scaled } = await simulatorBeats(waves, contextOf(training, beatClass));
  const own = await featured(rowsOf(beats), reader);
  const reference = inNetworkRange(heldOut.values);
  return {
    waves,
    beats,
    distances: realDistances(own, await featured(heldOut, reader)),
    diversity: diversityOf(rowsOf(inNetworkRange(scaled)), rowsOf(reference)),
    traits: traitsOf(scaled, reference, beatClass),
    toPatient: realDistances(own, await featured(later, reader)),
  };
}

async function featured(beats: Rows, reader: FeatureReader): Promise<FeaturedRows> {
  return { beats, features: await reader.features(beats) };
}

/**
 * Real beats as the discriminator is shown them, none of them trained on: those of the population; for the personalised pair
 * half of them the patient's later ones; for PGAN the population's, with heights of the patient's beats of like form.
 * @param found beats of the patient
 */
export function referenceFor(
  generator: string,
  { classes }: BeatSource,
  beatClass: ShownClass,
  found: Rows,
): Rows {
  const { heldOut, later } = classes[beatClass];
  if (generator === "personalisedGan" || generator === "personalisedDcgan") {
    const half = Math.min(heldOut.count >> 1, later.count);
    const parts = [taken(heldOut, 0, half), taken(later, 0, half)];
    return rowsOf(Float32Array.from(parts.flatMap(({ values }) => Array.from(values))));
  }
  if (generator !== "pgan") return heldOut;
  const pool = scaledPool(contextOf(found, beatClass), { heights: "like", isScaled: true });
  return rowsOf(pool.inMillivolt(inNetworkRange(heldOut.values), 1));
}

/** What a generator of one class learns from. */
const contextOf = ({ values, count }: Rows, beatClass: ShownClass): GeneratorContext => ({
  signals: values,
  count,
  length: beatSamples,
  samplingFrequency: beatFrequency,
  classes: [beatClass],
  labels: new Uint8Array(count),
  iterations: 1,
  seed: 1,
});
