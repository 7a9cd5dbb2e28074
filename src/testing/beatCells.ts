import type { Architecture } from "../classifiers/architecture.ts";
import { architectures } from "../classifiers/index.ts";
import { generatorNameOf } from "../experiments/syntheticBeats/addresses.ts";
import type { BeatSet } from "../experiments/syntheticBeats/beatSets.ts";
import { type BeatEnvironment, runBeatCell } from "../experiments/syntheticBeats/runBeatCell.ts";
import type { BeatCell, PganCell, SimGanCell } from "../experiments/syntheticBeats/specification.ts";
import type { GeneratorContext, GeneratorModel } from "../generators/generator.ts";
import { generators } from "../generators/index.ts";
import type { NamedArray } from "../neural/training/weights.ts";
import { simulatedPatients } from "./beatPatients.ts";

/** Four people to train on, two to test, and one with a pacemaker. */
export const people = simulatedPatients(
  [
    ...["a", "b", "c", "d"].map((record) => ({ record, division: "DS1" as const })),
    ...["x", "y"].map((record) => ({ record, division: "DS2" as const })),
    { record: "paced", division: null, paced: true },
  ],
  16,
);

export const source = { name: "simulated", members: ["1"], lead: "MLII", filter: "none" } as const;
/** A training that ends in a moment. */
export const fast = { epochs: 2, learningRate: 3e-3, batchSize: 16, evaluateEvery: 1 };
/** A network that trains in a moment. */
const smallLstm = {
  architecture: "beatLstm",
  hyperparameters: { ...fast, recurrentDepth: 1, recurrentUnits: "16", stepLength: 24 },
};
/** A cell of each experiment that ends in a moment. */
export const simGan: SimGanCell = {
  kind: "SimGAN",
  target: "V",
  added: { generator: "vanillaGan", hyperparameters: { batchSize: 8 }, iterations: 12 },
  ratio: 0.5,
  order: "realThenBoth",
  keepsSharedPatients: false,
  classifier: smallLstm,
  validationShare: 0.25,
  source,
  seed: 1,
};
export const pgan: PganCell = {
  kind: "PGAN",
  target: "V",
  method: "personalisedGan",
  hyperparameters: { batchSize: 8 },
  iterations: 6,
  count: 12,
  patient: "x",
  adaptation: { minutes: 0.1, confidentBeats: 3 },
  classifier: smallLstm,
  validationShare: 0.2,
  source,
  seed: 1,
};

/** What reached the networks: signals of every training batch of the classifier, and beats that generators got. */
interface Seen {
  readonly trained: Float32Array[];
  readonly contexts: GeneratorContext[];
  /** What generators gave in mV. */
  readonly sampled: Float32Array[];
}

/** What a cell gets, with what reached its networks. */
export async function environmentFor(cell: BeatCell, beats: BeatSet = people) {
  const seen: Seen = { trained: [], contexts: [], sampled: [] };
  const kept = new Map<string, readonly NamedArray[]>();
  const found = await architectures[cell.classifier.architecture as "beatLstm" | "beatResNet"]();
  const classifier: Architecture = {
    ...found,
    build(values, context) {
      const network = found.build(values, context);
      return {
        ...network,
        forward(signals, mode) {
          if (mode.training) seen.trained.push(Float32Array.from(signals.dataSync()));
          return network.forward(signals, mode);
        },
      };
    },
  };
  const name = generatorNameOf(cell);
  const model = name === null ? null : await generators[name as keyof typeof generators]();
  const generator: GeneratorModel | null = model && {
    ...model,
    build(values, context) {
      seen.contexts.push(context);
      const built = model.build(values, context);
      return {
        ...built,
        async sample(count, from) {
          const beats = await built.sample(count, from);
          seen.sampled.push(beats);
          return beats;
        },
      };
    },
  };
  const made: BeatEnvironment = {
    classifier,
    generator,
    beats: async () => beats,
    shared: async (address) => kept.get(address) ?? null,
    keepShared: async (address, arrays) => {
      kept.set(address, arrays);
    },
  };
  return { made, seen, kept };
}

export const quiet = { stopped: () => false };

/** A cell run to its end. */
export async function outcomeOf(
  cell: BeatCell,
  beats?: BeatSet,
  known?: Awaited<ReturnType<typeof environmentFor>>,
) {
  const environment = known ?? (await environmentFor(cell, beats));
  const phases: string[] = [];
  const outcome = await runBeatCell(cell, environment.made, {
    ...quiet,
    onActivity: ({ phase, doing }) => phases.push(`${phase} ${doing}`),
  });
  if (!("result" in outcome)) throw new Error(JSON.stringify(outcome));
  return { ...outcome, ...environment, phases };
}

/** Rows of signals as texts, so that sets can hold them. */
export const rowsIn = (signals: readonly Float32Array[]) =>
  new Set(
    signals.flatMap((each) =>
      Array.from({ length: each.length / 216 }, (_, row) => each.subarray(row * 216, (row + 1) * 216).join()),
    ),
  );
