import type { SyntheticSource } from "../../domain/closeness.ts";
import { Failure } from "../../domain/failure.ts";
import { type GenerationSource, generatedForms } from "../../domain/generation.ts";
import type { ClassedRows } from "../../experiments/closeness/closenessSets.ts";
import type { SymbolledBeats } from "../../experiments/generation/beatRows.ts";
import {
  type RowsWanted,
  type SyntheticRows,
  simulatedRows,
} from "../../experiments/generation/simulatedRows.ts";
import { breathe } from "../../neural/training/breathe.ts";
import { aamiClassOf } from "../../records/aami.ts";
import { createRandom } from "../../signal/random.ts";
import { readSource } from "./beatSources.ts";
import { newSignals } from "./generatedFiles.ts";
import { madeFrom } from "./madeFrom.ts";
import { candidatesOf } from "./recordingSources.ts";
import { openGenerator } from "./sampling.ts";

/** Virtual patients that are synthetic have seeds from here on, those that stand for real ones lie below. */
const syntheticPatientSeed = 500_000;

/** @throws Failure where the source has nothing of the form or the class */
export async function syntheticRows(source: SyntheticSource, wanted: RowsWanted): Promise<SyntheticRows> {
  switch (source.kind) {
    case "generator":
      return { rows: await generatedRows(source.id, wanted), unit: "mV" };
    case "simulator":
      return simulatedRows(source, wanted);
    case "virtual": {
      const { patients, minutes } = source;
      const seed = syntheticPatientSeed + wanted.seed;
      return {
        rows: await realRows({ kind: "simulated", patients, minutes, seed }, wanted),
        unit: "mV",
      };
    }
    case "records": {
      // What a generator made has the filter in it behind which it learned.
      const isMade = (await madeFrom(source)).trainings.size > 0;
      const filter = isMade ? "none" : wanted.filter;
      return { rows: await realRows({ ...source, kind: "records" }, { ...wanted, filter }), unit: "mV" };
    }
  }
}

/** Rows of every patient or record of a source: all beats, or recordings as far as they are wanted. */
export async function realRows(source: GenerationSource, wanted: RowsWanted): Promise<ClassedRows[]> {
  if (wanted.form === "recordings") return recordingRows(source, wanted);
  return (await readSource(source, wanted.filter)).map(classedBeats);
}

const classedBeats = ({ patient, beats, symbols }: SymbolledBeats): ClassedRows => ({
  patient,
  values: beats,
  classes: Array.from(symbols, aamiClassOf),
});

/** Labels beside the wanted one for a classifier to tell it from: those of which there are most. */
const otherLabels = 4;

/** Recordings of the wanted label and of some others, of each three times as many as wanted at most: sides are divided later. */
async function recordingRows(
  source: GenerationSource,
  { rowClass, rows, seed }: RowsWanted,
): Promise<ClassedRows[]> {
  const candidates = await candidatesOf(source);
  const counts = new Map<string, number>();
  const labelOf = ({ labels }: { readonly labels: readonly string[] }) =>
    labels.includes(rowClass) ? rowClass : labels[0];
  for (const each of candidates) {
    const label = labelOf(each);
    if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const common = [...counts].sort(([, one], [, other]) => other - one).map(([label]) => label);
  const others = common.filter((label) => label !== rowClass).slice(0, otherLabels);
  const random = createRandom(seed, 96);
  const found: ClassedRows[] = [];
  for (const label of [rowClass, ...others]) {
    const own = candidates.filter((each) => labelOf(each) === label);
    const drawn = own
      .map((each) => ({ each, key: random.uniform() }))
      .sort((one, other) => one.key - other.key)
      .slice(0, 3 * rows);
    for (const { each } of drawn) {
      const values = await each.read();
      if (values !== null) found.push({ patient: each.patient, values, classes: [label] });
      await breathe();
    }
  }
  return found;
}

async function generatedRows(id: string, { form, rows, seed }: RowsWanted): Promise<ClassedRows[]> {
  const { generation, generator } = await openGenerator(id);
  const { specification, name } = generation;
  if (specification.form !== form) {
    throw new Failure(
      "form-differs",
      `The generator makes ${specification.form}.`,
      name,
      `Compare ${specification.form}.`,
    );
  }
  const found: ClassedRows[] = [];
  for (const [label, each] of specification.classes.entries()) {
    const { signals } = await newSignals(generator, generation, { count: rows, seed, label });
    const count = signals.length / generatedForms[form].length;
    found.push({ patient: `made ${each}`, values: signals, classes: Array(count).fill(each) });
  }
  return found;
}
