import { type BeatFilter, beatFilterWords } from "../../domain/beatFilters.ts";
import type { SyntheticSource } from "../../domain/closeness.ts";
import { Failure } from "../../domain/failure.ts";
import {
  filterOf,
  type GenerationSource,
  type GenerationSpecification,
  generatedForms,
} from "../../domain/generation.ts";
import type { ClassedRows, ReadSets } from "../../experiments/closeness/closenessSets.ts";
import { drawnBeats, type SymbolledBeats } from "../../experiments/generation/beatRows.ts";
import {
  type RowsWanted,
  type SyntheticRows,
  simulatedRows,
} from "../../experiments/generation/simulatedRows.ts";
import { breathe } from "../../neural/training/breathe.ts";
import { aamiClassOf } from "../../records/aami.ts";
import { createRandom } from "../../signal/random.ts";
import { wantedGeneration } from "../../storage/generations.ts";
import { readSource } from "./beatSources.ts";
import { newSignals } from "./generatedFiles.ts";
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
    case "records":
      return { rows: await realRows({ ...source, kind: "records" }, wanted), unit: "mV" };
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

/**
 * What beats are cut behind that are held against those of generators: the same filter as theirs, none where they have learned
 * behind different ones.
 */
export async function filterBeside(sources: readonly SyntheticSource[]): Promise<BeatFilter> {
  const filters = new Set<BeatFilter>();
  for (const source of sources) {
    if (source.kind === "generator") filters.add(filterOf((await wantedGeneration(source.id)).specification));
  }
  const [filter = "none"] = filters;
  return filters.size === 1 ? filter : "none";
}

/** Everything that a comparison needs, real patients divided by what the generator has learned from. */
export async function readSets(
  synthetic: SyntheticSource,
  real: GenerationSource,
  asked: Omit<RowsWanted, "filter">,
): Promise<ReadSets> {
  const wanted = { ...asked, filter: await filterBeside([synthetic]) };
  const { rows, unit } = await syntheticRows(synthetic, wanted);
  const notes: string[] = [];
  if (wanted.filter !== "none") {
    notes.push(
      `Real beats are ${beatFilterWords[wanted.filter]}, as those that the generator has learned from.`,
    );
  }
  if (real.kind === "simulated")
    notes.push("Virtual patients stand for real ones: no person's heart is in this.");
  if (wanted.form === "recordings") {
    notes.push(
      "Recordings are compared sample by sample although their beats stand at different places: distances see rhythm and shape together, and copies only where they are not shifted.",
    );
  }
  if (synthetic.kind !== "generator") {
    return { synthetic: rows, learnedFrom: [], others: await keyedRows(real, wanted), unit, notes };
  }
  const { specification } = await wantedGeneration(synthetic.id);
  const { source, form } = specification;
  const learnedRows = form === "beats" ? await rowsLearned(specification) : null;
  const learnedFrom = await keyedRows(source, wanted);
  const known = new Set(learnedFrom.map(({ patient }) => patient));
  const others = await keyedRows(beyond(real, source), wanted);
  return {
    synthetic: rows,
    learnedFrom,
    ...(learnedRows === null ? {} : { learnedRows }),
    others: others.filter(({ patient }) => !known.has(patient)),
    unit,
    notes,
  };
}

/** The very beats that a generator has learned from, drawn as its training draws them. */
async function rowsLearned(specification: GenerationSpecification): Promise<ClassedRows[]> {
  const { source, classes, mostSignals, seed } = specification;
  const sources = await readSource(source, filterOf(specification));
  const { length } = generatedForms.beats;
  return classes.flatMap((rowClass) =>
    drawnBeats(sources, rowClass, mostSignals, seed).map(({ beats, row, patient }) => ({
      patient: nameIn(source, patient),
      values: beats.subarray(row * length, (row + 1) * length),
      classes: [rowClass],
    })),
  );
}

const nameIn = (source: GenerationSource, patient: string) =>
  source.kind === "records" ? patient : `virtual ${source.seed}/${patient}`;

/** Rows of a source whose patients have one name wherever they are met. */
async function keyedRows(source: GenerationSource, wanted: RowsWanted): Promise<ClassedRows[]> {
  const rows = await realRows(source, wanted);
  return rows.map((each) => ({ ...each, patient: nameIn(source, each.patient) }));
}

/** As many further virtual patients where a generator has learned from those that stand for real ones. */
function beyond(real: GenerationSource, learned: GenerationSource): GenerationSource {
  if (real.kind !== "simulated" || learned.kind !== "simulated" || real.seed !== learned.seed) return real;
  return { ...real, patients: real.patients + learned.patients };
}
