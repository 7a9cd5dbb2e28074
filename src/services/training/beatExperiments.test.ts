import "fake-indexeddb/auto";
import { beforeAll, expect, test } from "vitest";
import { writeResult } from "../../experiments/resultFile.ts";
import type { PganFigure } from "../../experiments/syntheticBeats/pganFigures.ts";
import { type PganExperiment, pganDefaults } from "../../experiments/syntheticBeats/specification.ts";
import { database } from "../../storage/database.ts";
import { findExperiment } from "../../storage/experiments.ts";
import { listRuns, runsNamed } from "../../storage/runs.ts";
import type { AnyRun } from "../../storage/trainings.ts";
import { picked, recordedFiles } from "../../testing/smallRecords.ts";
import { libraryService } from "../library.ts";
import { reportService } from "../reports.ts";
import { trainingService } from "./service.ts";

/** PGAN's experiment with networks that train in a moment. */
const small: Omit<PganExperiment, "source"> = {
  ...pganDefaults,
  name: "small",
  targets: ["V"],
  methods: [
    { method: "none", hyperparameters: {}, iterations: 0 },
    { method: "gan", hyperparameters: { batchSize: 8 }, iterations: 4 },
  ],
  counts: [0, 6, 12],
  seeds: [1],
  classifier: {
    architecture: "beatLstm",
    hyperparameters: {
      ...{ recurrentDepth: 1, recurrentUnits: "16", stepLength: 24 },
      ...{ epochs: 1, learningRate: 3e-3, batchSize: 16, evaluateEvery: 1 },
    },
  },
  adaptation: { minutes: 0.1, confidentBeats: 3 },
  leastBeats: 2,
};

let experiment: PganExperiment;

beforeAll(async () => {
  for (const seed of [1, 2, 3, 4]) {
    const files = await recordedFiles(`made${seed}`, {
      rhythm: "pvc",
      overrides: { "ectopic.pattern": "trigeminy" },
      seed,
      variation: "drawn",
      duration: 30,
    });
    await libraryService.importFiles(files.map(picked));
  }
  const found = await trainingService.beatSource({ of: "library" }, "II", "none");
  experiment = { ...small, source: found };
});

const runsOf = async (id: string): Promise<AnyRun[]> => runsNamed((await findExperiment(id))?.runs ?? []);

test("an experiment on beats is planned, computed without doing anything twice, told and taken to another machine", async () => {
  expect(experiment.source.members).toHaveLength(4);
  const two: PganExperiment = { ...experiment, patients: { V: ["made1", "made2"] } };

  const plan = await trainingService.planExperiment(two, "wasm");
  // For each patient nothing, and the generator at two numbers; the classifier and the generator are shared by these.
  expect(plan).toMatchObject({ cells: 6, computed: 0, networks: 2 * (1 + 1 + 1 + 2), backend: "wasm" });
  expect(plan.seconds).toBeGreaterThan(0);

  const { id, runs } = await trainingService.prepareExperiment(plan.specification);
  expect(runs).toHaveLength(6);
  for (const run of runs) expect((await trainingService.train(run, "wasm")).state).toBe("finished");
  const trained = await runsOf(id);
  expect(trained.map(({ phases }) => phases.map(({ phase }) => phase))).toEqual(
    [0, 1].flatMap(() => [["base"], ["generator", "added"], ["added"]]),
  );
  // What generators and classifiers of beats leave is no network for recordings.
  expect(await listRuns()).toEqual([]);
  expect(await database.checkpoints.count()).toBe(0);

  const again = await trainingService.prepareExperiment({ ...two, name: "again" });
  expect(again.runs).toEqual(runs);
  expect(await trainingService.planExperiment(two, "wasm")).toMatchObject({
    computed: 6,
    networks: 0,
    seconds: 0,
  });

  const figure = (await reportService.experimentReport(id, { target: "V" })) as PganFigure;
  expect(figure.patients).toEqual(["made1", "made2"]);
  expect(figure.rows.map(({ points }) => points.map(({ count }) => count))).toEqual([[0], [0, 6, 12]]);
  expect(await reportService.exportReport(id, null, "latex")).toContain("\\begin{tabular}");

  const files = trained.map((run) => {
    const { id: address, cell, message, backend, version, seconds, result } = run;
    const text = writeResult({ address, cell, end: "finished", message, backend, version, seconds, result });
    return { name: `${address}.json`, text };
  });
  await Promise.all([database.runs.clear(), database.pretrainings.clear()]);
  const elsewhere = await trainingService.prepareExperiment(two);
  expect((await runsOf(elsewhere.id)).every(({ result }) => result === null)).toBe(true);
  expect(await trainingService.importResults(files)).toBe(6);
  expect(await trainingService.importResults(files)).toBe(0);
  expect((await runsOf(elsewhere.id)).map(({ result }) => result)).toEqual(
    trained.map(({ result }) => result),
  );
});

test("a cell that was broken off goes on after its finished trainings, to the same end", async () => {
  const { architecture, hyperparameters } = experiment.classifier;
  // Long enough to be met in the middle.
  const classifier = { architecture, hyperparameters: { ...hyperparameters, epochs: 4, patience: 4 } };
  const one: PganExperiment = { ...experiment, classifier, patients: { V: ["made3"] }, counts: [0, 6] };
  const { id, runs } = await trainingService.prepareExperiment(one);
  const training = trainingService.train(runs[1], "wasm");
  while ((await trainingService.trainingProgress())?.activity?.doing !== "training") {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await trainingService.stopTraining();
  expect((await training).state).toBe("cancelled");
  expect((await trainingService.train(runs[1], "wasm")).state).toBe("finished");
  const resumed = (await runsOf(id))[1].result;
  await Promise.all([database.runs.clear(), database.pretrainings.clear(), database.checkpoints.clear()]);
  const whole = await trainingService.prepareExperiment(one);
  await trainingService.train(whole.runs[1], "wasm");
  expect((await runsOf(whole.id))[1].result).toEqual(resumed);
});

test("what lacks annotated beats, or patients with enough of them, says so", async () => {
  await expect(trainingService.beatSource({ of: "mitBih" }, "II", "none")).rejects.toMatchObject({
    code: "no-beats",
  });
  await expect(trainingService.beatSource({ of: "library" }, "V9", "none")).rejects.toMatchObject({
    code: "no-beats",
  });
  const demanding: PganExperiment = { ...experiment, leastBeats: 800 };
  expect(await trainingService.planExperiment(demanding, "wasm")).toMatchObject({ cells: 0, networks: 0 });
  await expect(trainingService.prepareExperiment(demanding)).rejects.toMatchObject({
    code: "empty-experiment",
  });
});
