import { describe, expect, test } from "vitest";
import { baseAddress, beatCellAddress, generatorAddress } from "./addresses.ts";
import { pganCellsOf, simGanCellsOf } from "./grid.ts";
import {
  beatControls,
  type PganExperiment,
  pganDefaults,
  type SimGanExperiment,
  simGanDefaults,
} from "./specification.ts";
import { parseBeatExperiment } from "./specificationFile.ts";

const source = { name: "MIT-BIH", members: ["b", "a"], lead: "MLII", filter: "none" } as const;
const simGan: SimGanExperiment = { ...simGanDefaults, name: "test", source };
const pgan: PganExperiment = { ...pganDefaults, name: "test", source };
const patients = { S: ["232"], V: ["200", "208"], F: ["208"] };

/** How often neighbours in a list differ, and once for the first. */
const changes = (values: readonly string[]) => values.filter((value, at) => value !== values[at - 1]).length;

describe("the grid of SimGAN", () => {
  const cells = simGanCellsOf(simGan);

  test("has every generator at every ratio, and nothing added once", async () => {
    // 3 classes × 5 seeds × (none + trained on + 10 generators and controls × 7 ratios above 0)
    expect(cells).toHaveLength(3 * 5 * (2 + 10 * 7));
    const addresses = await Promise.all(cells.map(beatCellAddress));
    expect(new Set(addresses).size).toBe(cells.length);
  });

  test("keeps those together that share a generator or the classifier of real beats", async () => {
    const base = await Promise.all(cells.map(baseAddress));
    expect([changes(base), new Set(base).size]).toEqual([15, 15]);
    const trained = cells.filter(({ added }) => !beatControls.some((each) => each === added.generator));
    const generators = await Promise.all(trained.map(generatorAddress));
    expect([changes(generators), new Set(generators).size]).toEqual([15 * 8, 15 * 8]);
  });
});

describe("the grid of PGAN", () => {
  const cells = pganCellsOf(pgan, patients);

  test("has a patient's eight rows and our control, six of them at every count above 0", async () => {
    // 4 pairs of a class and a patient × 5 seeds × (none + trained on + personalised LSTM + 6 × 7 counts)
    expect(cells).toHaveLength(4 * 5 * (3 + 6 * 7));
    expect(new Set(await Promise.all(cells.map(beatCellAddress))).size).toBe(cells.length);
    expect(pganCellsOf({ ...pgan, patients })).toEqual(cells);
  });

  test("lets the classes of a patient share the network of the others", async () => {
    const base = await Promise.all(cells.map(baseAddress));
    // 3 patients × 5 seeds; 208 is tested for V and F.
    expect([changes(base), new Set(base).size]).toEqual([15, 15]);
  });
});

test("training on is no row of its own where real and added beats are trained on at once", () => {
  const trainedOn = (order: SimGanExperiment["order"]) =>
    simGanCellsOf({ ...simGan, order }).filter(({ added }) => added.generator === "continued").length;
  expect([trainedOn("realThenBoth"), trainedOn("union")]).toEqual([15, 0]);
});

