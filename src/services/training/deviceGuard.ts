import type { ProtocolCell } from "../../domain/experiment.ts";
import type { CellStore } from "../../experiments/cellStore.ts";
import type { CellTraining, RunCheckpoint, RunHooks, RunOutcome } from "../../experiments/protocol.ts";
import { type BackendInfo, type BackendName, deviceLoss } from "../../neural/backend/backends.ts";
import { fastestBackend } from "../../neural/backend/probe.ts";

/** Opens the backend on which the network of a cell trains fastest, by a few steps on each but those that have failed. */
export async function fastestFor<Cell extends ProtocolCell>(
  cell: Cell,
  training: Pick<CellTraining<Cell, unknown>, "probe">,
  avoided: readonly BackendName[],
): Promise<BackendInfo> {
  return (await fastestBackend(await training.probe(cell), avoided)).info;
}

/** How a cell ended, or why its device was lost before. */
export type GuardedOutcome<Result = unknown> =
  | RunOutcome<Result>
  | { readonly end: "lost"; readonly reason: string };

/** Runs a cell until it ends or its device is lost; what is left of it then hears that it was stopped. */
export function untilLost<Cell extends ProtocolCell, Result>(
  cell: Cell,
  training: CellTraining<Cell, Result>,
  store: CellStore,
  hooks: RunHooks,
  checkpoint: RunCheckpoint | null,
): Promise<GuardedOutcome<Result>> {
  return guarded((guard) =>
    training.run(
      cell,
      store,
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
