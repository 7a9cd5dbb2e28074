import type { TaskName } from "../../../../domain/experiment.ts";
import type { RealSyntheticQuestion, TableChoice } from "../../../../experiments/realSynthetic/protocol.ts";
import type { ExperimentTable, GainPoint } from "../../../../experiments/realSynthetic/tables.ts";
import { workers } from "../../../workers.ts";

const ask = (experiment: string, question: RealSyntheticQuestion) =>
  workers.reports.experimentReport(experiment, question);

/** What is told of an experiment of Real, Syn, Syn→Real. */
export const realSyntheticReport = {
  table: (experiment: string, task: TaskName, choice: TableChoice) =>
    ask(experiment, { of: "table", task, ...choice }) as Promise<ExperimentTable>,
  gains: (experiment: string, metric: TableChoice["metric"]) =>
    ask(experiment, { of: "gains", metric }) as Promise<GainPoint[]>,
};
