import type { Architecture } from "../../classifiers/architecture.ts";
import { probedNetwork } from "../../classifiers/probedNetwork.ts";
import type { CellSpecification } from "../../domain/experiment.ts";
import {
  type CellCheckpoint,
  type CellEnvironment,
  type CellHooks,
  type CellOutcome,
  cellLength,
  cellNetwork,
  cellValues,
  runCell,
} from "../../experiments/realSynthetic/runCell.ts";
import { type BackendInfo, type BackendName, deviceLoss } from "../../neural/backend/backends.ts";
import { fastestBackend } from "../../neural/backend/probe.ts";
import { trainingPlan } from "../../neural/training/schema.ts";

/** Recordings in a step of the measurement that chooses a backend. */
const probedBatch = 4;

/** Opens the backend on which the network of a cell trains fastest, by a few steps on each but those that have failed. */
export async function fastestFor(
  cell: CellSpecification,
  architecture: Architecture,
  avoided: readonly BackendName[],
): Promise<BackendInfo> {
  const batch = Math.min(probedBatch, trainingPlan(cellValues(cell, architecture)).batchSize);
  const open = () => probedNetwork(cellNetwork(cell, architecture), batch, cellLength(cell));
  return (await fastestBackend(open, avoided)).info;
}

/** How a cell ended, or why its device was lost before. */
export type GuardedOutcome = CellOutcome | { readonly end: "lost"; readonly reason: string };

/** Runs a cell until it ends or its device is lost; what is left of it then hears that it was stopped. */
export function untilLost(
  cell: CellSpecification,
  environment: CellEnvironment,
  hooks: CellHooks,
  checkpoint: CellCheckpoint | null,
): Promise<GuardedOutcome> {
  return guarded((guard) =>
    runCell(
      cell,
      environment,
      {
        ...hooks,
        stopped: () => guard.isAbandoned() || hooks.stopped(),
        onCheckpoint: async (each) => {
          if (await guard.isSound()) await hooks.onCheckpoint?.(each);
        },
      },
      checkpoint,
    ),
  );
}

/** What a guarded training asks. */
export interface DeviceGuard {
  /** Whether it has been given up, and should end. */
  isAbandoned(): boolean;
  /** Whether what the device gave may be kept: what a lost one gives is no number that anybody computed. */
  isSound(): Promise<boolean>;
}

/** Runs a training until it ends or its device is lost. */
export async function guarded<Outcome extends { readonly end: string }>(
  run: (guard: DeviceGuard) => Promise<Outcome>,
): Promise<Outcome | { readonly end: "lost"; readonly reason: string }> {
  let abandoned = false;
  let isLost = false;
  const loss = deviceLoss().then((reason) => {
    isLost = true;
    return { end: "lost", reason } as const;
  });
  const training = run({
    isAbandoned: () => abandoned,
    async isSound() {
      await later(0);
      return !isLost && !abandoned;
    },
  });
  try {
    const outcome = await Promise.race([training, loss]);
    if (outcome.end !== "diverged") return outcome;
    // So may a divergence be.
    return (await Promise.race([loss, later(500)])) ?? outcome;
  } catch (error) {
    // A lost device may show as an error of some operation first.
    const heard = await Promise.race([loss, later(500)]);
    if (heard === undefined) throw error;
    return heard;
  } finally {
    abandoned = true;
    training.catch(() => {});
  }
}

const later = (milliseconds: number) =>
  new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), milliseconds));
