import type { Architecture } from "../../classifiers/architecture.ts";
import type {
  CellSpecification,
  ExperimentSpecification,
  FoundHyperparameters,
  SearchGroup,
} from "../../domain/experiment.ts";
import { numberAt, type Values } from "../../domain/schema.ts";
import { trainingSchema } from "../../neural/training/schema.ts";
import type { SearchValues } from "../search/distributions.ts";
import { beginSearch, bestTrial, type SearchState, shouldPruneTrial } from "../search/search.ts";
import { searchSpaceOf } from "../search/space.ts";
import type { Report } from "../search/trial.ts";
import { cellFor } from "./grid.ts";
import { type CellCheckpoint, type CellHooks, cellValues } from "./runCell.ts";

/** A search with the cell that its trials vary. */
export interface GroupSearch {
  readonly cell: CellSpecification;
  readonly begun: SearchState;
}

/** The split of the searches: the paper's sixth, or one behind those that are evaluated. */
export const searchSplit = ({ splits }: Pick<ExperimentSpecification, "splits">): number =>
  Math.max(6, ...splits.map((split) => split + 1));

/** What an experiment searches for, synthetic training before the one that builds on it. */
export function searchGroups({ tasks, architectures, settings }: ExperimentSpecification): SearchGroup[] {
  const order = ["synthetic", "syntheticToReal", "real"] as const;
  return tasks.flatMap((task) =>
    architectures.flatMap(({ architecture }) =>
      order
        .filter((setting) => settings.includes(setting))
        .map((setting) => ({ task, architecture, setting })),
    ),
  );
}

/**
 * The search of one group (Nonaka & Seita 2026 and its code): every trial trains on the search's split, half the epochs
 * long, without early stopping, for the pruner stands in its place; its value is the best validation loss. Where synthetic
 * training was searched too, Syn→Real keeps that network and searches only how to train it on.
 * @param found of the searches before it
 */
export function groupSearch(
  experiment: ExperimentSpecification,
  group: SearchGroup,
  architecture: Pick<Architecture, "hyperparameters">,
  found: readonly FoundHyperparameters[],
): GroupSearch {
  const inherited = inheritedOf(group, found);
  const cell = cellFor(experiment, group, searchSplit(experiment), null);
  const hyperparameters = inherited ?? cell.hyperparameters;
  const { epochs, ...base } = { ...cellValues({ ...cell, hyperparameters }, architecture) };
  const trial: CellSpecification = {
    ...cell,
    hyperparameters: {
      ...base,
      epochs: Math.ceil(numberAt({ epochs }, "epochs") / 2),
      patience: withoutEarlyStopping,
    },
    ...(inherited === null ? {} : { pretraining: inherited }),
    purpose: "search",
  };
  const schema = inherited === null ? { ...architecture.hyperparameters, ...trainingSchema } : trainingSchema;
  const space = searchSpaceOf(schema, experiment.form.samplingFrequency);
  return { cell: trial, begun: beginSearch(space, experiment.seed, experiment.search ?? {}) };
}

/** Most that the schema allows: more validations than a trial has. */
const withoutEarlyStopping = 100;

/** The cell of a trial. */
export function trialCell(cell: CellSpecification, values: SearchValues): CellSpecification {
  return { ...cell, hyperparameters: { ...cell.hyperparameters, ...values } };
}

/** A trial under way, as its search follows it. */
export interface WatchedTrial {
  readonly hooks: CellHooks;
  /** Validation losses so far, of the phase that the trial is about. */
  reports(): readonly Report[];
  /** Whether the search has given it up; its cell then ends as if it were stopped. */
  isPruned(): boolean;
}

/**
 * Has a search follow a trial.
 * @param checkpoint where the trial goes on, or null
 */
export function watchTrial(
  search: SearchState,
  cell: CellSpecification,
  hooks: CellHooks,
  checkpoint: CellCheckpoint | null,
): WatchedTrial {
  const searched = cell.setting === "synthetic" ? "synthetic" : "real";
  const isIn = checkpoint?.phase === searched;
  const validations = isIn ? checkpoint.state.validations.map(({ epoch, loss }) => ({ epoch, loss })) : [];
  let phase = checkpoint?.phase ?? null;
  let isPruned = false;
  return {
    reports: () => reportsOf(validations),
    isPruned: () => isPruned,
    hooks: {
      ...hooks,
      stopped: () => isPruned || hooks.stopped(),
      onActivity(activity) {
        phase = activity.phase;
        hooks.onActivity?.(activity);
      },
      onValidation(validation) {
        hooks.onValidation?.(validation);
        if (phase !== searched) return;
        validations.push({ epoch: validation.epoch, loss: validation.loss });
        isPruned = shouldPruneTrial(search, reportsOf(validations));
      },
    },
  };
}

/** What a search is told of a trial: the validation losses of the phase that it is about. */
export function reportsOf(
  validations: readonly { readonly epoch: number; readonly loss: number }[],
): Report[] {
  return validations.map(({ epoch, loss }) => ({ step: epoch, value: loss }));
}

/** What a group's cells are trained with: the best trial's values, or those set up where no trial came to its end. */
export function foundBy(
  experiment: ExperimentSpecification,
  group: SearchGroup,
  ended: SearchState,
  found: readonly FoundHyperparameters[],
): FoundHyperparameters {
  const inherited = inheritedOf(group, found);
  const base = inherited ?? cellFor(experiment, group, 1, null).hyperparameters;
  return {
    ...group,
    hyperparameters: { ...base, ...bestTrial(ended)?.values },
    ...(inherited === null ? {} : { pretraining: inherited }),
  };
}

/** What the searches of an experiment found, read off cells that were trained with it. */
export function foundIn(
  experiment: ExperimentSpecification,
  cells: readonly CellSpecification[],
): FoundHyperparameters[] {
  return searchGroups(experiment).flatMap((group): FoundHyperparameters[] => {
    const own = cells.find(
      ({ task, architecture, setting, purpose, split }) =>
        task === group.task &&
        architecture === group.architecture &&
        setting === group.setting &&
        purpose !== "search" &&
        experiment.splits.includes(split),
    );
    if (own === undefined) return [];
    const { hyperparameters, pretraining } = own;
    return [{ ...group, hyperparameters, ...(pretraining === undefined ? {} : { pretraining }) }];
  });
}

/** The synthetic training that Syn→Real goes on from, where it was searched for. */
function inheritedOf(
  { task, architecture, setting }: SearchGroup,
  found: readonly FoundHyperparameters[],
): Values | null {
  if (setting !== "syntheticToReal") return null;
  const synthetic = found.find(
    (each) => each.task === task && each.architecture === architecture && each.setting === "synthetic",
  );
  return synthetic?.hyperparameters ?? null;
}
