import { shortRecordingTrainings } from "../../generators/shortTrainings.ts";
import type { Rows } from "../generatedBeats/sources.ts";
import { cellOf, type SignalCell } from "../generatedSignals/plan.ts";
import { type Reconstruction, reconstructionOf } from "../generatedSignals/reconstruction.ts";
import { ofClasses, outcomeOf, type SignalOutcome } from "../generatedSignals/training.ts";
import type { ResultFolder } from "../resultFolder.ts";
import { calledAs, featureNetwork } from "./features.ts";
import {
  judgedLearned,
  judgedRecordings,
  type LearnedJudgement,
  type RecordingJudgement,
} from "./measuring.ts";
import { type RecordingSource, type ShownRhythm, shownRhythms } from "./source.ts";

/** The models that have a short training of recordings. */
export const provenModels = Object.keys(
  shortRecordingTrainings,
) as readonly (keyof typeof shortRecordingTrainings)[];

export const cellsOf = (): SignalCell[] =>
  provenModels.map((model) => cellOf("stand-in", model, shortRecordingTrainings[model]));

export interface RecordingResult {
  readonly cell: SignalCell;
  readonly outcome: SignalOutcome<ShownRhythm>;
  readonly judgements: Readonly<Record<ShownRhythm, RecordingJudgement>>;
  /** Of held-out recordings, and how near to these what comes back of them lies; null for models without codes. */
  readonly reconstruction: Reconstruction<ShownRhythm>;
  readonly throughCodes: Readonly<Record<ShownRhythm, RecordingJudgement>> | null;
}

export interface RecordingResults {
  readonly source: RecordingSource;
  /** Share of held-out recordings of each rhythm that the network of the features calls by it. */
  readonly recognised: Readonly<Record<ShownRhythm, number>>;
  readonly learned: Readonly<Record<ShownRhythm, LearnedJudgement>>;
  readonly results: readonly RecordingResult[];
  /** Trainings that were not yet computed. */
  readonly open: number;
}

/**
 * Trains and measures every model, or finds it in the folder.
 * @param mayTrain asked before every iteration
 */
export async function recordingResultsOf(
  source: RecordingSource,
  folder: ResultFolder,
  mayTrain: () => boolean,
  progress: (line: string) => void,
): Promise<RecordingResults> {
  const { signals } = source;
  const { learned, heldOut, samplingFrequency } = signals;
  const network = await featureNetwork(source, folder);
  const judgeOf = (rhythm: ShownRhythm) => ({ network, rhythm, samplingFrequency });
  const judgedReal = await ofClasses(shownRhythms, (rhythm) =>
    judgedLearned(learned[rhythm], heldOut[rhythm], judgeOf(rhythm)),
  );
  const recognised = await ofClasses(shownRhythms, (rhythm) => calledAs(network, heldOut[rhythm], rhythm));
  const results: RecordingResult[] = [];
  const cells = cellsOf();
  for (const cell of cells) {
    const outcome = await outcomeOf("recordings", cell, signals, { folder, mayTrain, progress });
    if (outcome === null) continue;
    const judged = (values: Readonly<Record<ShownRhythm, Float32Array>>) =>
      ofClasses(shownRhythms, (rhythm) =>
        judgedRecordings(rowsOfRhythm(values, rhythm, source), heldOut[rhythm], judgeOf(rhythm)),
      );
    results.push({
      cell,
      outcome,
      judgements: await judged(outcome.made),
      throughCodes: outcome.back === null ? null : await judged(outcome.back),
      reconstruction: reconstructionOf(outcome, heldOut, shownRhythms),
    });
  }
  network.dispose();
  return { source, recognised, learned: judgedReal, results, open: cells.length - results.length };
}

/** Recordings of a rhythm. */
export function rowsOfRhythm(
  values: Readonly<Record<ShownRhythm, Float32Array>>,
  rhythm: ShownRhythm,
  { signals }: RecordingSource,
): Rows {
  const { length } = signals.heldOut[rhythm];
  return { values: values[rhythm], count: values[rhythm].length / length, length };
}
