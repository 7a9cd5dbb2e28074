import { Failure } from "../domain/failure.ts";
import type { EndedCell, ReportFormat } from "../experiments/protocol.ts";
import { protocolNamed } from "../experiments/protocols.ts";
import { findExperiment } from "../storage/experiments.ts";
import { findRun } from "../storage/runs.ts";

/**
 * What the report worker offers: tables and figures of experiments. It is a worker of its own, so that intervals of
 * thousands of resamples keep no training waiting.
 */
export const reportService = {
  /** One table or figure of an experiment from the runs that have ended. @param question as its protocol takes it */
  async experimentReport(id: string, question: unknown): Promise<unknown> {
    const { protocol, specification, ended } = await endedCells(id);
    return protocol.report(specification, ended, question);
  },

  /** All tables of an experiment as a file's text. */
  async exportReport(id: string, question: unknown, format: ReportFormat): Promise<string> {
    const { protocol, specification, ended } = await endedCells(id);
    return protocol.exportReport(specification, ended, question, format);
  },
};

export type ReportService = typeof reportService;

async function endedCells(id: string) {
  const experiment = await findExperiment(id);
  if (experiment === null) {
    throw new Failure("no-such-experiment", "There is no such experiment.", id, "Choose one of the list.");
  }
  const { specification, runs } = experiment;
  const protocol = protocolNamed(specification.kind);
  const ended: EndedCell<{ readonly kind: string }, unknown>[] = [];
  if (!protocol.isSettled(specification)) return { protocol, specification, ended };
  // A run may have been made for another experiment: what does not count for its address may differ in its cell.
  for (const [index, cell] of protocol.cells(specification).entries()) {
    const result = (await findRun(runs[index]))?.result ?? null;
    if (result !== null) ended.push({ cell, result });
  }
  return { protocol, specification, ended };
}
