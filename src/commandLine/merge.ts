import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { architectureNamed } from "../classifiers/architectureNamed.ts";
import type { ExperimentSpecification } from "../domain/experiment.ts";
import { Failure } from "../domain/failure.ts";
import { tablesAsCsv, tablesAsLatex } from "../experiments/realSynthetic/exportTables.ts";
import { foundIn } from "../experiments/realSynthetic/hyperparameterSearch.ts";
import { type TableMetricName, tableMetrics } from "../experiments/realSynthetic/metrics.ts";
import { parseExperiment } from "../experiments/realSynthetic/specificationFile.ts";
import { experimentTable, type FinishedCell } from "../experiments/realSynthetic/tables.ts";
import {
  type AnyComputed,
  type ComputedCell,
  isComputedRecordings,
  parseResult,
  writeResult,
} from "../experiments/resultFile.ts";
import { type Command, pathOf, print, UsageError } from "./command.ts";

/** Joins result folders. */
export const merge: Command = {
  summary: "join the result folders of an experiment's shards, and print its tables",
  help: `npm run ecg -- merge DIR… [options]

Joins the results of several machines into one folder; the same training in two folders is taken once. With a
specification its tables are printed.

  --out DIR        folder for the joined results; where the experiment searched for hyper-parameters, with --spec also
                   found.experiment.json, the specification with what was found, for the page
  --spec FILE      print the tables of this experiment
  --metric NAME    ${Object.keys(tableMetrics).join(", ")} (default f1)
  --format NAME    csv or latex (default csv)

Examples
  npm run ecg -- merge results-1 results-2 --out results
  npm run ecg -- merge results --spec spec.json --metric auprc --format latex`,
  async run(words) {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        out: { type: "string" },
        spec: { type: "string" },
        metric: { type: "string", default: "f1" },
        format: { type: "string", default: "csv" },
      },
    });
    if (positionals.length === 0) throw new UsageError("merge takes at least one folder.");
    if (!Object.hasOwn(tableMetrics, values.metric))
      throw new UsageError(`There is no metric ${values.metric}.`);
    const joined = await joinFolders(positionals.map(pathOf));
    if (values.out !== undefined) {
      const out = pathOf(values.out);
      await mkdir(out, { recursive: true });
      for (const cell of joined.values())
        await writeFile(join(out, `${cell.address}.json`), writeResult(cell));
    }
    if (values.spec === undefined) {
      print(`${joined.size} trainings`);
      return;
    }
    const asked = parseExperiment(await readFile(pathOf(values.spec), "utf8"), values.spec);
    const computed = [...joined.values()].filter(isComputedRecordings);
    const specification = settled(asked, computed);
    if (values.out !== undefined && specification !== asked) {
      const file = join(pathOf(values.out), "found.experiment.json");
      await writeFile(file, `${JSON.stringify(specification, null, 2)}\n`);
    }
    const finished = computed.flatMap(({ cell, result }): FinishedCell[] =>
      result === null ? [] : [{ cell, result }],
    );
    const titles = Object.fromEntries(
      await Promise.all(
        specification.architectures.map(async ({ architecture }) => [
          architecture,
          (await architectureNamed(architecture)).title,
        ]),
      ),
    );
    const tables = specification.tasks.flatMap((task) =>
      specification.positives.map((positives) =>
        experimentTable(specification, finished, task, values.metric as TableMetricName, positives, {
          titles,
        }),
      ),
    );
    print((values.format === "latex" ? tablesAsLatex(tables, titles) : tablesAsCsv(tables)).trimEnd());
  },
};

/** An experiment whose hyper-parameters were searched for, with what its results say was found. */
function settled(asked: ExperimentSpecification, computed: readonly ComputedCell[]): ExperimentSpecification {
  if (asked.search === undefined || asked.found !== undefined) return asked;
  return {
    ...asked,
    found: foundIn(
      asked,
      computed.map(({ cell }) => cell),
    ),
  };
}

/** Results of several folders by their addresses. @throws Failure for a damaged file, or two that contradict */
export async function joinFolders(folders: readonly string[]): Promise<Map<string, AnyComputed>> {
  const joined = new Map<string, AnyComputed>();
  for (const folder of folders) {
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      throw new Failure(
        "missing-file",
        `It cannot be read (${error.code ?? error.message}).`,
        folder,
        "Check the path.",
      );
    });
    for (const name of names.filter((each) => /^[0-9a-f]{64}\.json$/.test(each)).sort()) {
      const file = join(folder, name);
      const cell = parseResult(await readFile(file, "utf8"), file);
      const known = joined.get(cell.address);
      if (known !== undefined && known.end !== cell.end) {
        throw new Failure(
          "contradicting-results",
          `Another folder says that this training ended otherwise (${known.end}, here ${cell.end}).`,
          file,
          "Delete one of the two files.",
        );
      }
      joined.set(cell.address, known ?? cell);
    }
  }
  return joined;
}
