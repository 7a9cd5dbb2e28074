import { architectureNamed } from "../../classifiers/architectureNamed.ts";
import type { CellSpecification, FoundHyperparameters } from "../../domain/experiment.ts";
import { Failure } from "../../domain/failure.ts";
import { canonicalAddress } from "../../experiments/cell.ts";
import {
  foundBy,
  groupSearch,
  reportsOf,
  searchGroups,
  trialCell,
} from "../../experiments/realSynthetic/hyperparameterSearch.ts";
import {
  finishTrial,
  nextTrial,
  type SearchState,
  shouldPruneTrial,
  type TrialResult,
} from "../../experiments/search/search.ts";
import { breathe } from "../../neural/training/breathe.ts";
import {
  findExperiment,
  isOfRealSynthetic,
  keepExperiment,
  listExperiments,
} from "../../storage/experiments.ts";
import { deleteRuns, findTraining } from "../../storage/runs.ts";
import { deleteSearches, findSearch, keepSearch, searchesNamed } from "../../storage/searches.ts";
import type {
  AnyRun,
  StoredExperiment,
  StoredPhase,
  StoredRun,
  StoredSearch,
} from "../../storage/trainings.ts";

/** Which trial of which search a run is; numbers from 0. */
export interface TrialOf {
  readonly search: string;
  readonly number: number;
}

/** Whether a trial whose validations are these should end. */
export type PruneRule = (phases: readonly StoredPhase[]) => boolean;

/** The rule for a run that is a trial of a search. */
export async function pruneRuleOf(run: StoredRun): Promise<PruneRule> {
  const search = run.search === undefined ? null : await findSearch(run.search);
  if (search === null) return () => false;
  return (phases) => shouldPruneTrial(stateOf(search), searchedReports(run.cell, phases));
}

/** @param prepareRun keeps a run that waits */
export function searchFunctions(prepareRun: (cell: CellSpecification, trial?: TrialOf) => Promise<AnyRun>) {
  return {
    /**
     * The next search of an experiment that has not ended; null when all have. One with the same question and budget
     * that another experiment asked is found again.
     */
    async nextSearch(experimentId: string): Promise<StoredSearch | null> {
      const experiment = await wanted(experimentId);
      return (await progressOf(experiment)).open;
    },

    /** The run of a search's next trial, which may have begun before; null when the search has ended. */
    async nextTrialRun(id: string): Promise<AnyRun | null> {
      const search = await wantedSearch(id);
      const trial = nextTrial(stateOf(search));
      if (trial === undefined) return null;
      return prepareRun(trialCell(search.cell, trial.values), { search: id, number: trial.number });
    },

    /**
     * Takes note of a trial that has ended.
     * @param failure why it could not be trained, or null
     * @returns false where its run was only stopped
     */
    async endTrial(id: string, runId: string, failure: string | null): Promise<boolean> {
      const search = await wantedSearch(id);
      const state = stateOf(search);
      const trial = nextTrial(state);
      const run = await findTraining(runId);
      if (trial === undefined || run === null) return true;
      const result: TrialResult | null =
        failure === null ? outcomeOf(run) : { outcome: "failed", reason: failure };
      if (result === null) return false;
      const reports = searchedReports(run.cell, run.phases);
      // A run that another search has computed costs this one the same.
      const ended = finishTrial(state, trial, result, reports, run.seconds / 60);
      await keepSearch({ ...search, state: ended, runs: [...search.runs, runId] });
      return true;
    },
  };
}

/** Forgets the searches of an experiment that no other one shares, with their trials. */
export async function removeSearches(experimentId: string): Promise<void> {
  const all = await listExperiments();
  const shared = new Set(all.flatMap(({ id, searches }) => (id === experimentId ? [] : (searches ?? []))));
  const own = all.find(({ id }) => id === experimentId)?.searches ?? [];
  const searches = await searchesNamed(own.filter((id) => !shared.has(id)));
  await deleteRuns(searches.flatMap(({ runs }) => runs));
  await deleteSearches(searches.map(({ id }) => id));
}

/** What the searches of an experiment found. @throws Failure `search-open` where they have not all ended */
export async function foundBySearches(experimentId: string): Promise<readonly FoundHyperparameters[]> {
  const { open, found } = await progressOf(await wanted(experimentId));
  if (open === null) return found;
  throw new Failure("search-open", "Its searches have not all ended.", experimentId, "Go on with them.");
}

/** A state as the numerics know it: the database keeps it as plain JSON. */
const stateOf = ({ state }: StoredSearch): SearchState => state as SearchState;

interface SearchProgress {
  readonly found: readonly FoundHyperparameters[];
  /** The first search that has not ended. */
  readonly open: StoredSearch | null;
}

/** Goes through the searches of an experiment as far as they have ended; the next one is kept with it. */
async function progressOf(experiment: StoredExperiment): Promise<SearchProgress> {
  const { specification } = experiment;
  const found: FoundHyperparameters[] = [];
  for (const group of searchGroups(specification)) {
    const architecture = await architectureNamed(group.architecture);
    const { cell, begun } = groupSearch(specification, group, architecture, found);
    const id = await canonicalAddress({ search: { cell, plan: begun.plan } });
    const known = await findSearch(id);
    const search = known ?? { id, createdAt: Date.now(), cell, state: begun, runs: [] };
    if (known === null) await keepSearch(search);
    await rememberSearch(experiment.id, id);
    if (nextTrial(stateOf(search)) !== undefined) return { found, open: search };
    found.push(foundBy(specification, group, stateOf(search), found));
    await breathe();
  }
  return { found, open: null };
}

async function rememberSearch(experimentId: string, id: string): Promise<void> {
  const experiment = await wanted(experimentId);
  const searches = experiment.searches ?? [];
  if (!searches.includes(id)) await keepExperiment({ ...experiment, searches: [...searches, id] });
}

/** How a trial's run ended, for its search; null where it has not. */
function outcomeOf({ state, result, message }: StoredRun): TrialResult | null {
  if (result !== null) return { outcome: "complete", value: result.bestLoss };
  if (state === "pruned") return { outcome: "pruned" };
  if (state === "diverged" || state === "deviceLost") return { outcome: "failed", reason: message };
  return null;
}

/** Validation losses of the phase that a trial is about: the last of its setting. */
function searchedReports({ setting }: CellSpecification, phases: readonly StoredPhase[]) {
  const searched = setting === "synthetic" ? "synthetic" : "real";
  return reportsOf(phases.find(({ phase }) => phase === searched)?.validations ?? []);
}

async function wanted(id: string): Promise<StoredExperiment> {
  const experiment = await findExperiment(id);
  if (experiment !== null && isOfRealSynthetic(experiment)) return experiment;
  throw new Failure("no-such-experiment", "There is no such experiment.", id, "Choose one of the list.");
}

async function wantedSearch(id: string): Promise<StoredSearch> {
  const search = await findSearch(id);
  if (search !== null) return search;
  throw new Failure(
    "no-such-search",
    "There is no such search.",
    id.slice(0, 12),
    "Begin the experiment anew.",
  );
}
