import type { SyntheticSource } from "../../domain/closeness.ts";
import { Failure } from "../../domain/failure.ts";
import type { GeneratedForm, GenerationSource } from "../../domain/generation.ts";
import { listGenerations } from "../../storage/generations.ts";
import { workers } from "../workers.ts";
import { sourceOf, virtualSources } from "./generation.ts";
import { simulatorsNow } from "./simulators.ts";

/** A synthetic set that can be chosen. */
export interface SyntheticOption {
  /** `generator:ID`, `simulator:NAME/PRESET/RHYTHM`, `virtual` or `cohort:ID`. */
  readonly value: string;
  readonly label: string;
  readonly group: string;
  /** What it can be made of; null for beats and recordings. */
  readonly form: GeneratedForm | null;
  /** Classes that it has; null where that is only known when it is made. */
  readonly classes: readonly string[] | null;
  /** The class of each form that it is most like, the likeliest name first; empty where it has all. */
  readonly likest: Readonly<Record<GeneratedForm, readonly string[]>>;
}

/** Of a set that has signals of all classes. */
export const likeAll = { beats: [], recordings: [] } as const;
/** Classes of real signals that rhythms of the simulators imitate. */
const likeRhythm: Readonly<Record<string, SyntheticOption["likest"]>> = {
  normal: { beats: ["N"], recordings: ["NORM", "SR"] },
  af: { beats: ["N"], recordings: ["AFIB"] },
  aflt: { beats: ["N"], recordings: ["AFLT", "AFL"] },
  pvc: { beats: ["V"], recordings: ["PVC"] },
  wpw: { beats: ["N"], recordings: ["WPW", "PREX"] },
};

export const virtualChoice = "virtual";
/** Many patients for a short while each: sets of few patients differ among themselves as much as from anything else. */
const virtualSize = { patients: 40, minutes: 1 } as const;

/** Signals that stand for real ones: of virtual patients, or those that a generator could learn from. */
export const realSourceOf = async (choice: string): Promise<GenerationSource> =>
  choice === virtualChoice ? { ...virtualSources.beats, ...virtualSize } : sourceOf(choice, "beats");

/** All synthetic sets of this browser: generators that have learned something, simulators, virtual patients, cohorts. */
export async function syntheticOptions(): Promise<SyntheticOption[]> {
  const [generations, cohorts] = await Promise.all([listGenerations(), workers.records.listCohorts()]);
  return [
    ...generations
      .filter(({ progress }) => progress.position > 0)
      .map(({ id, name, specification }) => ({
        value: `generator:${id}`,
        label: name,
        group: "Generators of this browser",
        form: specification.form,
        classes: specification.classes,
        likest: likeAll,
      })),
    ...Object.entries(simulatorsNow()).flatMap(([simulator, { title, presets, rhythms }]) =>
      rhythms.map((rhythm) => ({
        value: `simulator:${simulator}/${presets[0].value}/${rhythm.value}`,
        label: `${title}, ${rhythm.label.toLowerCase()}`,
        group: "Simulators",
        form: null,
        classes: null,
        likest: likeRhythm[rhythm.value] ?? likeAll,
      })),
    ),
    {
      value: virtualChoice,
      label: "Virtual patients of another seed",
      group: "Simulators",
      form: null,
      classes: null,
      likest: likeAll,
    },
    ...cohorts.map(({ id, name }) => ({
      value: `cohort:${id}`,
      label: `Cohort ${name}`,
      group: "Synthetic records",
      form: null,
      classes: null,
      likest: likeAll,
    })),
  ];
}

/** What a choice stands for. @throws Failure `no-such-set` where it is gone */
export async function syntheticSourceOf(choice: string): Promise<SyntheticSource> {
  const [kind, rest] = [choice.split(":")[0], choice.slice(choice.indexOf(":") + 1)];
  const option = (await syntheticOptions()).find(({ value }) => value === choice);
  if (option === undefined) {
    throw new Failure("no-such-set", "The synthetic set is gone.", choice, "Choose another one.");
  }
  const name = option.label;
  if (kind === "simulator") {
    const [simulator, preset, rhythm] = rest.split("/");
    return { kind: "simulator", name, simulator, preset, rhythm };
  }
  if (kind === "cohort") {
    const cohort = (await workers.records.listCohorts()).find(({ id }) => id === rest);
    return { kind: "records", name, members: cohort?.members ?? [] };
  }
  if (kind === "generator") {
    const generation = (await listGenerations()).find(({ id }) => id === rest);
    return { kind: "generator", id: rest, name, position: generation?.progress.position ?? 0 };
  }
  return { kind: "virtual", name, ...virtualSize };
}
