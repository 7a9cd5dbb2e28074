import { architectureNamed } from "../../classifiers/architectureNamed.ts";
import { probedNetwork } from "../../classifiers/probedNetwork.ts";
import type { CellResult, CellSpecification } from "../../domain/experiment.ts";
import { trainingPlan } from "../../neural/training/schema.ts";
import type { CellStore } from "../cellStore.ts";
import type { CellTraining } from "../protocol.ts";
import {
  type CellCheckpoint,
  type CellEnvironment,
  cellLength,
  cellNetwork,
  cellValues,
  runCell,
} from "./runCell.ts";

/** Recordings in a step of the measurement that chooses a backend. */
const probedBatch = 4;

/** What a cell needs, from a store. */
export async function cellEnvironment(
  { architecture, real, task, form }: CellSpecification,
  store: CellStore,
): Promise<CellEnvironment> {
  return {
    architecture: await architectureNamed(architecture),
    realRecords: async () => (real === null ? [] : store.recordings({ source: real, task, form })),
    realSignals: (records, stopped) => store.signals(records, form, stopped),
    pretrained: (address) => store.shared(address),
    keepPretrained: (address, weights) => store.keepShared(address, weights),
  };
}

/** Trains the cells of Real, Syn, Syn→Real. */
export const recordingTraining: CellTraining<CellSpecification, CellResult> = {
  async check(cell) {
    cellValues(cell, await architectureNamed(cell.architecture));
  },
  async probe(cell) {
    const architecture = await architectureNamed(cell.architecture);
    const batch = Math.min(probedBatch, trainingPlan(cellValues(cell, architecture)).batchSize);
    return () => probedNetwork(cellNetwork(cell, architecture), batch, cellLength(cell));
  },
  async run(cell, store, hooks, checkpoint) {
    const environment = await cellEnvironment(cell, store);
    return runCell(cell, environment, hooks, checkpoint as CellCheckpoint | null);
  },
};
