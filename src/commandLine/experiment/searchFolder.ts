import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { architectureNamed } from "../../classifiers/architectureNamed.ts";
import type {
  CellResult,
  CellSpecification,
  ExperimentSpecification,
  FoundHyperparameters,
  SearchGroup,
} from "../../domain/experiment.ts";
import { Failure } from "../../domain/failure.ts";
import { canonicalAddress, cellAddress } from "../../experiments/cell.ts";
import { foundBy, groupSearch, trialCell } from "../../experiments/realSynthetic/hyperparameterSearch.ts";
import { realSyntheticProtocol } from "../../experiments/realSynthetic/protocol.ts";
import {
  finishTrial,
  nextTrial,
  type SearchState,
  type TrialResult,
} from "../../experiments/search/search.ts";
import type { RecordShelf } from "../recordShelf.ts";
import type { CellComputer, ComputedOutcome } from "./cellComputer.ts";
import { shelfData } from "./cellData.ts";
import { cellFolder, writeWhole } from "./cellFolder.ts";

/** What searches need of the call. */
export interface SearchPlace {
  readonly computer: CellComputer;
  /** Folder of the results; searches lie under it. */
  readonly out: string;
  readonly shelf: RecordShelf | null;
  tell(line: string): void;
}

/**
 * Searches the hyper-parameters of some groups of an experiment, one after the other. What a folder holds of a search is not
 * tried again.
 * @returns what each found, in their order
 */
export async function searchInFolder(
  experiment: ExperimentSpecification,
  groups: readonly SearchGroup[],
  place: SearchPlace,
): Promise<FoundHyperparameters[]> {
  const folder = join(place.out, "searches");
  await mkdir(folder, { recursive: true });
  const found: FoundHyperparameters[] = [];
  for (const group of groups) {
    const { cell, begun } = groupSearch(
      experiment,
      group,
      await architectureNamed(group.architecture),
      found,
    );
    const file = join(folder, `${await canonicalAddress({ search: { cell, plan: begun.plan } })}.json`);
    let state = existsSync(file) ? (JSON.parse(await readFile(file, "utf8")) as SearchState) : begun;
    const label = `Search ${group.task} · ${group.architecture} · ${group.setting}`;
    for (let trial = nextTrial(state); trial !== undefined; trial = nextTrial(state)) {
      const began = performance.now();
      const { result, reports } = await tried(trialCell(cell, trial.values), state, place);
      state = finishTrial(state, trial, result, reports, (performance.now() - began) / 60_000);
      await writeWhole(file, `${JSON.stringify(state)}\n`);
      const value = result.outcome === "complete" ? `loss ${result.value.toFixed(4)}` : result.outcome;
      place.tell(`${label}: trial ${trial.number + 1}, ${value}`);
    }
    found.push(foundBy(experiment, group, state, found));
  }
  return found;
}

/** Trains a trial. A choice of values that cannot be built fails alone; what is wrong with the recordings ends the call. */
async function tried(cell: CellSpecification, search: SearchState, { computer, out, shelf }: SearchPlace) {
  const folder = cellFolder(await cellAddress(cell), out, shelfData(shelf));
  try {
    const computed = await computer.compute(realSyntheticProtocol, cell, folder, search);
    return { result: resultOf(computed), reports: computed.trial?.reports ?? [] };
  } catch (error) {
    if (error instanceof Failure && error.code !== "parameter-out-of-range") throw error;
    const reason = error instanceof Error ? error.message : String(error);
    return { result: { outcome: "failed", reason } as const, reports: [] };
  } finally {
    await folder.forget();
  }
}

function resultOf({ outcome, trial }: ComputedOutcome<CellResult>): TrialResult {
  if (trial?.isPruned === true) return { outcome: "pruned" };
  if (outcome.end === "diverged") return { outcome: "failed", reason: outcome.reason };
  if (outcome.end === "cancelled") return { outcome: "failed", reason: "It was stopped." };
  return { outcome: "complete", value: outcome.result.bestLoss };
}
