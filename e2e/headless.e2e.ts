import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";

const specification = {
  kind: "Real, Syn, Syn→Real experiment",
  name: "tiny",
  tasks: ["af"],
  architectures: [
    {
      architecture: "gru",
      hyperparameters: {
        chunkLength: "50",
        recurrentDepth: 1,
        recurrentUnits: "16",
        backboneWidth: "16",
        epochs: 1,
        evaluateEvery: 1,
      },
    },
  ],
  settings: ["synthetic"],
  splits: [1],
  positives: [null],
  form: { samplingFrequency: 100, duration: 10, lead: "II" },
  synthetic: { preset: "clinical", perClass: 20, validationPerClass: 8, testPerClass: 8 },
  real: null,
  seed: 1,
};

/** What is looked at of a file that a training ends in. */
interface ResultFile {
  readonly address: string;
  readonly end: string;
  readonly backend: { readonly name: string; readonly adapter: string };
  readonly result: {
    readonly probabilities: readonly number[];
    readonly labels: string;
    readonly examples: readonly unknown[];
  };
}

interface BeatResultFile {
  readonly address: string;
  readonly end: string;
  readonly result: {
    readonly added: number;
    readonly tested: {
      readonly probabilities: readonly number[];
      readonly labels: string;
      readonly origins: readonly unknown[];
    };
  };
}

const call = promisify(execFile);
const ecg = async (...words: string[]) =>
  (await call(process.execPath, ["scripts/ecg.mjs", ...words])).stdout;

/** PGAN's experiment on one patient: without added beats, and with some of a generator. */
const beatSpecification = {
  kind: "PGAN experiment",
  name: "tiny",
  source: { name: "made", members: [], lead: "II", filter: "none" },
  targets: ["V"],
  seeds: [1],
  methods: [{ method: "gan", hyperparameters: { batchSize: 8 }, iterations: 4 }],
  counts: [6],
  adaptation: { minutes: 0.1, confidentBeats: 3 },
  leastBeats: 2,
  patients: { V: ["gaussian_pvc_1"] },
  classifier: {
    architecture: "beatLstm",
    hyperparameters: {
      recurrentDepth: 1,
      recurrentUnits: "16",
      stepLength: 24,
      epochs: 1,
      learningRate: 3e-3,
      batchSize: 16,
      evaluateEvery: 1,
    },
  },
};

test("cells with generated beats are computed in a browser as in Node, and not twice", async () => {
  test.setTimeout(120_000);
  const folder = await mkdtemp(join(tmpdir(), "headless-beats-"));
  try {
    const data = join(folder, "data");
    await ecg("synth", "--rhythm", "pvc", "--count", "4", "--duration", "30", "--out", data);
    // Without the comments that mark them as synthetic they stand for recordings of people.
    for (const name of (await readdir(data)).filter((each) => each.endsWith(".hea"))) {
      const lines = (await readFile(join(data, name), "utf8")).split("\n");
      await writeFile(join(data, name), lines.filter((line) => !line.startsWith("#")).join("\n"));
    }
    const file = join(folder, "spec.json");
    await writeFile(file, JSON.stringify(beatSpecification));
    const compute = (out: string, ...words: string[]) =>
      ecg("augment", file, "--data", data, "--out", join(folder, out), ...words);
    const read = async (out: string): Promise<BeatResultFile[]> => {
      const names = (await readdir(join(folder, out))).filter((name) => name.endsWith(".json")).sort();
      const texts = await Promise.all(names.map((name) => readFile(join(folder, out, name), "utf8")));
      return texts.map((text) => JSON.parse(text) as BeatResultFile);
    };
    const table = await compute("node");
    expect(table.trim().split("\n")).toHaveLength(4);
    expect(await compute("browser", "--browser", "--backend", "wasm")).toMatch(/^class,method/);
    const [node, browser] = [await read("node"), await read("browser")];
    expect(browser.map(({ address, end }) => [address, end])).toEqual(
      node.map(({ address, end }) => [address, end]),
    );
    expect(node.map(({ result }) => result.added).sort()).toEqual([0, 6]);
    node.forEach(({ result }, cell) => {
      const other = browser[cell].result;
      expect(other.tested.labels).toBe(result.tested.labels);
      expect(other.tested.origins).toEqual(result.tested.origins);
      result.tested.probabilities.forEach((probability, row) => {
        expect(Math.abs(other.tested.probabilities[row] - probability)).toBeLessThan(1e-3);
      });
    });
    // The classifier of the real beats and the generator.
    expect(await readdir(join(folder, "browser", "shared"))).toHaveLength(2);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("the command computes the same in a browser as in Node, and nothing twice", async () => {
  const folder = await mkdtemp(join(tmpdir(), "headless-"));
  try {
    const file = join(folder, "spec.json");
    await writeFile(file, JSON.stringify(specification));
    const compute = (out: string, ...words: string[]) =>
      ecg("experiment", file, "--out", join(folder, out), ...words);
    const read = async (out: string): Promise<ResultFile> => {
      const names = (await readdir(join(folder, out))).filter((name) => /^[0-9a-f]{64}\./.test(name));
      // No checkpoint is left beside the result.
      expect(names).toEqual([expect.stringMatching(/\.json$/)]);
      return JSON.parse(await readFile(join(folder, out, names[0]), "utf8")) as ResultFile;
    };
    expect(await compute("node")).toContain("on wasm");
    expect(await compute("browser", "--browser", "--backend", "wasm")).toContain("on wasm");
    const [node, browser] = [await read("node"), await read("browser")];
    expect(browser.address).toBe(node.address);
    expect(browser.end).toBe(node.end);
    expect(browser.backend).toEqual({ name: "wasm", adapter: "processor, SIMD" });
    expect(browser.result.labels).toEqual(node.result.labels);
    expect(browser.result.examples).toEqual(node.result.examples);
    const expected = node.result.probabilities;
    expect(expected).toHaveLength(16);
    expected.forEach((probability, index) => {
      expect(Math.abs(browser.result.probabilities[index] - probability)).toBeLessThan(1e-3);
    });
    expect(await readdir(join(folder, "browser", "shared"))).toEqual(
      await readdir(join(folder, "node", "shared")),
    );
    expect(await compute("browser", "--browser", "--backend", "wasm")).toContain("computed before");
  } finally {
    await rm(folder, { recursive: true });
  }
});
