import type { ProtocolCell, ProtocolSpecification } from "../../domain/experiment.ts";
import { Failure } from "../../domain/failure.ts";
import type { ProtocolPresets } from "../../experiments/protocol.ts";
import { parseAnyExperiment, protocolNamed, protocols } from "../../experiments/protocols.ts";
import { parseResult } from "../../experiments/resultFile.ts";
import { breathe } from "../../neural/training/breathe.ts";
import { deleteExperiment, findExperiment, keepExperiment } from "../../storage/experiments.ts";
import { deleteRuns, findRun, keepRun } from "../../storage/runs.ts";
import type { AnyExperiment } from "../../storage/trainings.ts";
import { libraryStore } from "./libraryStore.ts";
import { runFunctions } from "./runs.ts";
import { foundBySearches, removeSearches, searchFunctions } from "./searches.ts";

/** What the training worker offers of experiments; the page has their cells trained one after the other. */
export const experimentFunctions = {
  ...searchFunctions(runFunctions.prepareRun),

  /** What forms of the protocols begin with, by their kinds; null where the page knows itself. */
  async describeProtocols(): Promise<Readonly<Record<string, ProtocolPresets | null>>> {
    return Object.fromEntries(protocols.map(({ kind, presets }) => [kind, presets]));
  },

  /**
   * Keeps an experiment with its runs; those that were computed before are found again.
   * @throws Failure for what one of its cells does not allow
   */
  async prepareExperiment(asked: ProtocolSpecification): Promise<AnyExperiment> {
    const protocol = protocolNamed(asked.kind);
    const specification = await protocol.settle(asked, libraryStore);
    const cells = protocol.cells(specification);
    if (cells.length === 0) {
      throw new Failure(
        "empty-experiment",
        "There is nothing to compute.",
        specification.name,
        "Choose more, or ask for less of the data.",
      );
    }
    const experiment: AnyExperiment = {
      id: crypto.randomUUID(),
      createdAt: Date.now(),
      specification,
      runs: protocol.isSettled(specification) ? await prepareRuns(cells) : [],
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
    const runs = await prepareRuns(protocolNamed(settled.kind).cells(settled));
    await keepExperiment({ ...experiment, specification: settled, runs });
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
  async readExperiment(text: string, file: string): Promise<AnyExperiment> {
    return experimentFunctions.prepareExperiment(parseAnyExperiment(text, file));
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
};

async function prepareRuns(cells: readonly ProtocolCell[]): Promise<string[]> {
  const runs: string[] = [];
  for (const cell of cells) {
    runs.push((await runFunctions.prepareRun(cell)).id);
    await breathe();
  }
  return runs;
}

async function wanted(id: string): Promise<AnyExperiment> {
  const experiment = await findExperiment(id);
  if (experiment !== null) return experiment;
  throw new Failure("no-such-experiment", "There is no such experiment.", id, "Choose one of the list.");
}
