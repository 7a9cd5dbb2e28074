import { beatRecording } from "../../experiments/generation/beatRecording.ts";
import { beatForm } from "../../experiments/generation/beatRows.ts";
import { type Generator, labelsOf } from "../../generators/generator.ts";
import { writeRecord } from "../../records/wfdb/write.ts";
import type { StoredGeneration } from "../../storage/database.ts";
import { madeInParts } from "./making.ts";

/** What is asked of a generator. */
export interface SignalRequest {
  readonly count: number;
  readonly seed: number;
  /** Position of the class in the specification; null for all in turn. */
  readonly label: number | null;
}

/** New signals with their classes. */
export interface NewSignals extends SignalRequest {
  /** `[count, length]` in mV. */
  readonly signals: Float32Array;
  /** Of each row. */
  readonly classes: readonly string[];
}

/** Makes new signals of one class, or of all in turn. */
export async function newSignals(
  generator: Generator,
  { specification }: StoredGeneration,
  request: SignalRequest,
): Promise<NewSignals> {
  const { count, seed, label } = request;
  const { classes } = specification;
  const labels = labelsOf(count, classes.length, label ?? undefined);
  const signals = await madeInParts(generator, count, seed, labels);
  return { ...request, signals, classes: Array.from(labels, (each) => classes[each]) };
}

/** How files of a generator are called, without an ending. */
export const fileName = ({ specification }: StoredGeneration) =>
  `synthetic-${specification.model}-${specification.classes.join("-")}`;

/** Beats as the files of a WFDB record. A symbol of WFDB is what AAMI calls the class. */
export function recordFiles(
  { signals, classes, seed }: NewSignals,
  { name, specification }: StoredGeneration,
) {
  const known = [...new Set(classes)].join("");
  return writeRecord(
    beatRecording(signals, {
      name: `syn_${specification.model}_${known}_${seed}`,
      generator: name,
      symbols: classes,
      seed,
    }),
  );
}

/** Beats as a table in mV: a beat a line, with its class before it where there are several. */
export function csvOf(
  { signals, classes, seed, label }: NewSignals,
  { name, specification, version }: StoredGeneration,
): string {
  const { length, samplingFrequency, before } = beatForm;
  const isMixed = label === null && specification.classes.length > 1;
  const times = Array.from(
    { length },
    (_, at) => `${((1000 * (at - before)) / samplingFrequency).toFixed(2)} ms`,
  );
  const rows = classes.map((each, row) => {
    const values = signals.subarray(row * length, (row + 1) * length);
    return [...(isMixed ? [each] : []), ...Array.from(values, (value) => value.toFixed(4))].join(",");
  });
  return [
    `# Synthetic beats of class ${[...new Set(classes)].join("; ")} by ${name}; mV; seed ${seed}; ECG synthesis workbench ${version}`,
    [...(isMixed ? ["class"] : []), ...times].join(","),
    ...rows,
    "",
  ].join("\n");
}
