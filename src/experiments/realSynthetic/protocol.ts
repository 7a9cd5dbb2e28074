import { architectureNamed } from "../../classifiers/architectureNamed.ts";
import {
  type CellResult,
  type CellSpecification,
  type ExampleReference,
  type ExperimentSpecification,
  settingTitles,
  type TaskName,
} from "../../domain/experiment.ts";
import { agreementAt } from "../../evaluation/metrics/classification.ts";
import { cellAddress } from "../cell.ts";
import type { ExperimentProtocol, ResultForm } from "../protocol.ts";
import { isPlainScores, scoresAsJson, scoresFrom } from "../scoresAsJson.ts";
import { tablesAsCsv, tablesAsLatex } from "./exportTables.ts";
import { cellsOf } from "./grid.ts";
import type { TableMetricName } from "./metrics.ts";
import { parseExperiment } from "./specificationFile.ts";
import { experimentTable, type FinishedCell, gainBySize } from "./tables.ts";
import { tasks } from "./tasks.ts";

/** Where a table stands among those of an experiment. */
export interface TableChoice {
  readonly metric: TableMetricName;
  /** Most positives in training; null for all. */
  readonly positives: number | null;
}

/** What is asked of an experiment: an `ExperimentTable` of a task, or its `GainPoint`s. */
export type RealSyntheticQuestion =
  | ({ readonly of: "table"; readonly task: TaskName } & TableChoice)
  | { readonly of: "gains"; readonly metric: TableMetricName };

/** `AF · ResNet-18 · Syn→Real · split 1` */
export async function cellTitle({ task, architecture, setting, split, positives }: CellSpecification) {
  const { title } = await architectureNamed(architecture);
  const limit = positives === null ? "" : ` · ${positives} positives`;
  return `${tasks[task].short} · ${title} · ${settingTitles[setting]} · split ${split}${limit}`;
}

const resultForm: ResultForm<CellResult> = {
  write: (result) => ({ ...result, ...scoresAsJson(result) }),
  read(plain, fail) {
    const { examples } = plain;
    if (!isPlainScores(plain) || !Array.isArray(examples) || examples.length !== plain.labels.length) {
      throw fail("result", "Probabilities, labels and examples do not fit each other.");
    }
    return {
      ...(plain as unknown as Omit<CellResult, "probabilities" | "labels" | "examples">),
      ...scoresFrom(plain),
      examples: examples as ExampleReference[],
    };
  },
};

async function titlesOf({ architectures }: ExperimentSpecification): Promise<Record<string, string>> {
  const titles = architectures.map(async ({ architecture }) => [
    architecture,
    (await architectureNamed(architecture)).title,
  ]);
  return Object.fromEntries(await Promise.all(titles));
}

/** Nonaka & Seita 2026: real recordings, synthetic ones, or the one after the other. */
export const realSyntheticProtocol: ExperimentProtocol<
  ExperimentSpecification,
  CellSpecification,
  CellResult
> = {
  kind: "Real, Syn, Syn→Real experiment",
  cellKind: "Real, Syn, Syn→Real",
  parse: parseExperiment,
  // Without a search its cells are known, with one when it has ended.
  isSettled: ({ search, found }) => search === undefined || found !== undefined,
  settle: async (specification) => specification,
  cells: cellsOf,
  address: cellAddress,
  cellTitle,
  resultForm,
  resultInWords({ probabilities, labels }) {
    const truths = Array.from(labels, (label) => label === 1);
    return `F1 ${agreementAt(probabilities, truths, 0.5).f1.toFixed(3)}`;
  },
  async report(specification, ended, asked) {
    const question = asked as RealSyntheticQuestion;
    if (question.of === "gains") return gainBySize(specification, ended, question.metric);
    const { task, metric, positives } = question;
    return tableOf(specification, ended, task, { metric, positives });
  },
  async exportReport(specification, ended, asked, format) {
    const choice = asked as TableChoice;
    const tables = await Promise.all(
      specification.tasks.map((task) => tableOf(specification, ended, task, choice)),
    );
    if (format === "csv") return tablesAsCsv(tables);
    if (format === "latex") return `${tablesAsLatex(tables, await titlesOf(specification))}\n`;
    return `${JSON.stringify({ specification, tables }, null, 2)}\n`;
  },
  presets: null,
  training: async () => (await import("./cellTraining.ts")).recordingTraining,
};

async function tableOf(
  specification: ExperimentSpecification,
  ended: readonly FinishedCell[],
  task: TaskName,
  { metric, positives }: TableChoice,
) {
  return experimentTable(specification, ended, task, metric, positives, {
    titles: await titlesOf(specification),
  });
}
