import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Failure } from "../domain/failure.ts";
import { shardOf } from "../experiments/realSynthetic/grid.ts";
import { addsNothing } from "../experiments/syntheticBeats/addresses.ts";
import { type BeatSet, beatsOfRecording, joinBeats } from "../experiments/syntheticBeats/beatSets.ts";
import {
  beatTablesAsJson,
  pganAsCsv,
  pganAsLatex,
  simGanAsCsv,
  simGanAsLatex,
} from "../experiments/syntheticBeats/exportTables.ts";
import { beatCellsOf } from "../experiments/syntheticBeats/grid.ts";
import { pganFigure } from "../experiments/syntheticBeats/pganFigures.ts";
import { patientsToTest } from "../experiments/syntheticBeats/pganProtocol.ts";
import { simGanTable } from "../experiments/syntheticBeats/simGanTables.ts";
import type {
  BeatCell,
  BeatExperiment,
  FinishedBeatCell,
  PganCell,
  SimGanCell,
} from "../experiments/syntheticBeats/specification.ts";
import { parseBeatExperiment } from "../experiments/syntheticBeats/specificationFile.ts";
import { openBackend } from "../neural/backend/backends.ts";
import { usualSize } from "../simulators/cohort/plan.ts";
import { BeatFolder } from "./beatFolder.ts";
import { type Command, pathOf, print, textOf, UsageError } from "./command.ts";
import { folderRecords, standIn, standInRecords } from "./recordShelf.ts";

const formats = ["csv", "json", "latex"] as const;

/** Computes an experiment of the SimGAN or the PGAN paper. */
export const augment: Command = {
  summary: "measure whether generated beats make a classifier better, as SimGAN and PGAN do",
  help: `npm run ecg -- augment SPEC.json --data DIR [options]

Trains classifiers of heartbeats with and without generated beats, after SimGAN (DS1 against DS2) or PGAN (one patient left
out), and prints the tables. Every training ends in a file named by the hash of all that it depends on: a call that is
broken off goes on where it stopped, and classifiers and generators that several trainings need are trained once.

  --data DIR       folder with annotated records, such as MIT-BIH's; ${standIn} for the built-in stand-in
  --out DIR        folder for the results (default: augmented)
  --shard I/N      only every N-th training, beginning with the I-th
  --list           only print which trainings there are
  --tables         only print the tables of what is computed
  --format NAME    ${formats.join(", ")} (default csv)

Where the specification names no records ("members": []), all of --data are meant.

Examples
  npm run ecg -- augment docs/simgan.experiment.json --data mitdb --out simgan
  npm run ecg -- augment docs/pgan.experiment.json --data mitdb --out pgan --shard 2/20
  npm run ecg -- augment docs/simgan.experiment.json --data mitdb --out simgan --tables --format latex`,
  async run(words) {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        data: { type: "string" },
        out: { type: "string", default: "augmented" },
        shard: { type: "string", default: "1/1" },
        list: { type: "boolean", default: false },
        tables: { type: "boolean", default: false },
        format: { type: "string", default: "csv" },
      },
    });
    if (positionals.length !== 1) throw new UsageError("augment takes one specification.");
    if (values.data === undefined) throw new UsageError(`Give --data DIR, or --data ${standIn}.`);
    const format = formats.find((each) => each === values.format);
    if (format === undefined) throw new UsageError(`--format takes ${formats.join(", ")}.`);
    const asked = parseBeatExperiment(await textOf(pathOf(positionals[0])), positionals[0]);
    const found = await readBeats(asked, values.data);
    const specification = { ...asked, source: { ...asked.source, members: found.members } };
    const cells = beatCellsOf(specification, testedPatients(specification, found.beats));
    const out = pathOf(values.out);
    const folder = new BeatFolder(out);
    await mkdir(join(out, "shared"), { recursive: true });
    const [shard, shards] = values.shard.split("/").map(Number);
    const own = shardOf(cells, shard, shards);
    if (values.list) {
      for (const cell of own)
        print(`${(await folder.isComputed(cell)) ? "computed" : "open"}\t${wordsOf(cell)}`);
      return;
    }
    if (!values.tables) {
      await openBackend("wasm");
      for (const [index, cell] of own.entries()) {
        const label = `${index + 1}/${own.length} ${wordsOf(cell)}`;
        process.stderr.write(`${label}: ${await folder.compute(cell, found.beats)}\n`);
      }
    }
    const finished = (await Promise.all(cells.map((cell) => folder.result(cell)))).flatMap(
      (each) => each ?? [],
    );
    print(tablesOf(specification, finished, format).trimEnd());
  },
};

