import { Failure } from "../domain/failure.ts";
import { augmentationProtocol } from "./augmentationTransfer/protocol.ts";
import { leagueProtocol } from "./league/protocol.ts";
import type { ExperimentProtocol } from "./protocol.ts";
import { realSyntheticProtocol } from "./realSynthetic/protocol.ts";
import { pganExperiment } from "./syntheticBeats/pganExperiment.ts";
import { simGanExperiment } from "./syntheticBeats/simGanExperiment.ts";

/** The protocols of experiments, in the order in which they are offered. */
export const protocols = [
  realSyntheticProtocol,
  simGanExperiment,
  pganExperiment,
  augmentationProtocol,
  leagueProtocol,
] as const satisfies readonly ExperimentProtocol[];

/** The protocol of an experiment, by the kind of its specification. @throws Failure `unknown-protocol` */
export const protocolNamed = (kind: string): ExperimentProtocol => found(kind, "kind");

/** The protocol of a cell, by the cell's kind. @throws Failure `unknown-protocol` */
export const protocolOfCell = (kind: string): ExperimentProtocol => found(kind, "cellKind");

function found(kind: string, key: "kind" | "cellKind"): ExperimentProtocol {
  const all: readonly ExperimentProtocol[] = protocols;
  const protocol = all.find((each) => each[key] === kind);
  if (protocol !== undefined) return protocol;
  throw new Failure(
    "unknown-protocol",
    `There is no protocol ${kind}.`,
    "kind",
    `Known are ${all.map((each) => each[key]).join(", ")}.`,
  );
}

/**
 * An experiment of any protocol from the text of a JSON file.
 * @throws Failure `experiment-file`
 */
export function parseAnyExperiment(text: string, file: string) {
  return protocolNamed(kindOf(text, file)).parse(text, file);
}

function kindOf(text: string, file: string): string {
  const all: readonly ExperimentProtocol[] = protocols;
  const kinds = all.map(({ kind }) => kind);
  const fail = (field: string, remedy: string) =>
    new Failure("experiment-file", "This is no specification of an experiment.", `${file}, ${field}`, remedy);
  try {
    const kind: unknown = (JSON.parse(text) as { readonly kind?: unknown } | null)?.kind;
    if (typeof kind === "string" && kinds.includes(kind)) return kind;
  } catch (error) {
    throw fail("the whole file", `It is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw fail("kind", `It must be one of ${kinds.join("; ")}.`);
}
