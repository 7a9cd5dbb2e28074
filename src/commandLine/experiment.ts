import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { deserialize, serialize } from "node:v8";
import type { CellSpecification, ExperimentSpecification } from "../domain/experiment.ts";
import { settingTitles } from "../domain/experiment.ts";
import { Failure } from "../domain/failure.ts";
import { workbenchVersion } from "../domain/version.ts";
import { agreementAt } from "../evaluation/metrics/classification.ts";
import { cellAddress } from "../experiments/cell.ts";
import { cellsOf, shardOf } from "../experiments/realSynthetic/grid.ts";
import {
  type CellCheckpoint,
  type CellEnvironment,
  type RealRecord,
  runCell,
} from "../experiments/realSynthetic/runCell.ts";
import { parseExperiment } from "../experiments/realSynthetic/specificationFile.ts";
import { labelOf, tasks } from "../experiments/realSynthetic/tasks.ts";
import { writeResult } from "../experiments/resultFile.ts";
import { type BackendInfo, openBackend } from "../neural/backend/backends.ts";
import { architectureNamed } from "../services/training/environment.ts";
import { type Command, pathOf, print, UsageError } from "./command.ts";
import { type RecordShelf, shelve, standIn } from "./recordShelf.ts";

/** s from one checkpoint to the next. */
const checkpointEvery = 30;

/** Computes the cells of an experiment. */
export const experiment: Command = {
  summary: "compute the trainings of an experiment, or a share of them",
  help: `npm run ecg -- experiment SPEC.json [options]

Computes the trainings of an experiment as the Experiment page exports it, one after the other, on this machine's
processor (WebAssembly). Each ends in a file of its own, named by the hash of all that it depends on: a call that is
broken off goes on where it stopped, and nothing is computed twice. The page opens the files; so does merge.

  --out DIR      folder for the results (default: results)
  --shard I/N    only every N-th training, beginning with the I-th: run N machines with I = 1 … N
  --data DIR     folder with the real records, such as PTB-XL's; ${standIn} for the built-in stand-in
  --list         only print which trainings there are, and which are computed

Where the specification names no records ("members": []), all of --data are meant.

Examples
  npm run ecg -- experiment spec.json --data ptb-xl --out results
  npm run ecg -- experiment spec.json --data ptb-xl --out results --shard 3/40`,
  async run(words) {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        out: { type: "string", default: "results" },
        shard: { type: "string", default: "1/1" },
        data: { type: "string" },
        list: { type: "boolean", default: false },
      },
    });
    if (positionals.length !== 1) throw new UsageError("experiment takes one specification.");
    const file = pathOf(positionals[0]);
    const asked = parseExperiment(await textOf(file), positionals[0]);
    const [shard, shards] = values.shard.split("/").map(Number);
    const shelf = values.data === undefined ? null : await openShelf(values.data, asked);
    const specification = withMembers(asked, shelf);
    const cells = shardOf(cellsOf(specification), shard, shards);
    const out = pathOf(values.out);
    await mkdir(join(out, "pretrained"), { recursive: true });
    if (values.list) {
      for (const cell of cells) {
        const address = await cellAddress(cell);
        const state = existsSync(join(out, `${address}.json`)) ? "computed" : "open";
        print(`${address.slice(0, 12)}\t${state}\t${wordsOf(cell)}`);
      }
      return;
    }
    const backend = await openBackend("wasm");
    for (const [index, cell] of cells.entries()) {
      const label = `${index + 1}/${cells.length} ${wordsOf(cell)}`;
      print(`${label}: ${await computeCell(cell, out, shelf, backend)}`);
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

async function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Failure(
      "missing-file",
      `It cannot be read (${error.code ?? error.message}).`,
      file,
      "Check the path.",
    );
  });
}

async function openShelf(data: string, { form }: ExperimentSpecification): Promise<RecordShelf> {
  let unread = 0;
  const shelf = await shelve(data === standIn ? data : pathOf(data), form, () => unread++);
  print(`${shelf.size} records with lead ${form.lead}${unread > 0 ? `; ${unread} could not be read` : ""}`);
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

/** @returns what happened, in a line */
export async function computeCell(
  cell: CellSpecification,
  out: string,
  shelf: RecordShelf | null,
  backend: BackendInfo,
): Promise<string> {
  const address = await cellAddress(cell);
  const file = join(out, `${address}.json`);
  if (existsSync(file)) return "computed before";
  const checkpointFile = join(out, `${address}.checkpoint`);
  const began = performance.now();
  let last = began;
  const outcome = await runCell(
    cell,
    await folderEnvironment(cell, out, shelf),
    {
      stopped: () => false,
      checkpointDue: () => performance.now() - last > 1000 * checkpointEvery,
      onCheckpoint: async (checkpoint) => {
        last = performance.now();
        await writeWhole(checkpointFile, serialize(checkpoint));
      },
    },
    existsSync(checkpointFile) ? (deserialize(await readFile(checkpointFile)) as CellCheckpoint) : null,
  );
  if (outcome.end === "cancelled") return "stopped";
  const seconds = (performance.now() - began) / 1000;
  const computed = {
    address,
    cell,
    backend: { name: backend.name, adapter: backend.adapter },
    version: workbenchVersion,
    seconds,
  };
  const text =
    outcome.end === "diverged"
      ? writeResult({ ...computed, end: "diverged", message: outcome.reason, result: null })
      : writeResult({ ...computed, end: outcome.end, message: "", result: outcome.result });
  await writeWhole(file, text);
  await rm(checkpointFile, { force: true });
  if (outcome.end === "diverged") return `diverged. ${outcome.reason}`;
  const { probabilities, labels } = outcome.result;
  const { f1 } = agreementAt(
    probabilities,
    Array.from(labels, (label) => label === 1),
    0.5,
  );
  return `F1 ${f1.toFixed(3)}, ${seconds.toFixed(1)} s`;
}

/** A file is there whole or not at all. */
async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${file}.part`, content);
  await rename(`${file}.part`, file);
}

async function folderEnvironment(
  cell: CellSpecification,
  out: string,
  shelf: RecordShelf | null,
): Promise<CellEnvironment> {
  const weightsFile = (address: string) => join(out, "pretrained", address);
  return {
    architecture: await architectureNamed(cell.architecture),
    async realRecords(task) {
      return (cell.real?.members ?? []).flatMap((hash): RealRecord[] => {
        const record = shelf?.get(hash);
        const label = record === undefined ? null : labelOf(record.description, task);
        if (record === undefined || label === null) return [];
        return [{ hash, name: record.name, patient: record.description.patient, label }];
      });
    },
    async realSignals(records) {
      const length = Math.round(cell.form.duration * cell.form.samplingFrequency);
      const signals = new Float32Array(records.length * length);
      records.forEach(({ hash }, row) => {
        signals.set(shelf?.get(hash)?.signal ?? new Float32Array(length), row * length);
      });
      const labels = Uint8Array.from(records, ({ label }) => label);
      return { signals, labels, count: records.length, length };
    },
    async pretrained(address) {
      if (!existsSync(weightsFile(address))) return null;
      return deserialize(await readFile(weightsFile(address)));
    },
    keepPretrained: (address, weights) => writeWhole(weightsFile(address), serialize(weights)),
  };
}
