import { benchOf } from "../generatedBeats/results.ts";
import { type BeatSource, rowsOf, type ShownClass, shownClasses } from "../generatedBeats/sources.ts";
import type { ResultFolder } from "../resultFolder.ts";
import {
  judgedReal,
  judgedSignals,
  type RealJudgement,
  type ReconstructionError,
  reconstructionError,
  type SignalJudgement,
} from "./measuring.ts";
import { cellsOf, type SignalCell } from "./plan.ts";
import {
  heldOutRows,
  learnedRows,
  outcomeDependencies,
  type SignalOutcome,
  trainedModel,
} from "./training.ts";

/** What is known of a training. */
export interface SignalResult {
  readonly cell: SignalCell;
  readonly outcome: SignalOutcome;
  readonly judgements: Readonly<Record<ShownClass, SignalJudgement>>;
  /** Of beats that were not learned from; null for models without codes. */
  readonly reconstruction: Readonly<Record<ShownClass, ReconstructionError>> | null;
}

export interface SignalSourceResult {
  readonly source: BeatSource;
  readonly real: Readonly<Record<ShownClass, RealJudgement>>;
  readonly results: readonly SignalResult[];
  /** Trainings of the plan that were not yet computed. */
  readonly open: number;
}

/** Where results are kept: features are those of the proof of generated beats. */
export interface ResultFolders {
  readonly own: ResultFolder;
  readonly features: ResultFolder;
}

/**
 * Trains and measures every model on one source, or finds it in the folder.
 * @param mayTrain asked before every iteration
 */
export async function signalResultsOf(
  source: BeatSource,
  { own: folder, features }: ResultFolders,
  mayTrain: () => boolean,
  progress: (line: string) => void,
): Promise<SignalSourceResult> {
  const { reader } = await benchOf(source, features);
  const real = await ofEachClass((beatClass) =>
    judgedReal(learnedRows(source, beatClass), heldOutRows(source, beatClass), reader),
  );
  const results: SignalResult[] = [];
  const cells = cellsOf(source.key);
  for (const cell of cells) {
    const dependencies = await outcomeDependencies(cell, source);
    const began = performance.now();
    const outcome =
      (await folder.left<SignalOutcome>("signals", dependencies)) ??
      (await trainedModel(cell, source, folder, mayTrain, progress));
    if (outcome === null) continue;
    await folder.leave("signals", dependencies, outcome);
    const judgements = await ofEachClass((beatClass) =>
      judgedSignals(rowsOf(outcome.made[beatClass]), heldOutRows(source, beatClass), reader),
    );
    const { back } = outcome;
    const reconstruction =
      back === null
        ? null
        : await ofEachClass(async (beatClass) =>
            reconstructionError(heldOutRows(source, beatClass), back[beatClass]),
          );
    results.push({ cell, outcome, judgements, reconstruction });
    const shares = shownClasses.map((beatClass) => {
      const { distances, coverage } = judgements[beatClass];
      return `${beatClass} Fréchet ${distances.frechet.share.value.toFixed(2)}, MMD² ${distances.discrepancy.share.value.toFixed(2)} of noise, coverage ${coverage.features.value.toFixed(2)} by features, ${coverage.samples.value.toFixed(2)} by samples`;
    });
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    progress(`${source.title} ${cell.model}: ${shares.join("; ")}, ${seconds} s`);
  }
  reader.dispose();
  return { source, real, results, open: cells.length - results.length };
}

async function ofEachClass<T>(
  compute: (beatClass: ShownClass) => Promise<T>,
): Promise<Record<ShownClass, T>> {
  const found: [ShownClass, T][] = [];
  for (const beatClass of shownClasses) found.push([beatClass, await compute(beatClass)]);
  return Object.fromEntries(found) as Record<ShownClass, T>;
}
