import { createStore } from "zustand/vanilla";
import type { ExperimentSpecification, SearchBudget, Setting, TaskName } from "../../domain/experiment.ts";
import { experimentActions } from "./experiment.ts";
import { cellOf, realSourceOf, training } from "./training.ts";

/** What a person has set up for the next experiment of Real, Syn, Syn→Real, beside what is set up under Train. */
export interface ExperimentDraft {
  readonly name: string;
  readonly tasks: readonly TaskName[];
  readonly architectures: readonly string[];
  readonly settings: readonly Setting[];
  /** Runs of each setting: splits 1 to this. */
  readonly runs: number;
  /** Most positives, as written: `all, 100, 10`. */
  readonly positives: string;
  /** Whether hyper-parameters are searched first, and how long each search goes on; null for no such limit. */
  readonly isSearched: boolean;
  readonly trials: number | null;
  readonly minutes: number | null;
}

/** The numbers of positives of the paper's scarce-data sweep. */
export const paperPositives = "1, 2, 5, 10, 25, 50, 100, 250, 500, 1000";

export const realSynthetic = createStore<{ readonly draft: ExperimentDraft }>(() => ({
  draft: {
    name: "Real, Syn, Syn→Real",
    tasks: ["af"],
    architectures: ["gru"],
    settings: ["real", "synthetic", "syntheticToReal"],
    runs: 5,
    positives: "all",
    isSearched: false,
    trials: 20,
    minutes: null,
  },
}));

/** `all, 100, 10` → `[null, 100, 10]`; null where it is not such a list. */
export function positivesOf(text: string): (number | null)[] | null {
  const parts = text
    .split(/[,;\s]+/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const values = parts.map((part) => (part === "all" ? null : Number(part)));
  const isRight =
    values.length > 0 && values.every((each) => each === null || (Number.isInteger(each) && each > 0));
  return isRight ? values : null;
}

async function specificationOf(draft: ExperimentDraft): Promise<ExperimentSpecification> {
  const single = training.getState().draft;
  const real = await realSourceOf(single.realSource, single.byPatient);
  const { form, synthetic, seed } = cellOf(single, real);
  return {
    kind: "Real, Syn, Syn→Real experiment",
    name: draft.name,
    tasks: draft.tasks,
    architectures: draft.architectures.map((architecture) => ({
      architecture,
      hyperparameters: cellOf({ ...single, architecture }, real).hyperparameters,
    })),
    settings: real === null ? ["synthetic"] : draft.settings,
    splits: Array.from({ length: draft.runs }, (_, index) => index + 1),
    positives: positivesOf(draft.positives) ?? [null],
    form,
    synthetic,
    real,
    seed,
    ...(draft.isSearched ? { search: budgetOf(draft) } : {}),
  };
}

const budgetOf = ({ trials, minutes }: ExperimentDraft): SearchBudget => ({
  ...(trials === null ? {} : { trials }),
  ...(minutes === null ? {} : { minutes }),
});

export const realSyntheticActions = {
  draft(changes: Partial<ExperimentDraft>): void {
    realSynthetic.setState(({ draft }) => ({ draft: { ...draft, ...changes } }));
  },
  /** Keeps what is set up as an experiment, and begins to compute it. */
  async start(): Promise<void> {
    await experimentActions.begin(await specificationOf(realSynthetic.getState().draft));
  },
};
