import { benchOf } from "../generatedBeats/results.ts";
import { type BeatSource, rowsOf, type ShownClass, shownClasses } from "../generatedBeats/sources.ts";
import type { ResultFolder } from "../resultFolder.ts";
import { beatSignals } from "./beats.ts";
import { judgedReal, judgedSignals, type RealJudgement, type SignalJudgement } from "./measuring.ts";
import { cellsOf, type SignalCell } from "./plan.ts";
import { type Reconstruction, reconstructionOf } from "./reconstruction.ts";
import { ofClasses, outcomeOf, type SignalOutcome } from "./training.ts";

/** What is known of a training. */
export interface SignalResult {
  readonly cell: SignalCell;
  readonly outcome: SignalOutcome<ShownClass>;
  readonly judgements: Readonly<Record<ShownClass, SignalJudgement>>;
  /** Of beats that were not learned from. */
  readonly reconstruction: Reconstruction<ShownClass>;
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
  const signals = beatSignals(source);
  const { learned, heldOut } = signals;
  const real = await ofClasses(shownClasses, (beatClass) =>
    judgedReal(learned[beatClass], heldOut[beatClass], reader),
  );
  const results: SignalResult[] = [];
  const cells = cellsOf(source.key);
  for (const cell of cells) {
    const began = performance.now();
    const outcome = await outcomeOf("signals", cell, signals, { folder, mayTrain, progress });
    if (outcome === null) continue;
    const judgements = await ofClasses(shownClasses, (beatClass) =>
      judgedSignals(rowsOf(outcome.made[beatClass]), heldOut[beatClass], reader),
    );
    const reconstruction = reconstructionOf(outcome, heldOut, shownClasses);
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
