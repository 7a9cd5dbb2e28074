import { resolveValues, type Values } from "../../domain/schema.ts";
import { beatFrequency, beatSamples } from "../../experiments/syntheticBeats/beatSets.ts";
import { trainGenerator } from "../../experiments/syntheticBeats/trainGenerator.ts";
import { type GeneratorName, generators } from "../../generators/index.ts";
import type { Measure } from "../../neural/training/measures.ts";
import { hashOf } from "../resultFolder.ts";
import { curveOf } from "../trainingCurves.ts";
import { type BeatSource, comparedBeats, comparedSeed, type Rows, type ShownClass } from "./sources.ts";

/** One training of a generator. */
export interface BeatCell {
  readonly source: BeatSource["key"];
  readonly beatClass: ShownClass;
  readonly generator: GeneratorName;
  readonly hyperparameters: Values;
  readonly iterations: number;
  readonly seed: number;
}

/** What came of a training. */
export interface BeatOutcome {
  /** Beats before the first iteration and after the last, `[comparedBeats, 216]` in mV. */
  readonly untrained: Float32Array;
  readonly trained: Float32Array;
  /** The trained ones where beats run from −1 to 1. */
  readonly scaled: Float32Array;
  /** Means of what was told over a fiftieth of the iterations each. */
  readonly curves: Readonly<Partial<Record<Measure, readonly number[]>>>;
}

/**
 * All that a training depends on.
 * @param found beats of the patient, for a personal generator
 */
export async function dependenciesOf(cell: BeatCell, source: BeatSource, found: Rows): Promise<unknown> {
  const { training } = source.classes[cell.beatClass];
  const model = await generators[cell.generator]();
  return {
    ...cell,
    hyperparameters: resolveValues(model.hyperparameters, cell.hyperparameters),
    beats: await hashOf(training.values),
    patient: model.isPersonal ? await hashOf(found.values) : null,
    compared: comparedBeats,
  };
}

/** Trains a generator and draws beats before and after. @throws Error where it diverges: these settings must not */
export async function trained(cell: BeatCell, source: BeatSource, found: Rows): Promise<BeatOutcome> {
  const { training } = source.classes[cell.beatClass];
  const model = await generators[cell.generator]();
  const generator = model.build(resolveValues(model.hyperparameters, cell.hyperparameters), {
    signals: training.values,
    count: training.count,
    length: beatSamples,
    samplingFrequency: beatFrequency,
    classes: [cell.beatClass],
    labels: new Uint8Array(training.count),
    patientBeats: found.values,
    iterations: cell.iterations,
    seed: cell.seed,
  });
  try {
    const untrained = await generator.sample(comparedBeats, comparedSeed);
    const told: Partial<Record<Measure, number>>[] = [];
    const outcome = await trainGenerator(generator, cell.iterations, {
      stopped: () => false,
      onMeasures: (_position, measures) => told.push(...measures),
    });
    if (outcome.kind !== "finished") {
      throw new Error(`${cell.generator}: ${outcome.kind === "diverged" ? outcome.reason : outcome.kind}`);
    }
    return {
      untrained,
      trained: await generator.sample(comparedBeats, comparedSeed),
      scaled: await generator.sampleScaled(generator.drawLatents(comparedBeats, comparedSeed)),
      curves: Object.fromEntries(generator.measures.map((measure) => [measure, curveOf(told, measure)])),
    };
  } finally {
    generator.dispose();
  }
}
