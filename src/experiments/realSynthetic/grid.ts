import type { CellSpecification, ExperimentSpecification, SearchGroup } from "../../domain/experiment.ts";
import { Failure } from "../../domain/failure.ts";

/**
 * The cells of an experiment: those that share a synthetic phase next to each other, a pre-trained one after the cell that
 * trains it. Purely synthetic training knows no real positives, so that it stands there once.
 */
export function cellsOf(experiment: ExperimentSpecification): CellSpecification[] {
  const { tasks, architectures, settings, splits, positives } = experiment;
  const order = ["synthetic", "syntheticToReal", "real"] as const;
  return tasks.flatMap((task) =>
    architectures.flatMap(({ architecture }) =>
      splits.flatMap((split) =>
        order
          .filter((setting) => settings.includes(setting))
          .flatMap((setting) =>
            (setting === "synthetic" ? [null] : positives).map((most) =>
              cellFor(experiment, { task, architecture, setting }, split, most),
            ),
          ),
      ),
    ),
  );
}

/** One cell of an experiment, with what was found for it where hyper-parameters were searched. */
export function cellFor(
  experiment: ExperimentSpecification,
  { task, architecture, setting }: SearchGroup,
  split: number,
  positives: number | null,
): CellSpecification {
  const { architectures, found, form, synthetic, real, seed } = experiment;
  const setUp = architectures.find((each) => each.architecture === architecture);
  const own = found?.find(
    (each) => each.task === task && each.architecture === architecture && each.setting === setting,
  );
  return {
    kind: "Real, Syn, Syn→Real",
    task,
    architecture,
    hyperparameters: own?.hyperparameters ?? setUp?.hyperparameters ?? {},
    ...(own?.pretraining === undefined ? {} : { pretraining: own.pretraining }),
    setting,
    split,
    positives,
    form,
    synthetic,
    real,
    seed,
  };
}

/**
 * The searches and cells of one of several machines. Where hyper-parameters are searched, the cells of a task and an
 * architecture stay together, so that each search is done once.
 */
export function shardOfExperiment(
  experiment: ExperimentSpecification,
  shard: number,
  shards: number,
): { readonly isOwn: (group: SearchGroup) => boolean; readonly cells: readonly CellSpecification[] } {
  const cells = cellsOf(experiment);
  if (experiment.search === undefined || experiment.found !== undefined) {
    return { isOwn: () => false, cells: shardOf(cells, shard, shards) };
  }
  const nameOf = ({ task, architecture }: SearchGroup) => `${task} ${architecture}`;
  const own = new Set(shardOf([...new Set(cells.map(nameOf))], shard, shards));
  const isOwn = (group: SearchGroup) => own.has(nameOf(group));
  return { isOwn, cells: cells.filter(isOwn) };
}

/** The cells of one of several machines: every so many-th, so that all get of everything. */
export function shardOf<T>(cells: readonly T[], shard: number, shards: number): T[] {
  checkShard(shard, shards);
  return cells.filter((_, index) => index % shards === shard - 1);
}

/** Which of how many machines this one is. @param text `I/N` @throws Failure `shard` where there is no such share */
export function parsedShard(text: string): { readonly shard: number; readonly shards: number } {
  const [shard, shards] = text.split("/").map(Number);
  checkShard(shard, shards);
  return { shard, shards };
}

/** @throws Failure `shard` where there is no such share */
function checkShard(shard: number, shards: number): void {
  if (!Number.isInteger(shard) || !Number.isInteger(shards) || shard < 1 || shard > shards) {
    throw new Failure(
      "shard",
      `There is no shard ${shard} of ${shards}.`,
      "--shard",
      "Give i/n with 1 ≤ i ≤ n.",
    );
  }
}
