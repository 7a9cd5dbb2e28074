import { mkdir } from "node:fs/promises";
import { readBeats } from "../../commandLine/augment.ts";
import { BeatFolder } from "../../commandLine/beatFolder.ts";
import { type BeatSet, thinnedBeats } from "../../experiments/syntheticBeats/beatSets.ts";
import { pganExperiment } from "../../experiments/syntheticBeats/pganExperiment.ts";
import { simGanExperiment } from "../../experiments/syntheticBeats/simGanExperiment.ts";
import type {
  BeatCell,
  BeatExperiment,
  FinishedBeatCell,
  PganCell,
  PganExperiment,
  SimGanCell,
  SimGanExperiment,
} from "../../experiments/syntheticBeats/specification.ts";
import type { Computing } from "../computing.ts";

/** An experiment with what came of it. */
export interface ComputedExperiment<Experiment extends BeatExperiment, Cell extends BeatCell> {
  readonly experiment: Experiment;
  /** All beats of the records, and those that take part. */
  readonly all: BeatSet;
  readonly beats: BeatSet;
  readonly cells: readonly Cell[];
  readonly finished: readonly FinishedBeatCell<Cell>[];
  /** Cells whose training gave what is no number. */
  readonly diverged: number;
}

export type ComputedSimGan = ComputedExperiment<SimGanExperiment, SimGanCell>;
export type ComputedPgan = ComputedExperiment<PganExperiment, PganCell>;

/** @param data a folder, or the name of the stand-in */
export const computeSimGan = (
  experiment: SimGanExperiment,
  data: string,
  computing: Computing,
): Promise<ComputedSimGan> => computed(experiment, simGanExperiment, data, computing);

/** @param data a folder, or the name of the stand-in */
export const computePgan = (
  experiment: PganExperiment,
  data: string,
  computing: Computing,
): Promise<ComputedPgan> => computed(experiment, pganExperiment, data, computing);

async function computed<Experiment extends BeatExperiment, Cell extends BeatCell>(
  experiment: Experiment,
  protocol: { cells(experiment: Experiment): readonly Cell[]; cellTitle(cell: Cell): Promise<string> },
  data: string,
  { folder: path, computer, progress, mayCompute }: Computing,
): Promise<ComputedExperiment<Experiment, Cell>> {
  const { mostPerRecord, ...source } = experiment.source;
  const { beats: all, members } = await readBeats({ ...experiment, source }, data);
  const beats = thinnedBeats(all, mostPerRecord);
  const whole = { ...experiment, source: { ...experiment.source, members } };
  await mkdir(path, { recursive: true });
  const folder = new BeatFolder(path, beats);
  const cells = protocol.cells(whole);
  const finished: FinishedBeatCell<Cell>[] = [];
  let diverged = 0;
  for (const [index, cell] of cells.entries()) {
    if (mayCompute()) {
      const words = await folder.compute(cell, computer);
      progress(`${experiment.name} ${index + 1}/${cells.length} ${await protocol.cellTitle(cell)}: ${words}`);
    }
    const found = await folder.result(cell);
    if (found !== null) finished.push(found);
    else if (await folder.isComputed(cell)) diverged++;
  }
  return { experiment, all, beats, cells, finished, diverged };
}
