import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { CellSpecification, ExperimentSpecification } from "../domain/experiment.ts";
import { settingTitles } from "../domain/experiment.ts";
import { Failure } from "../domain/failure.ts";
import { cellAddress } from "../experiments/cell.ts";
import { cellsOf, parsedShard, shardOfExperiment } from "../experiments/realSynthetic/grid.ts";
import { searchGroups } from "../experiments/realSynthetic/hyperparameterSearch.ts";
import { realSyntheticProtocol } from "../experiments/realSynthetic/protocol.ts";
import { parseExperiment } from "../experiments/realSynthetic/specificationFile.ts";
import { tasks } from "../experiments/realSynthetic/tasks.ts";
import type { BackendInfo } from "../neural/backend/backends.ts";
import { type Command, pathOf, print, textOf, UsageError } from "./command.ts";
import { shelfData } from "./experiment/cellData.ts";
import { computeCellOn } from "./experiment/computeCell.ts";
import { nodeComputer } from "./experiment/nodeComputer.ts";
import { backendOf, computerHelp, openComputer } from "./experiment/openComputer.ts";
import { searchInFolder } from "./experiment/searchFolder.ts";
import { LeftOut } from "./leftOut.ts";
import { isStandIn, type RecordShelf, shelve, standIn, standInWords } from "./recordShelf.ts";

/** Computes the cells of an experiment. */
export const experiment: Command = {
  summary: "compute the trainings of an experiment, or a share of them",
  help: `npm run ecg -- experiment SPEC.json [options]

Computes the trainings of an experiment as the Experiment page exports it, one after the other: on this machine's
processor (WebAssembly), or with --browser in a Chromium without a window, on its graphics card where it has one. Each
ends in a file of its own, named by the hash of all that it depends on: a call that is broken off goes on where it
stopped, in either form, and nothing is computed twice. The page opens the files; so does merge.

  --out DIR      folder for the results (default: results)
  --shard I/N    only every N-th training, beginning with the I-th: run N machines with I = 1 … N
  --data DIR     folder with the real records, such as PTB-XL's; ${standInWords}
${computerHelp}
  --list         only print which trainings there are, and which are computed

Where the specification names no records ("members": []), all of --data are meant.

Examples
  npm run ecg -- experiment spec.json --data ptb-xl --out results
  npm run ecg -- experiment spec.json --data ptb-xl --out results --shard 3/40
  npm run ecg -- experiment spec.json --data ptb-xl --out results --browser --backend webgpu`,
  async run(words) {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        out: { type: "string", default: "results" },
        shard: { type: "string", default: "1/1" },
        data: { type: "string" },
        list: { type: "boolean", default: false },
        browser: { type: "boolean", default: false },
        backend: { type: "string", default: "auto" },
      },
    });
    if (positionals.length !== 1) throw new UsageError("experiment takes one specification.");
    const backend = backendOf(values.backend, values.browser);
    const file = pathOf(positionals[0]);
    const asked = parseExperiment(await textOf(file), positionals[0]);
    const { shard, shards } = parsedShard(values.shard);
    const shelf = values.data === undefined ? null : await openShelf(values.data, asked);
    const specification = withMembers(asked, shelf);
    const { isOwn, cells: planned } = shardOfExperiment(specification, shard, shards);
    const groups = searchGroups(specification).filter(isOwn);
    const out = pathOf(values.out);
    await mkdir(out, { recursive: true });
    if (values.list) {
      for (const { task, architecture, setting } of groups) {
        print(`search\t${tasks[task].short} · ${architecture} · ${settingTitles[setting]}`);
      }
      for (const cell of planned) {
        const address = await cellAddress(cell);
        const state = existsSync(join(out, `${address}.json`)) ? "computed" : "open";
        print(`${address.slice(0, 12)}\t${state}\t${wordsOf(cell)}`);
      }
      return;
    }
    const computer = await openComputer("experiment", values.browser, backend);
    try {
      const found = await searchInFolder(specification, groups, { computer, out, shelf, tell: print });
      const cells = found.length === 0 ? planned : cellsOf({ ...specification, found }).filter(isOwn);
      for (const [index, cell] of cells.entries()) {
        const label = `${index + 1}/${cells.length} ${wordsOf(cell)}`;
        print(
          `${label}: ${await computeCellOn(computer, realSyntheticProtocol, cell, out, shelfData(shelf))}`,
        );
      }
    } finally {
      await computer.close();
    }
  },
};

const wordsOf = ({ task, architecture, setting, split, positives }: CellSpecification) =>
  [
    tasks[task].short,
    architecture,
    settingTitles[setting],
    `split ${split}`,
    ...(positives === null ? [] : [`${positives} positives`]),
  ].join(" · ");

async function openShelf(data: string, { form }: ExperimentSpecification): Promise<RecordShelf> {
  const leftOut = new LeftOut();
  const shelf = await shelve(isStandIn(data) ? data : pathOf(data), form, leftOut.tell);
  print(`${shelf.size} records with lead ${form.lead}${leftOut.words()}`);
  return shelf;
}

/** A specification that names its records: those of the data where it names none. */
export function withMembers(
  specification: ExperimentSpecification,
  shelf: RecordShelf | null,
): ExperimentSpecification {
  const { real } = specification;
  if (real === null) return specification;
  if (shelf === null) {
    throw new Failure(
      "no-data",
      "The experiment uses real records.",
      "--data",
      `Give their folder, or --data ${standIn}.`,
    );
  }
  const members = real.members.length === 0 ? [...shelf.keys()].sort() : real.members;
  const missing = members.filter((hash) => !shelf.has(hash)).length;
  if (missing > 0) {
    throw new Failure(
      "missing-records",
      `${missing} of its ${members.length} records are not in this folder, or lack the lead.`,
      "--data",
      "Give the folder from which they were imported, at the same rate and with all leads.",
    );
  }
  return { ...specification, real: { ...real, members } };
}

/**
 * Computes a cell in this process into a folder of results, unless it is there.
 * @param shelf the real records; null where none are needed
 * @param backend the one that is open
 * @returns what happened, in a line
 */
export function computeCell(
  cell: CellSpecification,
  out: string,
  shelf: RecordShelf | null,
  backend: BackendInfo,
): Promise<string> {
  return computeCellOn(nodeComputer(backend), realSyntheticProtocol, cell, out, shelfData(shelf));
}
