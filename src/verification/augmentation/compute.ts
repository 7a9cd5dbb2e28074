import { mkdir } from "node:fs/promises";
import { computeSignalCells, endedIn } from "../../commandLine/signalExperiment.ts";
import { type SignalShelf, signalsFrom } from "../../commandLine/signalShelf.ts";
import { augmentationCellsOf } from "../../experiments/augmentationTransfer/grid.ts";
import { augmentationProtocol } from "../../experiments/augmentationTransfer/protocol.ts";
import { settingNamed } from "../../experiments/augmentationTransfer/settings.ts";
import { divideSignals } from "../../experiments/augmentationTransfer/signals.ts";
import type {
  AugmentationCell,
  AugmentationExperiment,
  FinishedAugmentationCell,
} from "../../experiments/augmentationTransfer/specification.ts";
import { recordPlaces } from "../../experiments/augmentationTransfer/testedDatabase.ts";
import type { Computing } from "../computing.ts";
import { type DividedSource, dividedSource } from "./checks.ts";

/** An experiment on one source with what came of it. */
export interface ComputedAugmentation {
  readonly experiment: AugmentationExperiment;
  readonly cells: readonly AugmentationCell[];
  readonly finished: readonly FinishedAugmentationCell[];
  /** Its real signals and on which side each stands. */
  readonly divided: DividedSource;
}

/** Computes what is not yet there, and reads all of it. */
export async function computeOn(
  experiment: AugmentationExperiment,
  shelves: readonly SignalShelf[],
  { folder, computer, progress, mayCompute }: Computing,
): Promise<ComputedAugmentation> {
  await mkdir(folder, { recursive: true });
  const cells = augmentationCellsOf(experiment);
  const tell = (line: string) => progress(`${experiment.name} ${line}`);
  await computeSignalCells(augmentationProtocol, cells, { out: folder, shelves, computer, tell, mayCompute });
  const { sources, classes, division } = experiment;
  const real = await signalsFrom(shelves, { ...experiment, source: sources[0], seed: division.seed });
  const rows = divideSignals(real, classes, division);
  const records = recordPlaces(sources[0], real, rows.test);
  const finished = await endedIn(augmentationProtocol, cells, folder);
  return {
    experiment,
    cells,
    finished: records === undefined ? finished : finished.map((each) => withRecords(each, records)),
    divided: dividedSource(real, classes, rows),
  };
}

/** Results of before it was told of which records their test signals are: the division tells it. */
function withRecords(
  { cell, result }: FinishedAugmentationCell,
  records: readonly (number | null)[],
): FinishedAugmentationCell {
  const isKnown = result.records !== undefined || settingNamed(cell.setting).test !== "real";
  return isKnown || result.labels.length !== records.length
    ? { cell, result }
    : { cell, result: { ...result, records } };
}
