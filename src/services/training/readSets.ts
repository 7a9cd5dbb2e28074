import { type BeatFilter, beatFilterWords } from "../../domain/beatFilters.ts";
import type { SyntheticSource } from "../../domain/closeness.ts";
import { filterOf, type GenerationSource, generatedForms } from "../../domain/generation.ts";
import type { ClassedRows, ReadSets } from "../../experiments/closeness/closenessSets.ts";
import { drawnBeats } from "../../experiments/generation/beatRows.ts";
import type { RowsWanted } from "../../experiments/generation/simulatedRows.ts";
import { allSynthetic } from "../realOnly.ts";
import { readSource } from "./beatSources.ts";
import { type MadeFrom, madeFrom } from "./madeFrom.ts";
import { besides, beyond, nameIn, patientsIn, sourcesLearned, withoutSynthetic } from "./realSide.ts";
import { realRows, syntheticRows } from "./rowSources.ts";

/**
 * Everything that a comparison needs, real patients divided by what the synthetic rows were made from.
 * @throws Failure `synthetic-records` for a real set of which all is synthetic, and where a source lacks the form or class
 */
export async function readSets(
  synthetic: SyntheticSource,
  askedReal: GenerationSource,
  asked: Omit<RowsWanted, "filter">,
): Promise<ReadSets> {
  const wanted = { ...asked, filter: await filterBeside([synthetic]) };
  const { real, leftOut } = await withoutSynthetic(askedReal);
  if (real.kind === "records" && leftOut > 0 && real.members.length === 0) throw allSynthetic(real.name);
  const { rows, unit } = await syntheticRows(synthetic, wanted);
  const made = await madeFrom(synthetic);
  const { learnedFrom, patients, learned } = await rowsBehind(made, wanted);
  const others = await keyedRows(await besides(learned.reduce(beyond, real), patients), wanted);
  const learnedRows = await rowsLearned(made, wanted);
  return {
    synthetic: rows,
    learnedFrom,
    ...(learnedRows === null ? {} : { learnedRows }),
    others: others.filter(({ patient }) => !patients.has(patient)),
    origin: made.isKnown ? (made.trainings.size > 0 ? "learned" : "none") : "unknown",
    unit,
    notes: notesOn(real, leftOut, made, wanted),
  };
}

/**
 * What beats are cut behind that are held against those of generators: the same filter as theirs, none where they have learned
 * behind different ones.
 */
export async function filterBeside(sources: readonly SyntheticSource[]): Promise<BeatFilter> {
  const filters = new Set<BeatFilter>();
  for (const source of sources) {
    for (const training of (await madeFrom(source)).trainings.values()) filters.add(filterOf(training));
  }
  const [filter = "none"] = filters;
  return filters.size === 1 ? filter : "none";
}

/** The real rows that the trainings behind a synthetic set had before them. */
async function rowsBehind({ trainings }: MadeFrom, wanted: RowsWanted) {
  const learned = await sourcesLearned(trainings.values());
  const learnedFrom: ClassedRows[] = [];
  const patients = new Set<string>();
  for (const source of learned) {
    learnedFrom.push(...(await keyedRows(source, wanted)));
    for (const patient of await patientsIn(source, wanted)) patients.add(patient);
  }
  return { learned, learnedFrom, patients };
}

/**
 * The very beats that a generator has learned from, drawn as its training draws them; null where there are other signals,
 * or several trainings, of which one may have learned from what another made.
 */
async function rowsLearned({ trainings }: MadeFrom, { form }: RowsWanted): Promise<ClassedRows[] | null> {
  const [training, ...more] = trainings.values();
  if (training === undefined || more.length > 0 || form !== "beats" || training.form !== "beats") return null;
  const { source, classes, mostSignals, seed } = training;
  const sources = await readSource(source, filterOf(training));
  const { length } = generatedForms.beats;
  return classes.flatMap((rowClass) =>
    drawnBeats(sources, rowClass, mostSignals, seed).map(({ beats, row, patient }) => ({
      patient: nameIn(source, patient),
      values: beats.subarray(row * length, (row + 1) * length),
      classes: [rowClass],
    })),
  );
}

/** Rows of a source whose patients have one name wherever they are met. */
async function keyedRows(source: GenerationSource, wanted: RowsWanted): Promise<ClassedRows[]> {
  const rows = await realRows(source, wanted);
  return rows.map((each) => ({ ...each, patient: nameIn(source, each.patient) }));
}

function notesOn(
  real: GenerationSource,
  leftOut: number,
  { isKnown }: MadeFrom,
  { form, filter }: RowsWanted,
): string[] {
  const notes: string[] = [];
  if (filter !== "none") {
    notes.push(`Real beats are ${beatFilterWords[filter]}, as those that the generator has learned from.`);
  }
  if (real.kind === "simulated")
    notes.push("Virtual patients stand for real ones: no person's heart is in this.");
  if (leftOut > 0) {
    notes.push(
      `${leftOut} synthetic ${leftOut === 1 ? "record is" : "records are"} left out of the real set.`,
    );
  }
  if (!isKnown) {
    notes.push(
      "What the synthetic records were made from is unknown, or not all of it is in this library: patients that are held out here may have been learned from.",
    );
  }
  if (form === "recordings") {
    notes.push(
      "Recordings are compared sample by sample although their beats stand at different places: distances see rhythm and shape together, and copies only where they are not shifted.",
    );
  }
  return notes;
}
