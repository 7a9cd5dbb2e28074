import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { writeWhole } from "../../commandLine/experiment/cellFolder.ts";
import { resolveValues, type Values } from "../../domain/schema.ts";
import { workbenchVersion } from "../../domain/version.ts";
import { canonicalAddress } from "../../experiments/cell.ts";
import { beatFrequency, beatSamples } from "../../experiments/syntheticBeats/beatSets.ts";
import { trainGenerator } from "../../experiments/syntheticBeats/trainGenerator.ts";
import { type GeneratorName, generators } from "../../generators/index.ts";
import type { Measure } from "../../neural/training/measures.ts";
import { sha256 } from "../../records/hash.ts";
import { type BeatSource, comparedBeats, type ShownClass } from "./sources.ts";

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

/** Points of a curve. */
export const curvePoints = 50;
/** Of the latent vectors of the beats that are compared. */
const samplingSeed = 4242;

/** Results in a folder, each in a file named by the hash of all that it depends on. */
export class ResultFolder {
  constructor(private readonly path: string) {}

  /** The result of these dependencies, computed where it is not there yet. */
  async kept<T>(kind: string, dependencies: unknown, compute: () => Promise<T>): Promise<T> {
    const file = await this.fileOf(kind, dependencies);
    if (existsSync(file)) return deserialize(await readFile(file)) as T;
    const result = await compute();
    await mkdir(this.path, { recursive: true });
    await writeWhole(file, serialize(result));
    return result;
  }

  async holds(kind: string, dependencies: unknown): Promise<boolean> {
    return existsSync(await this.fileOf(kind, dependencies));
  }

  private async fileOf(kind: string, dependencies: unknown): Promise<string> {
    const address = await canonicalAddress({ kind, dependencies, version: workbenchVersion });
    return join(this.path, `${kind}-${address}`);
  }
}

/** Bytes of beats by their hash. */
export const hashOf = (beats: Float32Array): Promise<string> =>
  sha256(new Uint8Array(beats.buffer, beats.byteOffset, beats.byteLength));

/** All that a training depends on. */
export async function dependenciesOf(cell: BeatCell, source: BeatSource): Promise<unknown> {
  const { training, patient } = source.classes[cell.beatClass];
  const model = await generators[cell.generator]();
  return {
    ...cell,
    hyperparameters: resolveValues(model.hyperparameters, cell.hyperparameters),
    beats: await hashOf(training.values),
    patient: model.isPersonal ? await hashOf(patient.first.values) : null,
    compared: comparedBeats,
  };
}

/** Trains a generator and draws beats before and after. @throws Error where it diverges: these settings must not */
export async function trained(cell: BeatCell, source: BeatSource): Promise<BeatOutcome> {
  const { training, patient } = source.classes[cell.beatClass];
  const model = await generators[cell.generator]();
  const generator = model.build(resolveValues(model.hyperparameters, cell.hyperparameters), {
    signals: training.values,
    count: training.count,
    length: beatSamples,
    samplingFrequency: beatFrequency,
    classes: [cell.beatClass],
    labels: new Uint8Array(training.count),
    patientBeats: patient.first.values,
    iterations: cell.iterations,
    seed: cell.seed,
  });
  try {
    const untrained = await generator.sample(comparedBeats, samplingSeed);
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
      trained: await generator.sample(comparedBeats, samplingSeed),
      scaled: await generator.sampleScaled(generator.drawLatents(comparedBeats, samplingSeed)),
      curves: Object.fromEntries(generator.measures.map((measure) => [measure, curveOf(told, measure)])),
    };
  } finally {
    generator.dispose();
  }
}

function curveOf(told: readonly Partial<Record<Measure, number>>[], measure: Measure): number[] {
  const points = Math.min(curvePoints, told.length);
  return Array.from({ length: points }, (_, point) => {
    const [first, end] = [point, point + 1].map((edge) => Math.floor((edge * told.length) / points));
    const part = told.slice(first, end).map((step) => step[measure] ?? Number.NaN);
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
}
