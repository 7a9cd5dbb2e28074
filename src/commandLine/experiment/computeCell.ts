import type { CellSpecification } from "../../domain/experiment.ts";
import { workbenchVersion } from "../../domain/version.ts";
import { agreementAt } from "../../evaluation/metrics/classification.ts";
import { cellAddress } from "../../experiments/cell.ts";
import { writeResult } from "../../experiments/resultFile.ts";
import type { RecordShelf } from "../recordShelf.ts";
import type { CellComputer } from "./cellComputer.ts";
import { cellFolder } from "./cellFolder.ts";

/**
 * Computes a cell into a folder of results, unless it is there.
 * @param shelf the real records; null where none are needed
 * @returns what happened, in a line
 */
export async function computeCellOn(
  computer: CellComputer,
  cell: CellSpecification,
  out: string,
  shelf: RecordShelf | null,
): Promise<string> {
  const address = await cellAddress(cell);
  const folder = cellFolder(cell, address, out, shelf);
  if (folder.isComputed) return "computed before";
  const began = performance.now();
  const { backend, outcome } = await computer.compute(cell, folder, null);
  if (outcome.end === "cancelled") return "stopped";
  const seconds = (performance.now() - began) / 1000;
  const computed = {
    address,
    cell,
    backend: { name: backend.name, adapter: backend.adapter },
    version: workbenchVersion,
    seconds,
  };
  await folder.keepResult(
    outcome.end === "diverged"
      ? writeResult({ ...computed, end: "diverged", message: outcome.reason, result: null })
      : writeResult({ ...computed, end: outcome.end, message: "", result: outcome.result }),
  );
  const where = `${seconds.toFixed(1)} s on ${backend.name}`;
  if (outcome.end === "diverged") return `diverged, ${where}. ${outcome.reason}`;
  const { probabilities, labels } = outcome.result;
  const truths = Array.from(labels, (label) => label === 1);
  return `F1 ${agreementAt(probabilities, truths, 0.5).f1.toFixed(3)}, ${where}`;
}
