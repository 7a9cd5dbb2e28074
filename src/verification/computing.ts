import type { CellComputer } from "../commandLine/experiment/cellComputer.ts";

/** Where cells are kept, what computes them, and who is told. */
export interface Computing {
  readonly folder: string;
  readonly computer: CellComputer;
  progress(line: string): void;
  /** Asked before every cell: where not, only what is kept is read. */
  mayCompute(): boolean;
}
