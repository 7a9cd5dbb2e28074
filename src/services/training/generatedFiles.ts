import { filterOf, generatedForms, learnedWords } from "../../domain/generation.ts";
import { beatRecording } from "../../experiments/generation/beatRecording.ts";
import { beatForm } from "../../experiments/generation/beatRows.ts";
import { tenSecondRecording } from "../../experiments/generation/tenSecondRecording.ts";
import { type Generator, labelsOf } from "../../generators/generator.ts";
import { type WrittenFile, writeRecord } from "../../records/wfdb/write.ts";
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

/** Signals as files of WFDB records, with the words by which these are found among the records. */
export interface RecordFiles {
  readonly files: readonly WrittenFile[];
  readonly text: string;
}

/**
 * Beats as one WFDB record, each annotated by its class, which is its symbol in WFDB too; recordings as a record each, with
 * the class as its rhythm.
 */
export function recordFiles(made: NewSignals, generation: StoredGeneration): RecordFiles {
  const { signals, classes, seed } = made;
  const { name, specification, id } = generation;
  if (specification.form === "beats") {
    const text = `syn_${specification.model}_${[...new Set(classes)].join("")}_${seed}`;
    const origin = { name: text, generator: name, symbols: classes, seed, filter: filterOf(specification) };
    const recording = beatRecording(signals, origin);
    return { files: writeRecord(recording), text };
  }
  // Its records are many: their name tells them from those of another generator of the same model.
  const text = `syn_${specification.model}_${id.slice(0, 6)}_${seed}`;
  const { length } = generatedForms.recordings;
  const files = classes.flatMap((label, row) =>
    writeRecord(
      tenSecondRecording(signals.slice(row * length, (row + 1) * length), {
        name: `${text}_${String(row + 1).padStart(5, "0")}`,
        generator: name,
        label,
        seed,
      }),
    ),
  );
  return { files, text };
}

/** Signals as a table in mV: one a line, with its class before it where there are several. */
export function csvOf(
  { signals, classes, seed, label }: NewSignals,
  { name, specification, version }: StoredGeneration,
): string {
  const { form } = specification;
  const { length, samplingFrequency } = generatedForms[form];
  const isMixed = label === null && specification.classes.length > 1;
  const times = Array.from({ length }, (_, at) =>
    form === "beats"
      ? `${((1000 * (at - beatForm.before)) / samplingFrequency).toFixed(2)} ms`
      : `${(at / samplingFrequency).toFixed(2)} s`,
  );
  const rows = classes.map((each, row) => {
    const values = signals.subarray(row * length, (row + 1) * length);
    return [...(isMixed ? [cell(each)] : []), ...Array.from(values, (value) => value.toFixed(4))].join(",");
  });
  return [
    `# Synthetic ${form} of class ${[...new Set(classes)].join("; ")} by ${name}; learned from ${learnedWords(specification)}; mV; seed ${seed}; ECG synthesis workbench ${version}`,
    [...(isMixed ? ["class"] : []), ...times].join(","),
    ...rows,
    "",
  ].join("\n");
}

/** A label may hold a comma. */
const cell = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
