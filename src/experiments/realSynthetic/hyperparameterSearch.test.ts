import { beforeAll, describe, expect, test } from "vitest";
import { architectures } from "../../classifiers/index.ts";
import type { ExperimentSpecification, FoundHyperparameters } from "../../domain/experiment.ts";
import { openBackend } from "../../neural/backend/backends.ts";
import type { NamedArray } from "../../neural/training/weights.ts";
import { cellAddress, syntheticPhaseAddress } from "../cell.ts";
import { finishTrial, nextTrial } from "../search/search.ts";
import { cellsOf } from "./grid.ts";
import { foundBy, groupSearch, searchGroups, searchSplit, trialCell } from "./hyperparameterSearch.ts";
import { runCell } from "./runCell.ts";
import { syntheticSamples } from "./synthetic.ts";
import { normal } from "./tasks.ts";

const experiment: ExperimentSpecification = {
  kind: "Real, Syn, Syn→Real experiment",
  name: "search",
  tasks: ["af"],
  architectures: [{ architecture: "gru", hyperparameters: { recurrentDepth: 1, epochs: 5, batchSize: 16 } }],
  settings: ["real", "synthetic", "syntheticToReal"],
  splits: [1, 2],
  positives: [null, 5],
  form: { samplingFrequency: 100, duration: 5, lead: "II" },
  synthetic: { preset: "clinical", perClass: 16, validationPerClass: 8, testPerClass: 8 },
  real: {
    name: "pretended",
    members: Array.from({ length: 40 }, (_, index) => `r${index}`),
    byPatient: false,
    testShare: 0.25,
    validationShare: 0.25,
  },
  seed: 4,
  search: { trials: 3 },
};

beforeAll(() => openBackend("wasm"));

const groupOf = (setting: "real" | "synthetic" | "syntheticToReal") =>
  ({ task: "af", architecture: "gru", setting }) as const;

describe("the searches of an experiment", () => {
  test("are one for each task, architecture and setting, synthetic training first, on a split that is not evaluated", () => {
    expect(searchGroups(experiment).map(({ setting }) => setting)).toEqual([
      "synthetic",
      "syntheticToReal",
      "real",
    ]);
    expect(searchSplit(experiment)).toBe(6);
    expect(searchSplit({ splits: [1, 7, 3] })).toBe(8);
  });

  test("Syn→Real keeps the network that synthetic training found, and searches how to train it on", async () => {
    const gru = await architectures.gru();
    const before: FoundHyperparameters = {
      ...groupOf("synthetic"),
      hyperparameters: { recurrentUnits: "32", recurrentDepth: 2, epochs: 5, learningRate: 2e-3 },
    };
    const alone = groupSearch(experiment, groupOf("syntheticToReal"), gru, []);
    expect(Object.keys(alone.begun.plan.space)).toContain("recurrentUnits");
    const { cell, begun } = groupSearch(experiment, groupOf("syntheticToReal"), gru, [before]);
    expect(Object.keys(begun.plan.space).sort()).toEqual(["learningRate", "maskRatio", "maxShiftRatio"]);
    expect(cell.hyperparameters).toMatchObject({ recurrentUnits: "32", recurrentDepth: 2, epochs: 3 });
    expect(cell.pretraining).toEqual(before.hyperparameters);
    // All trials of the search start from the same weights, whatever they vary.
    const one = trialCell(cell, { learningRate: 1e-3, maskRatio: 0, maxShiftRatio: 0 });
    const other = trialCell(cell, { learningRate: 1e-4, maskRatio: 0, maxShiftRatio: 0 });
    expect(await syntheticPhaseAddress(one)).toBe(await syntheticPhaseAddress(other));
    expect(await cellAddress(one)).not.toBe(await cellAddress(other));
  });

  test("what they found trains the cells of all splits and sizes, and only that group's", async () => {
    const gru = await architectures.gru();
    const group = groupOf("synthetic");
    let { begun: state } = groupSearch(experiment, group, gru, []);
    for (const value of [0.6, 0.2, 0.4]) {
      const trial = nextTrial(state);
      if (trial === undefined) throw new TypeError("the budget is larger");
      state = finishTrial(state, trial, { outcome: "complete", value }, [], 0.1);
    }
    const synthetic = foundBy(experiment, group, state, []);
    expect(synthetic.hyperparameters).toEqual({
      recurrentDepth: expect.any(Number),
      epochs: 5,
      batchSize: 16,
      ...state.trials[1].values,
    });
    const found = [synthetic, foundBy(experiment, groupOf("syntheticToReal"), state, [synthetic])];
    const cells = cellsOf({ ...experiment, found });
    expect(cells).toHaveLength(10);
    for (const cell of cells) {
      if (cell.setting === "real")
        expect(cell.hyperparameters).toEqual(experiment.architectures[0].hyperparameters);
      else expect(cell.hyperparameters.learningRate).toBe(state.trials[1].values.learningRate);
      expect(cell.pretraining === undefined).toBe(cell.setting !== "syntheticToReal");
    }
    // A Syn→Real cell goes on from the synthetic cell of its split.
    const [plain, transferred] = ["synthetic", "syntheticToReal"].map((setting) =>
      cells.find((cell) => cell.setting === setting && cell.split === 2),
    );
    if (plain === undefined || transferred === undefined) throw new TypeError("a cell is missing");
    expect(await syntheticPhaseAddress(plain)).toBe(await syntheticPhaseAddress(transferred));
  });
});

describe("a trial", () => {
  test("decides on its validation recordings, never on the test's, and keeps no weights for others", async () => {
    const gru = await architectures.gru();
    const { cell, begun } = groupSearch(experiment, groupOf("real"), gru, []);
    const trial = nextTrial(begun);
    if (trial === undefined) throw new TypeError("no trial");
    const records = (experiment.real?.members ?? []).map((name, index) => ({
      hash: name,
      name,
      patient: null,
      label: index % 2 === 0 ? (1 as const) : (0 as const),
    }));
    const used: string[][] = [];
    const kept: NamedArray[][] = [];
    const small = {
      ...trial.values,
      recurrentUnits: "16",
      recurrentDepth: 1,
      backboneWidth: "16",
      chunkLength: "50",
    };
    const outcome = await runCell(
      trialCell(cell, small),
      {
        architecture: gru,
        realRecords: async () => records,
        async realSignals(wanted) {
          used.push(wanted.map(({ name }) => name));
          const length = 500;
          const signals = new Float32Array(wanted.length * length);
          wanted.forEach(({ name, label }, row) => {
            const rhythm = label === 1 ? "af" : normal.rhythm;
            const source = {
              kind: "synthetic",
              rhythm,
              preset: "author",
              seed: Number(name.slice(1)),
            } as const;
            signals.set(syntheticSamples(source, experiment.form), row * length);
          });
          const labels = Uint8Array.from(wanted, ({ label }) => label);
          return { signals, labels, count: wanted.length, length };
        },
        pretrained: async () => null,
        keepPretrained: async (_, weights) => {
          kept.push([...weights]);
        },
      },
      { stopped: () => false },
    );
    if (outcome.end !== "finished") throw new TypeError(`it ended ${outcome.end}`);
    const [train, validation] = used;
    expect(used).toHaveLength(2);
    expect(outcome.result.examples.map((example) => (example.kind === "record" ? example.name : ""))).toEqual(
      validation,
    );
    expect(outcome.result.probabilities).toHaveLength(validation.length);
    // 10 of 40 stay for the test.
    expect(train.length + validation.length).toBe(30);
    expect(kept).toEqual([]);
  });
});
