import type { ExampleReference, SignalForm } from "../../domain/experiment.ts";
import { breathe } from "../../neural/training/breathe.ts";
import type { SignalSet } from "../../neural/training/signalSet.ts";
import { standardise } from "../../signal/standardise.ts";
import { simulatorNamed } from "../../simulators/index.ts";
import { normal, type Task } from "./tasks.ts";

/** Sets of one seed that never share a recording. */
const firstSeeds = { train: 0, validation: 1_000_000, test: 2_000_000 } as const;
/** Seeds of one split's recordings. */
const seedsPerSplit = 4_000_000;

export interface SyntheticRequest {
  readonly task: Task;
  readonly preset: string;
  readonly form: SignalForm;
  readonly side: keyof typeof firstSeeds;
  readonly perClass: number;
  readonly seed: number;
}

/** How one recording of a set is made again. */
export function syntheticExample({ task, preset, side, seed }: SyntheticRequest, index: number) {
  return {
    kind: "synthetic",
    rhythm: index % 2 === 1 ? task.rhythm : normal.rhythm,
    preset,
    // Wraps around beyond 1,073 splits, far more than any experiment has.
    seed: (seed * seedsPerSplit + firstSeeds[side] + index) >>> 0,
  } as const satisfies ExampleReference;
}

/** The samples of a synthetic example, standardised. */
export function syntheticSamples(
  example: Extract<ExampleReference, { kind: "synthetic" }>,
  { duration, samplingFrequency }: SignalForm,
): Float32Array {
  const { preset, rhythm, seed } = example;
  const { samples } = simulatorNamed("gaussian").simulate({
    preset,
    rhythm,
    overrides: {},
    seed,
    variation: "drawn",
    duration,
    samplingFrequency,
  });
  standardise(samples);
  return samples;
}

/**
 * Drawn recordings of the Gaussian simulator, standardised: as many with the abnormality as normal ones, in turns.
 * @param progress told how many are made
 * @returns null where it was stopped
 */
export async function syntheticSet(
  request: SyntheticRequest,
  stopped: () => boolean,
  progress: (made: number, total: number) => void,
): Promise<{ readonly set: SignalSet; readonly examples: readonly ExampleReference[] } | null> {
  const length = Math.round(request.form.duration * request.form.samplingFrequency);
  const count = 2 * request.perClass;
  const signals = new Float32Array(count * length);
  const labels = new Uint8Array(count);
  const examples: ExampleReference[] = [];
  for (let index = 0; index < count; index++) {
    if (index % 16 === 0) {
      progress(index, count);
      await breathe();
      if (stopped()) return null;
    }
    const example = syntheticExample(request, index);
    signals.set(syntheticSamples(example, request.form).subarray(0, length), index * length);
    labels[index] = index % 2;
    examples.push(example);
  }
  return { set: { signals, labels, count, length }, examples };
}
