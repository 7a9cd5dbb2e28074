import type { CellSpecification, ExperimentSpecification } from "../../domain/experiment.ts";
import { Failure } from "../../domain/failure.ts";

/**
 * The cells of an experiment: those that share a synthetic phase next to each other, a pre-trained one after the cell that
 * trains it. Purely synthetic training knows no real positives, so that it stands there once.
 */
export function cellsOf(experiment: ExperimentSpecification): CellSpecification[] {
  const { tasks, architectures, settings, splits, positives, form, synthetic, real, seed } = experiment;
  const order = ["synthetic", "syntheticToReal", "real"] as const;
  return tasks.flatMap((task) =>
    architectures.flatMap(({ architecture, hyperparameters }) =>
      splits.flatMap((split) =>
        order
          .filter((setting) => settings.includes(setting))
          .flatMap((setting) =>
            (setting === "synthetic" ? [null] : positives).map(
              (most): CellSpecification => ({
                kind: "Real, Syn, Syn→Real",
                task,
                architecture,
                hyperparameters,
                setting,
                split,
                positives: most,
                form,
                synthetic,
                real,
                seed,
              }),
            ),
          ),
      ),
    ),
  );
}

/** The cells of one of several machines: every so many-th, so that all get of everything. */
export function shardOf<T>(cells: readonly T[], shard: number, shards: number): T[] {
  if (!Number.isInteger(shard) || !Number.isInteger(shards) || shard < 1 || shard > shards) {
    throw new Failure(
      "shard",
      `There is no shard ${shard} of ${shards}.`,
      "--shard",
      "Give i/n with 1 ≤ i ≤ n.",
    );
  }
  return cells.filter((_, index) => index % shards === shard - 1);
}
