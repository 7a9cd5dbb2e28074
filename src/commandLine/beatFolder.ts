import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { protocolOfCell } from "../experiments/protocols.ts";
import { parseResult } from "../experiments/resultFile.ts";
import type { BeatSet } from "../experiments/syntheticBeats/beatSets.ts";
import type {
  BeatCell,
  BeatCellResult,
  FinishedBeatCell,
} from "../experiments/syntheticBeats/specification.ts";
import type { CellComputer } from "./experiment/cellComputer.ts";
import { beatData } from "./experiment/cellData.ts";
import { computeCellOn } from "./experiment/computeCell.ts";

/** Results, checkpoints and what several cells share, in a folder; of one set of beats. */
export class BeatFolder {
  constructor(
    private readonly out: string,
    private readonly beats: BeatSet,
  ) {}

  async isComputed(cell: BeatCell): Promise<boolean> {
    return existsSync(await this.fileOf(cell));
  }

  /** A cell with its result; null where it has not ended, or diverged. */
  async result<Cell extends BeatCell>(cell: Cell): Promise<FinishedBeatCell<Cell> | null> {
    const file = await this.fileOf(cell);
    if (!existsSync(file)) return null;
    const { result } = parseResult(await readFile(file, "utf8"), file);
    return result === null ? null : { cell, result: result as BeatCellResult };
  }

  /** @returns what happened, in a line */
  async compute(cell: BeatCell, computer: CellComputer): Promise<string> {
    return computeCellOn(computer, protocolOfCell(cell.kind), cell, this.out, beatData(this.beats));
  }

  private async fileOf(cell: BeatCell): Promise<string> {
    return join(this.out, `${await protocolOfCell(cell.kind).address(cell)}.json`);
  }
}
