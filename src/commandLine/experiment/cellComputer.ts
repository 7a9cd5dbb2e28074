import type { ProtocolCell } from "../../domain/experiment.ts";
import type { ExperimentProtocol, RunOutcome } from "../../experiments/protocol.ts";
import type { SearchState } from "../../experiments/search/search.ts";
import type { BackendInfo } from "../../neural/backend/backends.ts";
import type { CellHome } from "../../services/training/cellHome.ts";
import type { Decided, TrialReport } from "../../services/training/distantCells.ts";

/** A cell that has ended, and what computed it. */
export interface ComputedOutcome<Result> {
  readonly backend: Pick<BackendInfo, "name" | "adapter">;
  readonly outcome: Decided<RunOutcome<Result>>;
  /** Where the cell is a search's trial: whether it was given up, and its validation losses. */
  readonly trial: TrialReport | null;
}

/** What a computer needs of a protocol. */
export type CellProtocol<Cell extends ProtocolCell, Result> = Pick<
  ExperimentProtocol<never, Cell, Result>,
  "training" | "address" | "resultInWords"
>;

/** Where cells are computed: in this process, or in a browser. */
export interface CellComputer {
  /**
   * Trains and tests a cell from its last checkpoint.
   * @param search whose trial it is, or null
   * @throws Failure for data or hyper-parameters that do not fit, or where it cannot be computed
   */
  compute<Cell extends ProtocolCell, Result>(
    protocol: CellProtocol<Cell, Result>,
    cell: Cell,
    home: CellHome,
    search: SearchState | null,
  ): Promise<ComputedOutcome<Result>>;
  close(): Promise<void>;
}
