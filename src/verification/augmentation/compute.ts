import { mkdir } from "node:fs/promises";
import type { CellComputer } from "../../commandLine/experiment/cellComputer.ts";
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
import { type DividedSource, dividedSource } from "./checks.ts";

/** An experiment on one source with what came of it. */
export interface ComputedAugmentation {
  readonly experiment: AugmentationExperiment;
  readonly cells: readonly AugmentationCell[];
  readonly finished: readonly FinishedAugmentationCell[];
  /** Its real signals and on which side each stands. */
  readonly divided: DividedSource;
}

/** Where cells are kept, what computes them, and who is told; without a computer only what is kept is read. */
export interface Computing {
  readonly folder: string;
  readonly computer: CellComputer | null;
  progress(line: string): void;
}

/** Computes what is not yet there, and reads all of it. */
export async function computeOn(
  experiment: AugmentationExperiment,
  shelves: readonly SignalShelf[],
  { folder, computer, progress }: Computing,
): Promise<ComputedAugmentation> {
  await mkdir(folder, { recursive: true });
  const cells = augmentationCellsOf(experiment);
  if (computer !== null) {
    const tell = (line: string) => progress(`${experiment.name} ${line}`);
    await computeSignalCells(augmentationProtocol, cells, { out: folder, shelves, computer, tell });
  }
  const { sources, classes, division } = experiment;
  const real = await signalsFrom(shelves, { ...experiment, source: sources[0], seed: division.seed });
  return {
    experiment,
    cells,
    finished: await endedIn(augmentationProtocol, cells, folder),
    divided: dividedSource(real, classes, divideSignals(real, classes, division)),
  };
}