describe("the address of a cell", () => {
  const [none, ...others] = simGanCellsOf({ ...simGan, ratios: [0, 1] });
  const gan = others.find(({ added }) => added.generator === "vanillaGan") ?? none;

  test("depends on nothing that has no effect", async () => {
    const renamed = { ...none, source: { ...source, name: "other", members: ["a", "b"] } };
    expect(await beatCellAddress(renamed)).toBe(await beatCellAddress(none));
    // Adding nothing of a generator is adding nothing.
    expect(await beatCellAddress({ ...gan, ratio: 0 })).toBe(await beatCellAddress(none));
    expect(await beatCellAddress({ ...none, order: "union" })).toBe(await beatCellAddress(none));
    expect(await beatCellAddress({ ...gan, order: "union" })).not.toBe(await beatCellAddress(gan));
    expect(await beatCellAddress({ ...gan, seed: 9 })).not.toBe(await beatCellAddress(gan));
    const thinned = { ...gan, source: { ...gan.source, mostPerRecord: { N: 10 } } };
    expect(await beatCellAddress(thinned)).not.toBe(await beatCellAddress(gan));
    const filtered = (["none", "zeroPhase", "bandPass"] as const).map((filter) =>
      beatCellAddress({ ...gan, source: { ...gan.source, filter } }),
    );
    expect(new Set(await Promise.all(filtered)).size).toBe(3);
  });

  test("of a generator depends on its training alone; a personal one on who chose its beats", async () => {
    const classifier = { architecture: "beatResNet", hyperparameters: { epochs: 1 } };
    expect(await generatorAddress({ ...gan, classifier, ratio: 2 })).toBe(await generatorAddress(gan));
    const longer = { ...gan, added: { ...gan.added, iterations: 1 } };
    expect(await generatorAddress(longer)).not.toBe(await generatorAddress(gan));
    const [personal] = pganCellsOf(pgan, patients).filter(({ method }) => method === "pgan");
    expect(await generatorAddress({ ...personal, count: 5 })).toBe(await generatorAddress(personal));
    expect(await generatorAddress({ ...personal, classifier })).not.toBe(await generatorAddress(personal));
    const population = { ...personal, method: "gan" as const };
    expect(await generatorAddress({ ...population, classifier })).toBe(await generatorAddress(population));
  });
});

describe("a specification from a file", () => {
  test("is what was written, and as published where it says nothing", () => {
    expect(parseBeatExperiment(JSON.stringify(simGan), "a.json")).toEqual(simGan);
    const thinned = { ...simGan, source: { ...source, mostPerRecord: { N: 10, F: 0 } } };
    expect(parseBeatExperiment(JSON.stringify(thinned), "a.json")).toEqual(thinned);
    const filtered = { ...simGan, source: { ...source, filter: "zeroPhase" } };
    expect(parseBeatExperiment(JSON.stringify(filtered), "a.json")).toEqual(filtered);
    const short = parseBeatExperiment(JSON.stringify({ kind: pgan.kind, name: "test", source }), "a.json");
    expect(short).toEqual(pgan);
    expect(short.seeds.length).toBeGreaterThanOrEqual(5);
  });

  test.each([
    ["targets", { targets: ["N"] }],
    ["seeds", { seeds: [1, 1] }],
    ["ratios", { ratios: [-1] }],
    ["recalls", { recalls: { S: 0.4, V: 2, F: 0.6 } }],
    ["source", { source: { ...source, filter: "notch" } }],
    ["source", { source: undefined }],
    ["source", { source: { ...source, mostPerRecord: { N: -1 } } }],
    ["source", { source: { ...source, mostPerRecord: { X: 10 } } }],
    ["generators", { generators: [{ generator: "dcgan" }] }],
    ["order", { order: "backwards" }],
    ["ratio", { ratio: 1 }],
    ["kind", { kind: "other" }],
  ])("that is wrong in %s says so", (field, change) => {
    expect(() => parseBeatExperiment(JSON.stringify({ ...simGan, ...change }), "a.json")).toThrow(
      expect.objectContaining({ code: "experiment-file", place: `a.json, ${field}` }),
    );
  });

  test.each([
    ["methods", { methods: [{ method: "cgan", hyperparameters: {}, iterations: 1 }] }],
    ["adaptation", { adaptation: { minutes: 0, confidentBeats: 50 } }],
    ["leastBeats", { leastBeats: 0 }],
    ["counts", { counts: [0.5] }],
  ])("after PGAN that is wrong in %s says so", (field, change) => {
    expect(() => parseBeatExperiment(JSON.stringify({ ...pgan, ...change }), "b.json")).toThrow(
      expect.objectContaining({ code: "experiment-file", place: `b.json, ${field}` }),
    );
  });

  test("that is no JSON says so", () => {
    expect(() => parseBeatExperiment("{", "a.json")).toThrow(
      expect.objectContaining({ code: "experiment-file" }),
    );
  });
});
