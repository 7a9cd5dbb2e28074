import type { CellResult, CellSpecification, ProtocolCell, RunEnd } from "../domain/experiment.ts";
import { Failure } from "../domain/failure.ts";
import { protocolOfCell } from "./protocols.ts";
import { realSyntheticProtocol } from "./realSynthetic/protocol.ts";

/** A cell that has ended somewhere, with its manifest: what machines exchange. Where nothing else is said, of recordings. */
export interface ComputedCell<Cell extends ProtocolCell = CellSpecification, Result = CellResult> {
  readonly address: string;
  readonly cell: Cell;
  readonly end: Extract<RunEnd, "finished" | "stoppedEarly"> | "diverged";
  /** Why it diverged; empty otherwise. */
  readonly message: string;
  readonly backend: { readonly name: string; readonly adapter: string } | null;
  readonly version: string;
  /** s */
  readonly seconds: number;
  readonly result: Result | null;
}

/** A cell of any protocol. */
export type AnyComputed = ComputedCell<ProtocolCell, unknown>;

const kind = "result of a cell";

/** The file of a computed cell. */
export function writeResult({ result, ...rest }: AnyComputed): string {
  const plain = result === null ? null : protocolOfCell(rest.cell.kind).resultForm.write(result);
  return `${JSON.stringify({ kind, ...rest, result: plain })}\n`;
}

/** Whether a cell is one of Real, Syn, Syn→Real. */
export const isComputedRecordings = (computed: AnyComputed): computed is ComputedCell =>
  computed.cell.kind === realSyntheticProtocol.cellKind;

/**
 * A result of any protocol from its file.
 * @throws Failure `result-file`, naming the file and the field
 */
export function parseResult(text: string, file: string): AnyComputed {
  const fail = (field: string, message: string) =>
    new Failure(
      "result-file",
      message,
      `${file}, ${field}`,
      "Compute the cell again, or leave the file out.",
    );
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw fail("the whole file", `It is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (value === null || typeof value !== "object" || value.kind !== kind) {
    throw fail("kind", "It is no result of a cell.");
  }
  if (typeof value.address !== "string" || !/^[0-9a-f]{64}$/.test(value.address)) {
    throw fail("address", "It is no SHA-256.");
  }
  if (typeof value.cell !== "object" || value.cell === null) throw fail("cell", "It is missing.");
  const cell = value.cell as ProtocolCell;
  const { resultForm } = protocolOfCell(cell.kind);
  return {
    address: value.address,
    cell,
    end: value.end as AnyComputed["end"],
    message: String(value.message ?? ""),
    backend: (value.backend ?? null) as AnyComputed["backend"],
    version: String(value.version ?? ""),
    seconds: Number(value.seconds ?? 0),
    result:
      value.result === null
        ? null
        : resultForm.read((value.result ?? {}) as Readonly<Record<string, unknown>>, fail),
  };
}
