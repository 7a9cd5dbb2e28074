import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Failure } from "../domain/failure.ts";
import { augmentationProtocol } from "../experiments/augmentationTransfer/protocol.ts";
import type {
  AugmentationCell,
  AugmentationExperiment,
  AugmentationResult,
  FinishedAugmentationCell,
} from "../experiments/augmentationTransfer/specification.ts";
import { parseAugmentation } from "../experiments/augmentationTransfer/specificationFile.ts";
import { reportFormats } from "../experiments/protocol.ts";
import { shardOf } from "../experiments/realSynthetic/grid.ts";
import { parseResult } from "../experiments/resultFile.ts";
import { type Command, pathOf, print, textOf, UsageError } from "./command.ts";
import type { CellComputer } from "./experiment/cellComputer.ts";
import { signalData } from "./experiment/cellData.ts";
import { computeCellOn } from "./experiment/computeCell.ts";
import { backendOf, computerHelp, openComputer } from "./experiment/openComputer.ts";
import { standIn } from "./recordShelf.ts";
import { type SignalShelf, shelveSignals, signalsFrom } from "./signalShelf.ts";

/** Computes the augmentation and transfer experiments. */
export const transfer: Command = {
  summary: "measure what synthetic signals are worth beside real ones, in their place, or before them",
  help: `npm run ecg -- transfer SPEC.json --data DIR [--data DIR …] [options]

Trains generators on the training side of one or two databases, and classifiers on real signals, synthetic ones and both, after
Núñez et al. (2024), with real signals repeated to the same class counts as a control; prints the tables. Every training ends
in a file named by the hash of all that it depends on: a call that is broken off goes on where it stopped, and synthetic
signals and classifiers that several trainings need are made once. The page opens the files; merge joins those of several
machines.

  --data DIR     folder of each source of the specification, in its order; ${standIn} for the built-in stand-in
  --out DIR      folder for the results (default: transferred)
  --shard I/N    only every N-th training, beginning with the I-th
${computerHelp}
  --list         only print which trainings there are
  --tables       only print the tables of what is computed
  --format NAME  ${reportFormats.join(", ")} (default csv)

Where a source names no records ("members": []), all of its folder are meant.

Examples
  npm run ecg -- transfer docs/augmentation.experiment.json --data ptb-xl --data chapman --out transfer --shard 1/40
  npm run ecg -- transfer spec.json --data ${standIn} --tables --format latex`,
  async run(words) {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        data: { type: "string", multiple: true, default: [] },
        out: { type: "string", default: "transferred" },
        shard: { type: "string", default: "1/1" },
        browser: { type: "boolean", default: false },
        backend: { type: "string", default: "auto" },
        list: { type: "boolean", default: false },
        tables: { type: "boolean", default: false },
        format: { type: "string", default: "csv" },
      },
    });
    if (positionals.length !== 1) throw new UsageError("transfer takes one specification.");
    const format = reportFormats.find((each) => each === values.format);
    if (format === undefined) throw new UsageError(`--format takes ${reportFormats.join(", ")}.`);
    const wish = backendOf(values.backend, values.browser);
    const asked = parseAugmentation(await textOf(pathOf(positionals[0])), positionals[0]);
    const tell = (line: string) => process.stderr.write(`${line}\n`);
    const shelves = await shelvesOf(asked, values.data, tell);
    const specification = withMembers(asked, shelves);
    const out = pathOf(values.out);
    await mkdir(out, { recursive: true });
    const cells = augmentationProtocol.cells(specification);
    const [shard, shards] = values.shard.split("/").map(Number);
    const own = shardOf(cells, shard, shards);
    if (values.list) {
      for (const cell of own) {
        const state = existsSync(await fileOf(cell, out)) ? "computed" : "open";
        print(`${state}\t${await augmentationProtocol.cellTitle(cell)}`);
      }
      return;
    }
    if (!values.tables) {
      const computer = await openComputer("transfer", values.browser, wish, tell);
      try {
        await computeAugmentation(own, { out, shelves, computer, tell });
      } finally {
        await computer.close();
      }
    }
    const ended = await endedIn(cells, out);
    print((await augmentationProtocol.exportReport(specification, ended, null, format)).trimEnd());
  },
};

/** Computes cells into a folder of results, those that are not there. */
export async function computeAugmentation(
  cells: readonly AugmentationCell[],
  {
    out,
    shelves,
    computer,
    tell,
  }: {
    readonly out: string;
    readonly shelves: readonly SignalShelf[];
    readonly computer: CellComputer;
    readonly tell: (line: string) => void;
  },
): Promise<void> {
  const data = signalData((wanted) => signalsFrom(shelves, wanted));
  for (const [index, cell] of cells.entries()) {
    const label = `${index + 1}/${cells.length} ${await augmentationProtocol.cellTitle(cell)}`;
    tell(`${label}: ${await computeCellOn(computer, augmentationProtocol, cell, out, data)}`);
  }
}

/** The cells that have ended with a result. */
export async function endedIn(
  cells: readonly AugmentationCell[],
  out: string,
): Promise<FinishedAugmentationCell[]> {
  const ended: FinishedAugmentationCell[] = [];
  for (const cell of cells) {
    const file = await fileOf(cell, out);
    if (!existsSync(file)) continue;
    const { result } = parseResult(await readFile(file, "utf8"), file);
    if (result !== null) ended.push({ cell, result: result as AugmentationResult });
  }
  return ended;
}

const fileOf = async (cell: AugmentationCell, out: string) =>
  join(out, `${await augmentationProtocol.address(cell)}.json`);

async function shelvesOf(
  { sources, form, lead }: AugmentationExperiment,
  folders: readonly string[],
  tell: (line: string) => void,
): Promise<SignalShelf[]> {
  if (folders.length !== sources.length) {
    throw new UsageError(
      `Give --data for each of ${sources.map(({ name }) => name).join(", ")}, in this order: a folder, or ${standIn}.`,
    );
  }
  const shelves: SignalShelf[] = [];
  for (const [index, folder] of folders.entries()) {
    let unread = 0;
    const path = folder === standIn ? folder : pathOf(folder);
    const shelf = await shelveSignals(path, { form, lead }, () => unread++);
    tell(`${sources[index].name}: ${shelf.size} records${unread > 0 ? `; ${unread} could not be read` : ""}`);
    shelves.push(shelf);
  }
  return shelves;
}

/** A specification that names its records: those of its folders where it names none. @throws Failure `missing-records` */
export function withMembers(
  specification: AugmentationExperiment,
  shelves: readonly SignalShelf[],
): AugmentationExperiment {
  const sources = specification.sources.map((source, index) => {
    const members = source.members.length === 0 ? [...shelves[index].keys()].sort() : source.members;
    const missing = members.filter((hash) => !shelves[index].has(hash)).length;
    if (missing === 0) return { ...source, members };
    throw new Failure(
      "missing-records",
      `${missing} of the ${members.length} records of ${source.name} are not in this folder, or lack the lead.`,
      "--data",
      "Give the folder from which the specification was made.",
    );
  });
  return { ...specification, sources };
}