const wordsOf = (cell: BeatCell) => {
  const subject = cell.kind === "SimGAN" ? cell.target : `${cell.target} · patient ${cell.patient}`;
  const amount = cell.kind === "SimGAN" ? `× ${cell.ratio}` : `+ ${cell.count}`;
  const added = cell.kind === "SimGAN" ? cell.added.generator : cell.method;
  return [cell.kind, subject, addsNothing(cell) ? "none" : `${added} ${amount}`, `seed ${cell.seed}`].join(
    " · ",
  );
};

/** The beats that an experiment is about, and the records that they come from. @throws Failure where there are none */
async function readBeats(
  { source }: BeatExperiment,
  data: string,
): Promise<{ readonly beats: BeatSet; readonly members: readonly string[] }> {
  const sets: BeatSet[] = [];
  const members: string[] = [];
  let unread = 0;
  const records =
    data === standIn
      ? standInRecords({ ...usualSize, tenSeconds: 0 })
      : folderRecords(pathOf(data), 100, () => unread++);
  for await (const { hash, recording, description } of records) {
    const lead = recording.leads.find(({ name }) => name === source.lead);
    const isMeant = source.members.length === 0 || source.members.includes(hash);
    if (lead === undefined || !isMeant) continue;
    const set = beatsOfRecording(recording, lead, description, source.filter);
    if (set.count === 0) continue;
    sets.push(set);
    members.push(hash);
  }
  const beats = joinBeats(sets);
  process.stderr.write(
    `${beats.count} beats of ${members.length} records${unread > 0 ? `; ${unread} could not be read` : ""}\n`,
  );
  if (members.length > 0 && (source.members.length === 0 || members.length === source.members.length)) {
    return { beats, members: members.sort() };
  }
  throw new Failure(
    "missing-records",
    source.members.length === 0
      ? `No annotated record has the lead ${source.lead}.`
      : `${source.members.length - members.length} of its ${source.members.length} records are not in this folder.`,
    "--data",
    "Give the folder of a database with annotated beats, such as MIT-BIH's.",
  );
}

/** Patients whom PGAN's experiment tests, by class; SimGAN's division is published. */
function testedPatients(experiment: BeatExperiment, beats: BeatSet) {
  if (experiment.kind === "SimGAN experiment") return {};
  const { targets, adaptation, leastBeats } = experiment;
  return Object.fromEntries(
    targets.map((target) => [target, patientsToTest(beats, target, adaptation, leastBeats)]),
  );
}

function tablesOf(
  experiment: BeatExperiment,
  finished: readonly FinishedBeatCell[],
  format: (typeof formats)[number],
): string {
  if (experiment.kind === "SimGAN experiment") {
    const own = finished.filter((each): each is FinishedBeatCell<SimGanCell> => each.cell.kind === "SimGAN");
    const tables = experiment.targets.map((target) => simGanTable(experiment, own, target));
    if (format === "json") return beatTablesAsJson(experiment, tables);
    return format === "csv" ? simGanAsCsv(tables) : simGanAsLatex(tables);
  }
  const own = finished.filter((each): each is FinishedBeatCell<PganCell> => each.cell.kind === "PGAN");
  const figures = experiment.targets.map((target) => pganFigure(experiment, own, target));
  if (format === "json") return beatTablesAsJson(experiment, figures);
  return format === "csv" ? pganAsCsv(figures) : pganAsLatex(figures);
}
