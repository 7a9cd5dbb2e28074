import type { CellSpecification, ExperimentSpecification, TaskName } from "../../domain/experiment.ts";
import { Failure } from "../../domain/failure.ts";
import { cellAddress } from "../../experiments/cell.ts";
import { tablesAsCsv, tablesAsLatex } from "../../experiments/realSynthetic/exportTables.ts";
import { cellsOf } from "../../experiments/realSynthetic/grid.ts";
import type { TableMetricName } from "../../experiments/realSynthetic/metrics.ts";
import { parseExperiment } from "../../experiments/realSynthetic/specificationFile.ts";
import {
  type ExperimentTable,
  experimentTable,
  type FinishedCell,
  type GainPoint,
  gainBySize,
} from "../../experiments/realSynthetic/tables.ts";
import { parseResult } from "../../experiments/resultFile.ts";
import { breathe } from "../../neural/training/breathe.ts";
import type { StoredExperiment } from "../../storage/database.ts";
import { deleteExperiment, findExperiment, keepExperiment } from "../../storage/experiments.ts";
import { deleteRuns, findRun, keepRun } from "../../storage/runs.ts";
import { architectureNamed } from "./environment.ts";
import { runFunctions } from "./runs.ts";
import { foundBySearches, removeSearches, searchFunctions } from "./searches.ts";

/** Where a table stands among those of an experiment. */
export interface TableChoice {
  readonly metric: TableMetricName;
  /** Most positives in training; null for all. */
  readonly positives: number | null;
}

export const tableFormats = ["csv", "json", "latex"] as const;
export type TableFormat = (typeof tableFormats)[number];

/** What the training worker offers of experiments; the page has their cells trained one after the other. */
export const experimentFunctions = {
  ...searchFunctions(runFunctions.prepareRun),

  /**
   * Keeps an experiment with its runs; those that were computed before are found again.
   * @throws Failure for what one of its cells does not allow
   */
  async prepareExperiment(specification: ExperimentSpecification): Promise<StoredExperiment> {
    const cells = cellsOf(specification);
    if (cells.length === 0) {
      throw new Failure(
        "empty-experiment",
        "There is nothing to compute.",
        specification.name,
        "Choose more.",
      );
    }
    const runs = isSettled(specification) ? await prepareRuns(cells) : [];
    const experiment: StoredExperiment = {
      id: crypto.randomUUID(),
      createdAt: Date.now(),
      specification,
      runs,
      skipped: [],
    };
    await keepExperiment(experiment);
    return experiment;
  },

  /** Gives an experiment whose searches have all ended the runs of its cells. @throws Failure where they have not */
  async settleExperiment(id: string): Promise<void> {
    const found = await foundBySearches(id);
    const { specification, ...experiment } = await wanted(id);
    const settled = { ...specification, found };
    await keepExperiment({
      ...experiment,
      specification: settled,
      runs: await prepareRuns(cellsOf(settled)),
    });
  },

  /** Leaves a cell out, or takes it in again. */
  async skipCell(id: string, run: string, isSkipped: boolean): Promise<void> {
    const experiment = await wanted(id);
    const others = experiment.skipped.filter((each) => each !== run);
    await keepExperiment({ ...experiment, skipped: isSkipped ? [...others, run] : others });
  },

  async removeExperiment(id: string): Promise<void> {
    await removeSearches(id);
    await deleteExperiment(id);
  },

  /** @throws Failure `experiment-file` */
  async readExperiment(text: string, file: string): Promise<StoredExperiment> {
    return experimentFunctions.prepareExperiment(parseExperiment(text, file));
  },

  /**
   * Keeps results that other machines computed; runs that are finished here stay.
   * @returns how many were new
   * @throws Failure `result-file` for a file that is none; nothing is kept then
   */
  async importResults(files: readonly { readonly name: string; readonly text: string }[]): Promise<number> {
    const computed = files.map(({ name, text }) => parseResult(text, name));
    let added = 0;
    for (const { address, cell, end, message, backend, version, seconds, result } of computed) {
      const known = await findRun(address);
      if (known !== null && (known.result !== null || known.state === "running")) continue;
      const prepared = known ?? (await runFunctions.prepareRun(cell));
      await keepRun({
        ...prepared,
        id: address,
        updatedAt: Date.now(),
        state: end,
        message,
        backend,
        version,
        seconds,
        result,
        notes: ["Computed on another machine."],
      });
      if (prepared.id !== address) await deleteRuns([prepared.id]);
      added++;
    }
    return added;
  },

  /** One table of an experiment from the runs that have ended. */
  async experimentTable(id: string, task: TaskName, choice: TableChoice): Promise<ExperimentTable> {
    const { specification } = await wanted(id);
    return tableOf(specification, await finishedCells(specification), task, choice);
  },

  async experimentGains(id: string, metric: TableMetricName): Promise<GainPoint[]> {
    const { specification } = await wanted(id);
    return gainBySize(specification, await finishedCells(specification), metric);
  },

  /** All tables of a metric as a file's text. */
  async exportTables(id: string, choice: TableChoice, format: TableFormat): Promise<string> {
    const { specification, runs } = await wanted(id);
    const finished = await finishedCells(specification);
    const tables: ExperimentTable[] = [];
    for (const task of specification.tasks) tables.push(await tableOf(specification, finished, task, choice));
    if (format === "csv") return tablesAsCsv(tables);
    if (format === "latex") return `${tablesAsLatex(tables, await titlesOf(specification))}\n`;
    return `${JSON.stringify({ specification, runs, tables }, null, 2)}\n`;
  },
};

/** Whether its cells are known: without a search they are, with one when it has ended. */
const isSettled = ({ search, found }: ExperimentSpecification) => search === undefined || found !== undefined;

async function prepareRuns(cells: readonly CellSpecification[]): Promise<string[]> {
  const runs: string[] = [];
  for (const cell of cells) {
    runs.push((await runFunctions.prepareRun(cell)).id);
    await breathe();
  }
  return runs;
}

async function wanted(id: string): Promise<StoredExperiment> {
  const experiment = await findExperiment(id);
  if (experiment !== null) return experiment;
  throw new Failure("no-such-experiment", "There is no such experiment.", id, "Choose one of the list.");
}

async function titlesOf({ architectures }: ExperimentSpecification): Promise<Record<string, string>> {
  const titles = architectures.map(async ({ architecture }) => [
    architecture,
    (await architectureNamed(architecture)).title,
  ]);
  return Object.fromEntries(await Promise.all(titles));
}

async function tableOf(
  specification: ExperimentSpecification,
  finished: readonly FinishedCell[],
  task: TaskName,
  { metric, positives }: TableChoice,
): Promise<ExperimentTable> {
  const titles = await titlesOf(specification);
  await breathe();
  return experimentTable(specification, finished, task, metric, positives, { titles });
}

async function finishedCells(specification: ExperimentSpecification): Promise<FinishedCell[]> {
  if (!isSettled(specification)) return [];
  const finished: FinishedCell[] = [];
  for (const cell of cellsOf(specification)) {
    const result = (await findRun(await cellAddress(cell)))?.result ?? null;
    if (result !== null) finished.push({ cell, result });
  }
  return finished;
}
