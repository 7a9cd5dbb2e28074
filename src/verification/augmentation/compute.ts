import { mkdir } from "node:fs/promises";
import { computeSignalCells, endedIn } from "../../commandLine/signalExperiment.ts";
import { type SignalShelf, signalsFrom } from "../../commandLine/signalShelf.ts";
import { augmentationCellsOf } from "../../experiments/augmentationTransfer/grid.ts";
import { augmentationProtocol } from "../../experiments/augmentationTransfer/protocol.ts";
import { divideSignals } from "../../experiments/augmentationTransfer/signals.ts";
import type {
  AugmentationCell,
  AugmentationExperiment,
  FinishedAugmentationCell,
} from "../../experiments/augmentationTransfer/specification.ts";
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
  return {
    experiment,
    cells,
    finished: await endedIn(augmentationProtocol, cells, folder),
    divided: dividedSource(real, classes, divideSignals(real, classes, division)),
  };
}
