import type { CellResult, CellSpecification, ExampleReference, RunEnd } from "../domain/experiment.ts";
import { Failure } from "../domain/failure.ts";

/** A cell that has ended somewhere, with its manifest: what machines exchange. */
export interface ComputedCell {
  readonly address: string;
  readonly cell: CellSpecification;
  readonly end: Extract<RunEnd, "finished" | "stoppedEarly"> | "diverged";
  /** Why it diverged; empty otherwise. */
  readonly message: string;
  readonly backend: { readonly name: string; readonly adapter: string } | null;
  readonly version: string;
  /** s */
  readonly seconds: number;
  readonly result: CellResult | null;
}

const kind = "result of a cell";

/** Bits of the logits survive: nine digits tell every number of single precision apart. */
const exact = (value: number) => Number(value.toPrecision(9));

/** The file of a computed cell. */
export function writeResult({ result, ...rest }: ComputedCell): string {
  const plain =
    result === null
      ? null
      : {
          ...result,
          probabilities: Array.from(result.probabilities, exact),
          labels: Array.from(result.labels).join(""),
        };
  return `${JSON.stringify({ kind, ...rest, result: plain })}\n`;
}

/** @throws Failure `result-file`, naming the file and the field */
export function parseResult(text: string, file: string): ComputedCell {
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
  const common = {
    address: value.address,
    cell: value.cell as CellSpecification,
    end: value.end as ComputedCell["end"],
    message: String(value.message ?? ""),
    backend: (value.backend ?? null) as ComputedCell["backend"],
    version: String(value.version ?? ""),
    seconds: Number(value.seconds ?? 0),
  };
  if (value.result === null) return { ...common, result: null };
  const { probabilities, labels, examples, ...result } = value.result as Record<string, unknown>;
  const isRight =
    Array.isArray(probabilities) &&
    typeof labels === "string" &&
    Array.isArray(examples) &&
    /^[01]*$/.test(labels) &&
    labels.length === probabilities.length &&
    labels.length === examples.length &&
    probabilities.every((each) => typeof each === "number" && each >= 0 && each <= 1);
  if (!isRight) throw fail("result", "Probabilities, labels and examples do not fit each other.");
  return {
    ...common,
    result: {
      ...(result as Omit<CellResult, "probabilities" | "labels" | "examples">),
      probabilities: Float32Array.from(probabilities as number[]),
      labels: Uint8Array.from(labels as string, Number),
      examples: examples as ExampleReference[],
    },
  };
}
