import { augmentationProtocol } from "../experiments/augmentationTransfer/protocol.ts";
import type { Command } from "./command.ts";
import { standIn, standInWords } from "./recordShelf.ts";
import { runSignalCommand, signalOptionsHelp } from "./signalExperiment.ts";

/** Computes the augmentation and transfer experiments. */
export const transfer: Command = {
  summary: "measure what synthetic signals are worth beside real ones, in their place, or before them",
  help: `npm run ecg -- transfer SPEC.json --data DIR [--data DIR …] [options]

Trains generators on the training side of one or two databases, and classifiers on real signals, synthetic ones and both, after
Núñez et al. (2024), with real signals repeated or weighted to the same class counts as controls; prints the tables. Every
training ends in a file named by the hash of all that it depends on: a call that is broken off goes on where it stopped, and
synthetic signals and classifiers that several trainings need are made once. The page opens the files; merge joins those of
several machines. With "crossesSources" real signals of each source are also asked with synthetic ones of the others.

  --data DIR     folder of each source of the specification, in its order; ${standInWords}
${signalOptionsHelp("transferred")}

Examples
  npm run ecg -- transfer docs/augmentation.experiment.json --data ptb-xl --data chapman --out transfer --shard 1/40
  npm run ecg -- transfer spec.json --data ${standIn} --tables --format latex`,
  run: (words) =>
    runSignalCommand(
      {
        name: "transfer",
        out: "transferred",
        protocol: augmentationProtocol,
        formOf: ({ form, lead }) => ({ form, lead }),
        sourcesOf: ({ sources }) => sources,
        withSources: (specification, sources) => ({ ...specification, sources }),
      },
      words,
    ),
};
