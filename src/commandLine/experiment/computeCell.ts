import type { ProtocolCell } from "../../domain/experiment.ts";
import { workbenchVersion } from "../../domain/version.ts";
import { writeResult } from "../../experiments/resultFile.ts";
import type { CellComputer, CellProtocol } from "./cellComputer.ts";
import { type CellData, cellFolder } from "./cellFolder.ts";

/**
 * Computes a cell into a folder of results, unless it is there.
 * @returns what happened, in a line
 */
export async function computeCellOn<Cell extends ProtocolCell, Result>(
  computer: CellComputer,
  protocol: CellProtocol<Cell, Result>,
  cell: Cell,
  out: string,
  data: CellData,
): Promise<string> {
  const address = await protocol.address(cell);
  const folder = cellFolder(address, out, data);
  if (folder.isComputed) return "computed before";
  const began = performance.now();
  const { backend, outcome } = await computer.compute(protocol, cell, folder, null);
  if (outcome.end === "cancelled") return "stopped";
  const seconds = (performance.now() - began) / 1000;
  const computed = {
    address,
    cell,
    backend: { name: backend.name, adapter: backend.adapter },
    version: workbenchVersion,
    seconds,
  };
  const where = `${seconds.toFixed(1)} s on ${backend.name}`;
  if (outcome.end === "diverged") {
    await folder.keepResult(
      writeResult({ ...computed, end: "diverged", message: outcome.reason, result: null }),
    );
    return `diverged, ${where}. ${outcome.reason}`;
  }
  await folder.keepResult(
    writeResult({ ...computed, end: outcome.end, message: "", result: outcome.result }),
  );
  return `${protocol.resultInWords(outcome.result)}, ${where}`;
}
