import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { ProtocolCell, ProtocolSpecification } from "../domain/experiment.ts";
import { Failure } from "../domain/failure.ts";
import type { GeneratedForm } from "../domain/generation.ts";
import type { SignalSource } from "../experiments/augmentationTransfer/specification.ts";
import { type EndedCell, type ExperimentProtocol, reportFormats } from "../experiments/protocol.ts";
import { parsedShard, shardOf } from "../experiments/realSynthetic/grid.ts";
import { parseResult } from "../experiments/resultFile.ts";
import { pathOf, print, textOf, UsageError } from "./command.ts";
import type { CellComputer, CellProtocol } from "./experiment/cellComputer.ts";
import { signalData } from "./experiment/cellData.ts";
import { computeCellOn } from "./experiment/computeCell.ts";
import { backendOf, computerHelp, openComputer } from "./experiment/openComputer.ts";
import { LeftOut } from "./leftOut.ts";
import { isStandIn, standIn } from "./recordShelf.ts";
import { type SignalShelf, shelveSignals, signalsFrom } from "./signalShelf.ts";

/** A command that computes the experiments of a protocol on labelled signals of folders. */
export interface SignalCommand<
  Specification extends ProtocolSpecification,
  Cell extends ProtocolCell,
  Result,
> {
  readonly name: string;
  /** Folder for the results where none is named. */
  readonly out: string;
  readonly protocol: ExperimentProtocol<Specification, Cell, Result>;
  formOf(specification: Specification): { readonly form: GeneratedForm; readonly lead: string };
  sourcesOf(specification: Specification): readonly SignalSource[];
  /** The specification with its sources in place of what it had, in the same order. */
  withSources(specification: Specification, sources: readonly SignalSource[]): Specification;
}

/** The options of such a command, for its help. @param out where results are kept if nothing is said */
export const signalOptionsHelp = (out: string) => `  --out DIR      folder for the results (default: ${out})
  --shard I/N    only every N-th training, beginning with the I-th
${computerHelp}
  --list         only print which trainings there are
  --tables       only print the tables of what is computed
  --format NAME  ${reportFormats.join(", ")} (default csv)

Where a source names no records ("members": []), all of its folder are meant.`;

/** Computes an experiment as the words of the command say, and prints its tables. */
export async function runSignalCommand<
  Specification extends ProtocolSpecification,
  Cell extends ProtocolCell,
  Result,
>(command: SignalCommand<Specification, Cell, Result>, words: readonly string[]): Promise<void> {
  const { protocol, name } = command;
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      data: { type: "string", multiple: true, default: [] },
      out: { type: "string", default: command.out },
      shard: { type: "string", default: "1/1" },
      browser: { type: "boolean", default: false },
      backend: { type: "string", default: "auto" },
      list: { type: "boolean", default: false },
      tables: { type: "boolean", default: false },
      format: { type: "string", default: "csv" },
    },
  });
  if (positionals.length !== 1) throw new UsageError(`${name} takes one specification.`);
  const format = reportFormats.find((each) => each === values.format);
  if (format === undefined) throw new UsageError(`--format takes ${reportFormats.join(", ")}.`);
  const wish = backendOf(values.backend, values.browser);
  const { shard, shards } = parsedShard(values.shard);
  const asked = protocol.parse(await textOf(pathOf(positionals[0])), positionals[0]);
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  const folders = values.data.map((folder) => (isStandIn(folder) ? folder : pathOf(folder)));
  const { specification, shelves } = await shelved(command, asked, folders, tell);
  const out = pathOf(values.out);
  await mkdir(out, { recursive: true });
  const cells = protocol.cells(specification);
  const own = shardOf(cells, shard, shards);
  if (values.list) {
    for (const cell of own) {
      const state = existsSync(await fileOf(protocol, cell, out)) ? "computed" : "open";
      print(`${state}\t${await protocol.cellTitle(cell)}`);
    }
    return;
  }
  if (!values.tables) {
    const computer = await openComputer(name, values.browser, wish, tell);
    try {
      await computeSignalCells(protocol, own, { out, shelves, computer, tell });
    } finally {
      await computer.close();
    }
  }
  const ended = await endedIn(protocol, cells, out);
  print((await protocol.exportReport(specification, ended, null, format)).trimEnd());
}

