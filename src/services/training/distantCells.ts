import type { CellSpecification, ProtocolCell } from "../../domain/experiment.ts";
import type { RunCheckpoint, RunHooks, RunOutcome } from "../../experiments/protocol.ts";
import { protocolOfCell } from "../../experiments/protocols.ts";
import { watchTrial } from "../../experiments/realSynthetic/hyperparameterSearch.ts";
import type { CellCheckpoint } from "../../experiments/realSynthetic/runCell.ts";
import type { SearchState } from "../../experiments/search/search.ts";
import type { Report } from "../../experiments/search/trial.ts";
import { type BackendInfo, type BackendName, openBackend } from "../../neural/backend/backends.ts";
import { distantHome, homeHooks } from "./cellHome.ts";
import { fastestFor, type GuardedOutcome, untilLost } from "./deviceGuard.ts";

/** An outcome without the network: its decisions are what is kept of a cell of an experiment. */
export type Decided<Outcome> = Outcome extends { readonly result: unknown }
  ? Omit<Outcome, "weights">
  : Outcome;

/** An outcome without the weights of its network. */
export function withoutWeights<Outcome extends RunOutcome<unknown> | GuardedOutcome>(
  outcome: Outcome,
): Decided<Outcome> {
  if (!("weights" in outcome)) return outcome as Decided<Outcome>;
  const { weights: _weights, ...rest } = outcome;
  return rest as Decided<Outcome>;
}

/** Which cell is computed, from which home, and on what. */
export interface DistantCell {
  readonly cell: ProtocolCell;
  /** Address of its home. */
  readonly place: string;
  /** A backend, or null for the fastest. */
  readonly wish: BackendName | null;
  /** Backends whose devices were lost; the fastest is another one. */
  readonly avoided: readonly BackendName[];
  /** The search whose trial it is, or null. */
  readonly search: SearchState | null;
}

/** How a trial went. */
export interface TrialReport {
  readonly isPruned: boolean;
  /** Its validation losses. */
  readonly reports: readonly Report[];
}

/** A cell's hooks, followed by the search whose trial it is. Only Real, Syn, Syn→Real is searched. */
export function followed(
  cell: ProtocolCell,
  search: SearchState | null,
  hooks: RunHooks,
  checkpoint: RunCheckpoint | null,
): { readonly hooks: RunHooks; report(): TrialReport | null } {
  if (search === null) return { hooks, report: () => null };
  const watched = watchTrial(search, cell as CellSpecification, hooks, checkpoint as CellCheckpoint | null);
  return {
    // What a trial watches are phases of its own protocol.
    hooks: watched.hooks as RunHooks,
    report: () => ({ isPruned: watched.isPruned(), reports: watched.reports() }),
  };
}

/** What the training worker offers to a program that computes cells in a browser without a face. */
export const distantCellFunctions = {
  /**
   * Trains and tests a cell whose data and checkpoints are in another process, from its last checkpoint.
   * @throws Failure `backend-unavailable`, and what the data or the hyper-parameters lack
   */
  async computeDistantCell({ cell, place, wish, avoided, search }: DistantCell): Promise<{
    readonly backend: BackendInfo;
    readonly outcome: Decided<GuardedOutcome>;
    readonly trial: TrialReport | null;
  }> {
    const home = distantHome(place);
    const training = await protocolOfCell(cell.kind).training();
    const backend = wish === null ? await fastestFor(cell, training, avoided) : await openBackend(wish);
    const checkpoint = await home.checkpoint();
    const { hooks, report } = followed(cell, search, homeHooks(home), checkpoint);
    const outcome = await untilLost(cell, training, home, hooks, checkpoint);
    return { backend, outcome: withoutWeights(outcome), trial: report() };
  },
};
