import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readBack } from "../../e2e/support/wfdbReader.ts";
import { bundle } from "../../scripts/bundle.mjs";
import { describeWithData } from "../testing/testData.ts";
import { exitCodes } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "ecg-"));
afterAll(() => rmSync(folder, { recursive: true }));

let program = "";
beforeAll(async () => {
  program = await bundle("src/commandLine/ecg.ts");
});

function ecg(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], { encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("synth and read", () => {
  test("write records that another reader understands, with a manifest that repeats them", () => {
    const words = ["--rhythm", "pvc", "--count", "2", "--seed", "7", "--set", "R.amplitude=1.2"];
    expect(ecg("synth", ...words, "--out", join(folder, "one")).status).toBe(exitCodes.ok);
    expect(ecg("synth", ...words, "--out", join(folder, "two")).status).toBe(exitCodes.ok);
    const names = readdirSync(join(folder, "one")).sort();
    expect(names).toEqual([
      "gaussian_pvc_0.atr",
      "gaussian_pvc_0.dat",
      "gaussian_pvc_0.hea",
      "gaussian_pvc_1.atr",
      "gaussian_pvc_1.dat",
      "gaussian_pvc_1.hea",
      "manifest.json",
    ]);
    for (const name of names) {
      expect(readFileSync(join(folder, "one", name)).equals(readFileSync(join(folder, "two", name)))).toBe(
        true,
      );
    }
    const record = readBack(
      readFileSync(join(folder, "one", "gaussian_pvc_0.hea"), "utf8"),
      readFileSync(join(folder, "one", "gaussian_pvc_0.dat")),
    );
    expect(record.checksumsHold).toBe(true);
    expect(record.signals[0]).toHaveLength(5000);
    const manifest = JSON.parse(readFileSync(join(folder, "one", "manifest.json"), "utf8"));
    expect(manifest.records.map(({ seed }: { seed: number }) => seed)).toEqual([7, 8]);
    expect(manifest.records[0].requested).toEqual({ "R.amplitude": 1.2 });
    const read = JSON.parse(
      ecg("read", join(folder, "one", "gaussian_pvc_0"), "--from", "0", "--to", "0.1", "--json").stdout,
    );
    expect(read.samples.II).toHaveLength(50);
    read.samples.II.forEach((value: number, index: number) => {
      expect(value).toBeCloseTo(record.signals[0][index], 5);
    });
    expect(read.annotations.bySymbol.V).toBeGreaterThan(0);
  });
});

describe("peaks, waves, beats and score", () => {
  const record = join(folder, "found", "mcsharry_normal_0");
  const json = (...words: string[]) => JSON.parse(ecg(...words, "--json").stdout);

  test("agree with the annotations of a simulated record, and write files that are read again", () => {
    const made = ["synth", "--simulator", "mcsharry", "--duration", "20", "--seed", "3"];
    expect(ecg(...made, "--out", join(folder, "found")).status).toBe(exitCodes.ok);
    const [score] = json("score", record).scores;
    expect(score.sensitivity).toBeGreaterThan(90);
    expect(score.positivePredictivity).toBe(100);
    const { rPeaks } = json("peaks", record, "--write", `${record}.qrs`);
    expect(json("read", record, "--annotator", "qrs").annotations.bySymbol).toEqual({ N: rPeaks.length });
    const found = json("waves", record, "--write", `${record}.wav`);
    expect(found.beats).toHaveLength(rPeaks.length);
    const written = json("read", record, "--annotator", "wav").annotations.bySymbol;
    expect(written.p).toBe(found.beats.filter(({ p }: { p: unknown }) => p !== null).length);
    const { beats, before, after } = json("beats", record);
    expect(beats.length).toBeGreaterThan(10);
    for (const { samples, symbol } of beats) {
      expect(samples).toHaveLength(before + after);
      expect(symbol).toBe("N");
    }
  });

  test("say what a record lacks", () => {
    rmSync(`${record}.atr`);
    rmSync(`${record}.qrs`);
    rmSync(`${record}.wav`);
    const result = ecg("score", record);
    expect(result.status).toBe(exitCodes.badInput);
    expect(result.stderr).toContain("no annotated beats");
    expect(ecg("peaks", record, "--lead", "V9").stderr).toContain("Choose");
    expect(ecg("peaks", record, "--detector", "magic").status).toBe(exitCodes.wrongUsage);
  });
});

describe("exit codes and messages", () => {
  test.each([
    [["--help"], exitCodes.ok, "synth"],
    [["synth", "--help"], exitCodes.ok, "Examples"],
    [[], exitCodes.wrongUsage, "COMMAND"],
    [["sing"], exitCodes.wrongUsage, "no command sing"],
    [["synth"], exitCodes.wrongUsage, "--out"],
    [["synth", "--out", folder, "--set", "wings=2"], exitCodes.badInput, "wings"],
    [["synth", "--out", folder, "--rhythm", "waltz"], exitCodes.badInput, "waltz"],
    [["read", join(folder, "nothing")], exitCodes.badInput, "nothing.hea"],
    [["fit", "x"], exitCodes.wrongUsage, "--beat"],
  ] as const)("%j ends with %i", (words, status, message) => {
    const result = ecg(...words);
    expect(result.status).toBe(status);
    expect(result.stdout + result.stderr).toContain(message);
  });
});

describeWithData("real records", (data) => {
  test("read counts what MIT-BIH 100 holds", () => {
    const { stdout } = ecg("read", join(data, "mitdb", "100"), "--json");
    const summary = JSON.parse(stdout);
    expect(summary).toMatchObject({
      length: 650000,
      samplingFrequency: 360,
      annotations: { total: 2274, bySymbol: { N: 2239, A: 33, V: 1, "+": 1 } },
    });
  });

  test("fit reproduces one of its beats", () => {
    const { stdout } = ecg("fit", join(data, "mitdb", "100"), "--beat", "100", "--json");
    const fitted = JSON.parse(stdout);
    expect(fitted.rSquared).toBeGreaterThan(0.95);
    expect(Object.keys(fitted.parameters)).toHaveLength(16);
  });
});

describe("experiment and merge", () => {
  const specification = {
    kind: "Real, Syn, Syn→Real experiment",
    name: "small",
    tasks: ["af"],
    architectures: [
      {
        architecture: "gru",
        hyperparameters: {
          chunkLength: "50",
          recurrentDepth: 1,
          recurrentUnits: "16",
          backboneWidth: "16",
          epochs: 2,
          evaluateEvery: 1,
        },
      },
    ],
    settings: ["real", "synthetic", "syntheticToReal"],
    splits: [1, 2],
    positives: [null, 5],
    form: { samplingFrequency: 100, duration: 10, lead: "II" },
    synthetic: { preset: "clinical", perClass: 16, validationPerClass: 8, testPerClass: 8 },
    real: { name: "stand-in", members: [], byPatient: true, testShare: 0.2, validationShare: 0.2 },
    seed: 1,
  };
  const file = join(folder, "spec.json");
  /** Enough of the stand-in for every part of every split. */
  const standInData = "simulated:90";
  const shard = (index: number, out: string) =>
    ecg("experiment", file, "--data", standInData, "--shard", `${index}/2`, "--out", join(folder, out));
  const results = (out: string) =>
    readdirSync(join(folder, out)).filter((name) => /^[0-9a-f]{64}\.json$/.test(name));

  test("shards compute disjoint cells, are restarted without computing twice, and are joined to tables", () => {
    writeFileSync(file, JSON.stringify(specification));
    expect(shard(1, "first").status).toBe(exitCodes.ok);
    expect(shard(2, "second").status).toBe(exitCodes.ok);
    const [first, second] = [results("first"), results("second")];
    expect(first).toHaveLength(5);
    expect(second).toHaveLength(5);
    expect(new Set([...first, ...second]).size).toBe(10);
    const again = shard(1, "first");
    expect(again.stdout.match(/computed before/g)).toHaveLength(5);

    const joined = ecg(
      "merge",
      join(folder, "first"),
      join(folder, "second"),
      "--out",
      join(folder, "joined"),
    );
    expect(joined.stdout).toContain("10 trainings");
    const tables = ecg("merge", join(folder, "joined"), "--spec", file, "--metric", "auprc");
    expect(tables.status).toBe(exitCodes.ok);
    const lines = tables.stdout.trim().split("\n");
    expect(lines).toHaveLength(1 + 2 * 3);
    expect(lines[1]).toMatch(/^af,auprc,all,gru,real,2,0\.\d{4},/);

    // Divided otherwise, a machine computes the same.
    const other = ["--data", standInData, "--shard", "2/3", "--out", join(folder, "whole")];
    expect(ecg("experiment", file, ...other).status).toBe(exitCodes.ok);
    expect(results("whole").length).toBeGreaterThan(2);
    for (const name of results("whole")) {
      const read = (out: string) => JSON.parse(readFileSync(join(folder, out, name), "utf8"));
      const [alone, shared] = [read("whole"), read("joined")];
      expect(alone.result).toEqual(shared.result);
    }
  });

  test("hyper-parameters are searched first, once, and what was found is joined with the results", () => {
    const searching = join(folder, "search.json");
    writeFileSync(
      searching,
      JSON.stringify({
        ...specification,
        settings: ["synthetic", "syntheticToReal"],
        splits: [1],
        positives: [null],
        search: { trials: 2 },
      }),
    );
    const compute = () =>
      ecg("experiment", searching, "--data", standInData, "--out", join(folder, "searched")).stdout;
    const first = compute();
    expect(first.match(/^Search .*trial/gm)).toHaveLength(4);
    expect(results("searched")).toHaveLength(2);
    const again = compute();
    expect(again).not.toContain("trial");
    expect(again.match(/computed before/g)).toHaveLength(2);

    const out = join(folder, "settled");
    const tables = ecg("merge", join(folder, "searched"), "--spec", searching, "--out", out).stdout;
    expect(tables.trim().split("\n")).toHaveLength(1 + 2);
    const settled = join(out, "found.experiment.json");
    const { found } = JSON.parse(readFileSync(settled, "utf8"));
    expect(found.map(({ setting }: { setting: string }) => setting)).toEqual([
      "synthetic",
      "syntheticToReal",
    ]);
    expect(found[1].pretraining).toEqual(found[0].hyperparameters);
    expect(ecg("merge", out, "--spec", settled).stdout).toBe(tables);
  });

  test("an experiment on generated beats tells what its specification and its call lack", () => {
    const bad = join(folder, "beats.json");
    writeFileSync(bad, JSON.stringify({ kind: "SimGAN experiment", name: "x", source: { name: "y" } }));
    const told = ecg("augment", bad, "--data", standInData);
    expect(told.status).toBe(exitCodes.badInput);
    expect(told.stderr).toContain("beats.json, source");
    expect(ecg("augment", "docs/simgan.experiment.json").status).toBe(exitCodes.wrongUsage);
    const empty = ecg("augment", "docs/pgan.experiment.json", "--data", folder);
    expect(empty.status).toBe(exitCodes.badInput);
    expect(empty.stderr).toContain("--data");
  });

  test("what cannot be used is told with its place", () => {
    writeFileSync(join(folder, "bad.json"), JSON.stringify({ ...specification, tasks: ["stroke"] }));
    const bad = ecg("experiment", join(folder, "bad.json"));
    expect(bad.status).toBe(exitCodes.badInput);
    expect(bad.stderr).toContain("bad.json, tasks");
    writeFileSync(file, JSON.stringify(specification));
    expect(ecg("experiment", file, "--out", join(folder, "none")).stderr).toContain("--data");
    expect(ecg("experiment", file, "--data", standInData, "--shard", "3/2").stderr).toContain(
      "no shard 3 of 2",
    );
    expect(ecg("merge", join(folder, "nowhere")).status).toBe(exitCodes.badInput);
  });

  test("without a browser only wasm computes, and a browser needs the page", () => {
    writeFileSync(file, JSON.stringify(specification));
    const on = (...words: string[]) => ecg("experiment", file, "--data", standInData, ...words);
    for (const [words, message] of [
      [["--backend", "webgpu"], "needs --browser"],
      [["--backend", "abacus", "--browser"], "not abacus"],
    ] as const) {
      const result = on(...words);
      expect(result.status).toBe(exitCodes.wrongUsage);
      expect(result.stderr).toContain(message);
    }
    // Called past `npm run ecg`, which builds it.
    const pageless = on("--browser", "--out", join(folder, "pageless"));
    expect(pageless.status).toBe(exitCodes.badInput);
    expect(pageless.stderr).toContain("npm run ecg");
  });
});
