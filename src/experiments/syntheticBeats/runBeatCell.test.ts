import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../../neural/backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import type { Architecture } from "../../classifiers/architecture.ts";
import { architectures } from "../../classifiers/index.ts";
import type { GeneratorContext, GeneratorModel } from "../../generators/generator.ts";
import { generators } from "../../generators/index.ts";
import type { NamedArray } from "../../neural/training/weights.ts";
import { disturbed, simulatedPatients } from "../../testing/beatPatients.ts";
import { generatorNameOf } from "./addresses.ts";
import { type BeatSet, chosenBeats, countOfClass } from "./beatSets.ts";
import { diversityBeside } from "./makeAdded.ts";
import { type BeatCheckpoint, type BeatEnvironment, runBeatCell, setsOf } from "./runBeatCell.ts";
import type { BeatCell, BeatPhase, PganCell, SimGanCell } from "./specification.ts";

const people = simulatedPatients(
  [
    ...["a", "b", "c", "d"].map((record) => ({ record, division: "DS1" as const })),
    ...["x", "y"].map((record) => ({ record, division: "DS2" as const })),
    { record: "paced", division: null, paced: true },
  ],
  16,
);

const source = { name: "simulated", members: ["1"], lead: "MLII", filter: "none" } as const;
const fast = { epochs: 2, learningRate: 3e-3, batchSize: 16, evaluateEvery: 1 };
/** A network that trains in a moment. */
const smallLstm = {
  architecture: "beatLstm",
  hyperparameters: { ...fast, recurrentDepth: 1, recurrentUnits: "16", stepLength: 24 },
};
const simGan: SimGanCell = {
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
const pgan: PganCell = {
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

async function environmentFor(cell: BeatCell, beats: BeatSet = people) {
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

const quiet = { stopped: () => false };

async function outcomeOf(
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
const rowsIn = (signals: readonly Float32Array[]) =>
  new Set(
    signals.flatMap((each) =>
      Array.from({ length: each.length / 216 }, (_, row) => each.subarray(row * 216, (row + 1) * 216).join()),
    ),
  );

beforeAll(async () => {
  await tf.setBackend("wasm");
});

describe("a cell", () => {
  test("of SimGAN scores every beat of DS2, the same each time, and leaves no tensor behind", async () => {
    const before = tf.memory().numTensors;
    const { result, phases, weights } = await outcomeOf(simGan);
    const again = await outcomeOf(simGan);
    expect(again.result).toEqual(result);
    expect(again.weights).toEqual(weights);
    expect(tf.memory().numTensors).toBe(before);
    const { tested, counts } = result;
    expect(tested.origins.map(({ record }) => record)).toEqual(["x", "y"]);
    const size = tested.origins.reduce((sum, { count }) => sum + count, 0);
    expect([tested.probabilities.length, counts.test.positive + counts.test.negative]).toEqual([size, size]);
    expect(result.added).toBe(Math.round(0.5 * counts.train.positive));
    expect(phases).toEqual([
      "base preparing",
      "base training",
      "generator training",
      "added training",
      "added testing",
    ]);
  });

  test.each([
    ["SimGAN", simGan, 4],
    ["PGAN", pgan, 5],
  ] as const)(
    "of %s, stopped in each phase and resumed, ends with the same weights",
    async (_, cell, patience) => {
      const straight = await outcomeOf(cell);
      const { made } = await environmentFor(cell);
      let checkpoint: BeatCheckpoint | null = null;
      let outcome: Awaited<ReturnType<typeof runBeatCell>> = { end: "cancelled" };
      const stopped = new Set<BeatPhase>();
      for (let part = 0; outcome.end === "cancelled"; part++) {
        let asked = 0;
        const hooks = {
          stopped: () => asked++ > patience,
          onCheckpoint: async (each: BeatCheckpoint) => {
            checkpoint = structuredClone(each);
            stopped.add(each.phase);
          },
        };
        // Beats are made and scored in many batches: the end is allowed to take its time.
        const isLast = part > 30;
        outcome = await runBeatCell(cell, made, isLast ? { ...hooks, ...quiet } : hooks, checkpoint);
      }
      expect([...stopped]).toEqual(["base", "generator", "added"]);
      if (!("result" in outcome)) throw new Error(outcome.end);
      expect(outcome.weights).toEqual(straight.weights);
      expect(outcome.result.tested).toEqual(straight.result.tested);
    },
  );

  test("of SimGAN runs with its own classifier", async () => {
    const hyperparameters = { ...fast, epochs: 1, width: 0.125, depth: 2 };
    const classifier = { architecture: "beatResNet", hyperparameters };
    const { result } = await outcomeOf({ ...simGan, classifier, order: "union" });
    expect(result.tested.probabilities.every((each) => each > 0 && each < 1)).toBe(true);
    expect(result.best?.epoch).toBe(1);
  });

  test.each([simGan, pgan])("of a source with fewer beats has fewer on every side", (cell) => {
    const all = setsOf(cell, people);
    const few = setsOf({ ...cell, source: { ...source, mostPerRecord: { N: 4 } } }, people);
    for (const side of ["train", "validation", "test"] as const) {
      expect(countOfClass(all[side], "N")).toBeGreaterThan(4 * all[side].origins.length);
      // A patient that is tested has a part of a record.
      expect(countOfClass(few[side], "N")).toBeLessThanOrEqual(4 * few[side].origins.length);
      expect(countOfClass(few[side], "V")).toBe(countOfClass(all[side], "V"));
    }
  });

  test("shares the classifier of real beats and the generator with others", async () => {
    const { kept } = await outcomeOf(simGan);
    const environment = await environmentFor(simGan);
    for (const [address, arrays] of kept) environment.kept.set(address, arrays);
    const other = { ...simGan, ratio: 2 };
    const sharing = await outcomeOf(other, people, environment);
    expect(sharing.phases).toEqual(["base preparing", "added training", "added testing"]);
    expect(sharing.weights).toEqual((await outcomeOf(other)).weights);
  });

  test("adds what a generator gives in mV, and nothing but it to the real beats", async () => {
    const { seen, result } = await outcomeOf({ ...simGan, order: "union" });
    const real = rowsIn([setsOf(simGan, people).train.samples]);
    const inMillivolt = rowsIn(seen.sampled);
    expect(inMillivolt.size).toBe(result.added);
    const added = [...rowsIn(seen.trained)].filter((row) => !real.has(row));
    expect(added.length).toBeGreaterThan(0);
    for (const row of added) expect(inMillivolt.has(row)).toBe(true);
  });

  test.each(["noise", "oversampled"])("adds %s as a control, without a generator", async (generator) => {
    const cell = { ...simGan, added: { generator, hyperparameters: {}, iterations: 0 }, ratio: 1.5 };
    const { result, seen, phases } = await outcomeOf(cell);
    expect(result.added).toBe(Math.round(1.5 * result.counts.train.positive));
    expect(phases).not.toContain("generator training");
    const real = rowsIn([setsOf(cell, people).train.samples]);
    const strange = [...rowsIn(seen.trained)].filter((row) => !real.has(row));
    expect(strange.length > 0).toBe(generator === "noise");
  });

  test.each(["none", "personalisedLstm", "pgan"] as const)(
    "of PGAN's row %s tests the rest of the patient",
    async (method) => {
      const { result, seen } = await outcomeOf({ ...pgan, method, iterations: 1 });
      const rest = chosenBeats(people, ({ record }, time) => record === "x" && time >= 6);
      expect(result.tested.probabilities).toHaveLength(rest.count);
      expect(result.adaptation.used).toBe(
        { none: 0, personalisedLstm: result.adaptation.window, pgan: 3 }[method],
      );
      expect(result.added).toBe({ none: 0, personalisedLstm: result.adaptation.window, pgan: 12 }[method]);
      expect(seen.contexts.map(({ patientBeats }) => patientBeats?.length)).toEqual(
        method === "pgan" ? [3 * 216] : [],
      );
    },
  );
});

describe("training on without added beats", () => {
  test.each([
    [
      "SimGAN",
      { ...simGan, added: { generator: "continued", hyperparameters: {}, iterations: 0 }, ratio: 0 },
    ],
    ["PGAN", { ...pgan, method: "continued", hyperparameters: {}, iterations: 0, count: 0 }],
  ] as const)("of %s goes on from the network of real beats, on these alone", async (kind, cell) => {
    const { weights, result, seen } = await outcomeOf(cell as BeatCell);
    const nothing =
      kind === "SimGAN"
        ? { ...simGan, added: { generator: "none", hyperparameters: {}, iterations: 0 }, ratio: 0 }
        : { ...pgan, method: "none" as const, hyperparameters: {}, iterations: 0, count: 0 };
    const base = await outcomeOf(nothing);
    expect(weights).not.toEqual(base.weights);
    expect([result.added, result.diversity]).toEqual([0, null]);
    const real = rowsIn([setsOf(cell as BeatCell, people).train.samples]);
    for (const row of rowsIn(seen.trained)) expect(real.has(row)).toBe(true);
    // As many batches again.
    expect(seen.trained).toHaveLength(2 * base.seen.trained.length);
  });
});

test("diversity tells generated beats that are all alike from real ones", () => {
  const real = people.samples.subarray(0, 20 * 216);
  expect(diversityBeside(real, real)).toBe(1);
  const alike = Float32Array.from({ length: 20 * 216 }, (_, at) => real[at % 216]);
  expect(diversityBeside(alike, real)).toBeLessThan(1e-6);
});

describe("no beat that is tested", () => {
  const changed = { samples: true, classes: true };

  test("reaches a network or a choice of SimGAN: other ones in its place change nothing before the test", async () => {
    const { seen, weights, result } = await outcomeOf(simGan);
    const test = rowsIn([setsOf(simGan, people).test.samples]);
    for (const row of rowsIn([...seen.trained, ...seen.contexts.map(({ signals }) => signals)])) {
      expect(test.has(row)).toBe(false);
    }
    const other = await outcomeOf(
      simGan,
      disturbed(people, (record) => "xy".includes(record), changed),
    );
    expect(other.weights).toEqual(weights);
    expect(other.result.validated).toEqual(result.validated);
    expect(other.result.tested).not.toEqual(result.tested);
  });

  test("reaches a network of PGAN, nor does a label of the adaptation window", async () => {
    const { weights, result, seen } = await outcomeOf(pgan);
    const other = await outcomeOf(
      pgan,
      disturbed(people, (record, time) => record === "x" && time >= 6, changed),
    );
    expect(other.weights).toEqual(weights);
    expect(other.result.tested).not.toEqual(result.tested);
    const unlabelled = disturbed(people, (record) => record === "x", { samples: false, classes: true });
    expect((await outcomeOf(pgan, unlabelled)).weights).toEqual(weights);
    const moved = disturbed(people, (record, time) => record === "x" && time < 6, changed);
    // The window itself does reach the personal generator: the test above can fail.
    expect((await outcomeOf(pgan, moved)).weights).not.toEqual(weights);
    const window = rowsIn([chosenBeats(people, ({ record }, time) => record === "x" && time < 6).samples]);
    for (const row of rowsIn(seen.contexts.map(({ patientBeats }) => patientBeats ?? new Float32Array(0)))) {
      expect(window.has(row)).toBe(true);
    }
  });

  test("has its label looked at where a thinned cell takes the adaptation window: it stays whole", async () => {
    const thinned = { ...pgan, source: { ...source, mostPerRecord: { N: 2, V: 2 } } };
    const whole = chosenBeats(people, ({ record }, time) => record === "x" && time < 6);
    expect(whole.count).toBeGreaterThan(4);
    expect(setsOf(thinned, people).window).toEqual(whole.samples);
    const { train, test } = setsOf(thinned, people);
    for (const { record } of train.origins) {
      expect(
        countOfClass(
          chosenBeats(train, (origin) => origin.record === record),
          "V",
        ),
      ).toBeLessThanOrEqual(2);
    }
    expect(countOfClass(test, "V")).toBe(2);
    const unlabelled = disturbed(people, (record, time) => record === "x" && time < 6, {
      samples: false,
      classes: true,
    });
    expect((await outcomeOf(thinned, unlabelled)).weights).toEqual((await outcomeOf(thinned)).weights);
  });

  test("of a paced patient is tested or trained on", async () => {
    const paced = rowsIn([chosenBeats(people, (origin) => origin.paced).samples]);
    for (const cell of [simGan, pgan]) {
      const { train, validation, test } = setsOf(cell, people);
      for (const row of rowsIn([train.samples, validation.samples, test.samples])) {
        expect(paced.has(row)).toBe(false);
      }
    }
  });
});
