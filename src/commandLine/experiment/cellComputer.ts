import type { CellSpecification } from "../../domain/experiment.ts";
import type { CellOutcome } from "../../experiments/realSynthetic/runCell.ts";
import type { SearchState } from "../../experiments/search/search.ts";
import type { BackendInfo } from "../../neural/backend/backends.ts";
import type { CellStore } from "../../services/training/cellStore.ts";
import type { Decided, TrialReport } from "../../services/training/distantCells.ts";

/** A cell that has ended, and what computed it. */
export interface ComputedOutcome {
  readonly backend: Pick<BackendInfo, "name" | "adapter">;
  readonly outcome: Decided<CellOutcome>;
  /** Where the cell is a search's trial: whether it was given up, and its validation losses. */
  readonly trial: TrialReport | null;
}

/** Where cells are computed: in this process, or in a browser. */
export interface CellComputer {
  /**
   * Trains and tests a cell from its last checkpoint.
   * @param search whose trial it is, or null
   * @throws Failure for recordings or hyper-parameters that do not fit, or where it cannot be computed
   */
  compute(cell: CellSpecification, store: CellStore, search: SearchState | null): Promise<ComputedOutcome>;
  close(): Promise<void>;
}