/** Where cells are computed and kept, and with whose signals. */
export interface SignalComputing {
  readonly out: string;
  readonly shelves: readonly SignalShelf[];
  readonly computer: CellComputer;
  readonly tell: (line: string) => void;
  /** Asked before every cell: where not, no further one is computed. */
  readonly mayCompute?: () => boolean;
}

/** What of a protocol is needed to compute its cells and find them again. */
type ProtocolOfCells<Cell extends ProtocolCell, Result> = CellProtocol<Cell, Result> &
  Pick<ExperimentProtocol<never, Cell, Result>, "cellTitle">;

/** Computes cells into a folder of results, those that are not there. */
export async function computeSignalCells<Cell extends ProtocolCell, Result>(
  protocol: ProtocolOfCells<Cell, Result>,
  cells: readonly Cell[],
  { out, shelves, computer, tell, mayCompute }: SignalComputing,
): Promise<void> {
  const data = signalData((wanted) => signalsFrom(shelves, wanted));
  for (const [index, cell] of cells.entries()) {
    if (mayCompute?.() === false) return;
    const label = `${index + 1}/${cells.length} ${await protocol.cellTitle(cell)}`;
    tell(`${label}: ${await computeCellOn(computer, protocol, cell, out, data)}`);
  }
}

/** The cells that have ended with a result. */
export async function endedIn<Cell extends ProtocolCell, Result>(
  protocol: ProtocolOfCells<Cell, Result>,
  cells: readonly Cell[],
  out: string,
): Promise<EndedCell<Cell, Result>[]> {
  const ended: EndedCell<Cell, Result>[] = [];
  for (const cell of cells) {
    const file = await fileOf(protocol, cell, out);
    if (!existsSync(file)) continue;
    const { result } = parseResult(await readFile(file, "utf8"), file);
    if (result !== null) ended.push({ cell, result: result as Result });
  }
  return ended;
}

const fileOf = async <Cell extends ProtocolCell>(
  protocol: { address(cell: Cell): Promise<string> },
  cell: Cell,
  out: string,
) => join(out, `${await protocol.address(cell)}.json`);

/**
 * Reads the folders of a specification's sources, and names the records of those that name none.
 * @param folders one a source, or the name of the stand-in
 * @throws Failure `missing-records`
 */
export async function shelved<Specification extends ProtocolSpecification>(
  {
    formOf,
    sourcesOf,
    withSources,
  }: Pick<SignalCommand<Specification, never, never>, "formOf" | "sourcesOf" | "withSources">,
  asked: Specification,
  folders: readonly string[],
  tell: (line: string) => void,
): Promise<{ readonly specification: Specification; readonly shelves: readonly SignalShelf[] }> {
  const sources = sourcesOf(asked);
  if (folders.length !== sources.length) {
    throw new UsageError(
      `Give --data for each of ${sources.map(({ name }) => name).join(", ")}, in this order: a folder, or ${standIn}.`,
    );
  }
  const shelves: SignalShelf[] = [];
  for (const [index, folder] of folders.entries()) {
    const leftOut = new LeftOut();
    const shelf = await shelveSignals(folder, formOf(asked), leftOut.tell);
    tell(`${sources[index].name}: ${shelf.size} records${leftOut.words()}`);
    shelves.push(shelf);
  }
  const named = sources.map((source, index) => withMembers(source, shelves[index]));
  return { specification: withSources(asked, named), shelves };
}

/** A source that names its records: those of its folder where it names none. @throws Failure `missing-records` */
function withMembers(source: SignalSource, shelf: SignalShelf): SignalSource {
  const members = source.members.length === 0 ? [...shelf.keys()].sort() : source.members;
  const missing = members.filter((hash) => !shelf.has(hash)).length;
  if (missing === 0) return { ...source, members };
  throw new Failure(
    "missing-records",
    `${missing} of the ${members.length} records of ${source.name} are not in this folder, or lack the lead.`,
    "--data",
    "Give the folder from which the specification was made.",
  );
}
