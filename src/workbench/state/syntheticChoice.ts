import type { SyntheticSource } from "../../domain/closeness.ts";
import { Failure } from "../../domain/failure.ts";
import { listGenerations } from "../../storage/generations.ts";
import { workers } from "../workers.ts";
import { simulatorsNow } from "./simulators.ts";

/** A synthetic set that can be chosen. */
export interface SyntheticOption {
  /** `generator:ID`, `simulator:NAME/PRESET/RHYTHM`, `virtual` or `cohort:ID`. */
  readonly value: string;
  readonly label: string;
  readonly group: string;
  /** Classes that it has; null where that is only known when it is made. */
  readonly classes: readonly string[] | null;
}

export const virtualChoice = "virtual";
/** Enough of each class for a first look. */
const virtualSize = { patients: 8, minutes: 5 } as const;

/** All synthetic sets of this browser: generators that have learned something, simulators, virtual patients, cohorts. */
export async function syntheticOptions(): Promise<SyntheticOption[]> {
  const [generations, cohorts] = await Promise.all([listGenerations(), workers.records.listCohorts()]);
  return [
    ...generations
      .filter(({ progress, specification }) => progress.position > 0 && specification.form === "beats")
      .map(({ id, name, specification }) => ({
        value: `generator:${id}`,
        label: name,
        group: "Generators of this browser",
        classes: specification.classes,
      })),
    ...Object.entries(simulatorsNow()).flatMap(([simulator, { title, presets, rhythms }]) =>
      rhythms.map((rhythm) => ({
        value: `simulator:${simulator}/${presets[0].value}/${rhythm.value}`,
        label: `${title}, ${rhythm.label.toLowerCase()}`,
        group: "Simulators",
        classes: null,
      })),
    ),
    {
      value: virtualChoice,
      label: "Virtual patients of another seed",
      group: "Simulators",
      classes: null,
    },
    ...cohorts.map(({ id, name }) => ({
      value: `cohort:${id}`,
      label: `Cohort ${name}`,
      group: "Synthetic records",
      classes: null,
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
