import { mkdir } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { ProtocolSpecification } from "../domain/experiment.ts";
import { Failure } from "../domain/failure.ts";
import type { ExperimentProtocol } from "../experiments/protocol.ts";
import { protocolNamed } from "../experiments/protocols.ts";
import { parsedShard, shardOf } from "../experiments/realSynthetic/grid.ts";
import {
  type BeatSet,
  beatsOfRecording,
  joinBeats,
  thinnedBeats,
} from "../experiments/syntheticBeats/beatSets.ts";
import type {
  BeatCell,
  BeatExperiment,
  FinishedBeatCell,
} from "../experiments/syntheticBeats/specification.ts";
import { parseBeatExperiment } from "../experiments/syntheticBeats/specificationFile.ts";
import { BeatFolder } from "./beatFolder.ts";
import { type Command, pathOf, print, textOf, UsageError } from "./command.ts";
import { beatData } from "./experiment/cellData.ts";
import { backendOf, computerHelp, openComputer } from "./experiment/openComputer.ts";
import { LeftOut } from "./leftOut.ts";
import {
  folderRecords,
  isStandIn,
  standIn,
  standInRecords,
  standInSize,
  standInWords,
} from "./recordShelf.ts";

const formats = ["csv", "json", "latex"] as const;

/** Computes an experiment of the SimGAN or the PGAN paper. */
export const augment: Command = {
  summary: "measure whether generated beats make a classifier better, as SimGAN and PGAN do",
  help: `npm run ecg -- augment SPEC.json --data DIR [options]

Trains classifiers of heartbeats with and without generated beats, after SimGAN (DS1 against DS2) or PGAN (one patient left
out), and prints the tables: on this machine's processor (WebAssembly), or with --browser in a Chromium without a window, on
its graphics card where it has one. Every training ends in a file named by the hash of all that it depends on: a call that is
broken off goes on where it stopped, in either form, and classifiers and generators that several trainings need are trained
once. The page opens the files; merge joins those of several machines.

  --data DIR     folder with annotated records, such as MIT-BIH's; ${standInWords}
  --out DIR      folder for the results (default: augmented)
  --shard I/N    only every N-th training, beginning with the I-th
${computerHelp}
  --list         only print which trainings there are
  --tables       only print the tables of what is computed
  --format NAME  ${formats.join(", ")} (default csv)

Where the specification names no records ("members": []), all of --data are meant.

Examples
  npm run ecg -- augment docs/simgan.experiment.json --data mitdb --out simgan
  npm run ecg -- augment docs/pgan.experiment.json --data mitdb --out pgan --shard 2/20 --browser --backend webgpu
  npm run ecg -- augment docs/simgan.experiment.json --data mitdb --out simgan --tables --format latex`,
  async run(words) {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        data: { type: "string" },
        out: { type: "string", default: "augmented" },
        shard: { type: "string", default: "1/1" },
        browser: { type: "boolean", default: false },
        backend: { type: "string", default: "auto" },
        list: { type: "boolean", default: false },
        tables: { type: "boolean", default: false },
        format: { type: "string", default: "csv" },
      },
    });
    if (positionals.length !== 1) throw new UsageError("augment takes one specification.");
    if (values.data === undefined) throw new UsageError(`Give --data DIR, or --data ${standIn}.`);
    const format = formats.find((each) => each === values.format);
    if (format === undefined) throw new UsageError(`--format takes ${formats.join(", ")}.`);
    const wish = backendOf(values.backend, values.browser);
    const { shard, shards } = parsedShard(values.shard);
    const asked = parseBeatExperiment(await textOf(pathOf(positionals[0])), positionals[0]);
    const found = await readBeats(asked, values.data);
    const folder = new BeatFolder(pathOf(values.out), found.beats);
    await mkdir(pathOf(values.out), { recursive: true });
    const protocol = protocolNamed(asked.kind);
    const specification = await protocol.settle(
      { ...asked, source: { ...asked.source, members: found.members } } as BeatExperiment,
      beatData(found.beats),
    );
    const cells = protocol.cells(specification) as BeatCell[];
    const own = shardOf(cells, shard, shards);
    if (values.list) {
      for (const cell of own) {
        print(`${(await folder.isComputed(cell)) ? "computed" : "open"}\t${await protocol.cellTitle(cell)}`);
      }
      return;
    }
    if (!values.tables) {
      const tell = (line: string) => process.stderr.write(`${line}\n`);
      const computer = await openComputer("augment", values.browser, wish, tell);
      try {
        for (const [index, cell] of own.entries()) {
          const label = `${index + 1}/${own.length} ${await protocol.cellTitle(cell)}`;
          tell(`${label}: ${await folder.compute(cell, computer)}`);
        }
      } finally {
        await computer.close();
      }
    }
    print((await tablesOf(protocol, specification, cells, folder, format)).trimEnd());
  },
};

/**
 * The beats that an experiment is about, and the records that they come from.
 * @param data a folder, or the name of the stand-in
 * @throws Failure where there are none
 */
export async function readBeats(
  { source }: BeatExperiment,
  data: string,
): Promise<{ readonly beats: BeatSet; readonly members: readonly string[] }> {
  const sets: BeatSet[] = [];
  const members: string[] = [];
  const leftOut = new LeftOut();
  const records = isStandIn(data)
    ? standInRecords(standInSize(data, "holters"))
    : folderRecords(pathOf(data), 100, leftOut.tell);
  for await (const { hash, recording, description } of records) {
    const lead = recording.leads.find(({ name }) => name === source.lead);
    const isMeant = source.members.length === 0 || source.members.includes(hash);
    if (lead === undefined || !isMeant) continue;
    const whole = beatsOfRecording(recording, lead, description, source.filter);
    const set = thinnedBeats(whole, source.mostPerRecord);
    if (set.count === 0) continue;
    sets.push(set);
    members.push(hash);
  }
  const beats = joinBeats(sets);
  process.stderr.write(`${beats.count} beats of ${members.length} records${leftOut.words()}\n`);
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

async function tablesOf(
  protocol: ExperimentProtocol,
  specification: ProtocolSpecification,
  cells: readonly BeatCell[],
  folder: BeatFolder,
  format: (typeof formats)[number],
): Promise<string> {
  const ended: FinishedBeatCell[] = [];
  for (const cell of cells) {
    const found = await folder.result(cell);
    if (found !== null) ended.push(found);
  }
  return protocol.exportReport(specification, ended, null, format);
}
