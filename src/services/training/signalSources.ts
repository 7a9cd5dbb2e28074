import { Failure } from "../../domain/failure.ts";
import type {
  GeneratedForm,
  GenerationSource,
  GenerationSpecification,
  LabelledSignals,
} from "../../domain/generation.ts";
import { beatsFor, countBeats } from "./beatSources.ts";
import { countRecordings, recordingsFor } from "./recordingSources.ts";

/** A class that a source holds, with how many signals of it. */
export interface ClassCount {
  readonly name: string;
  readonly count: number;
}

interface FormSource {
  count(source: GenerationSource): Promise<ClassCount[]>;
  read(specification: GenerationSpecification): Promise<LabelledSignals>;
}

const sources: Readonly<Record<GeneratedForm, FormSource>> = {
  beats: { count: countBeats, read: beatsFor },
  recordings: { count: countRecordings, read: recordingsFor },
};

/** The classes of a form that a source holds. */
export async function countClasses(source: GenerationSource, form: GeneratedForm): Promise<ClassCount[]> {
  return sources[form].count(source);
}

/** The last signals that were read: a generator is opened again and again to draw from it. */
let kept: { readonly key: string; readonly signals: LabelledSignals } | null = null;

/** What a generator learns from. @throws Failure `too-few-signals` below two of a class */
export async function signalsFor(specification: GenerationSpecification): Promise<LabelledSignals> {
  const { form, source, classes, filter, mostSignals, seed, patient, patientSearch } = specification;
  const key = JSON.stringify([form, source, classes, filter, mostSignals, seed, patient, patientSearch]);
  if (kept?.key === key) return kept.signals;
  const signals = await sources[form].read(specification);
  classes.forEach((name, label) => {
    const count = signals.labels.filter((each) => each === label).length;
    if (count >= 2) return;
    throw new Failure(
      "too-few-signals",
      `Of class ${name} only ${count} ${form} were found.`,
      source.kind === "records" ? source.name : "virtual patients",
      `Choose another class, or more records with ${form === "beats" ? "annotated beats" : "labels"}.`,
    );
  });
  kept = { key, signals };
  return signals;
}
