import { describe, expect, test } from "vitest";
import type { CellSpecification } from "../../domain/experiment.ts";
import { Failure } from "../../domain/failure.ts";
import { realSyntheticProtocol } from "../../experiments/realSynthetic/protocol.ts";
import type { BackendName } from "../../neural/backend/backends.ts";
import type { CellHome } from "../../services/training/cellHome.ts";
import type { DistantCell } from "../../services/training/distantCells.ts";
import { browserComputer } from "./browserComputer.ts";
import { type DistantAnswer, SessionLost } from "./browserSession.ts";

const cell: CellSpecification = {
  kind: "Real, Syn, Syn→Real",
  task: "af",
  architecture: "gru",
  hyperparameters: {},
  setting: "synthetic",
  split: 1,
  positives: null,
  form: { samplingFrequency: 100, duration: 10, lead: "II" },
  synthetic: { preset: "clinical", perClass: 1, validationPerClass: 1, testPerClass: 1 },
  real: null,
  seed: 1,
};
const home = {} as CellHome;

const on = (name: BackendName) => ({ name, adapter: "an adapter", software: false });
const diverged: DistantAnswer = {
  backend: on("webgpu"),
  outcome: { end: "diverged", reason: "NaN" },
  trial: null,
};
const deviceLost: DistantAnswer = {
  backend: on("webgpu"),
  outcome: { end: "lost", reason: "gone" },
  trial: null,
};
const crash = new SessionLost("the page crashed");

/** A computer whose browsers give these answers one after the other, with a log of what happened. */
function computerOf(answers: readonly (DistantAnswer | Error)[], wish: BackendName | null = null) {
  const left = [...answers];
  const log: string[] = [];
  const requests: DistantCell[] = [];
  let offers = 0;
  const computer = browserComputer({
    server: { address: "http://page", offer: () => `place ${++offers}`, close: async () => {} },
    async open() {
      log.push("open");
      return {
        async compute(request) {
          requests.push(request);
          const answer = left.shift();
          if (answer === undefined) throw new Error("asked too often");
          if (answer instanceof Error) throw answer;
          return answer;
        },
        close: async () => void log.push("close"),
      };
    },
    wish,
    tell: (line) => log.push(line),
  });
  return { computer, log, requests };
}

describe("a lost browser", () => {
  test("is replaced three times, and the cell is computed", async () => {
    const { computer, log, requests } = computerOf([crash, crash, crash, diverged]);
    expect(await computer.compute(realSyntheticProtocol, cell, home, null)).toEqual(diverged);
    expect(log.filter((line) => line === "open")).toHaveLength(4);
    expect(log[2]).toContain("the page crashed");
    expect(requests.map(({ place }) => place)).toEqual(["place 1", "place 2", "place 3", "place 4"]);
  });

  test("ends the call the fourth time, with what to do", async () => {
    const { computer, log } = computerOf([crash, crash, crash, crash]);
    await expect(computer.compute(realSyntheticProtocol, cell, home, null)).rejects.toMatchObject({
      code: "browser-lost",
    });
    expect(log.filter((line) => line === "close")).toHaveLength(4);
  });

  test("counts afresh for every cell, and one browser serves many", async () => {
    const { computer, log } = computerOf([crash, crash, diverged, crash, crash, diverged, diverged]);
    for (let count = 0; count < 3; count++) await computer.compute(realSyntheticProtocol, cell, home, null);
    expect(log.filter((line) => line === "open")).toHaveLength(5);
  });
});

describe("the backend", () => {
  test("is another one after its device was lost, where the fastest is asked for", async () => {
    const { computer, requests } = computerOf([
      diverged,
      deviceLost,
      { ...diverged, backend: on("wasm") },
      diverged,
    ]);
    for (let count = 0; count < 3; count++) await computer.compute(realSyntheticProtocol, cell, home, null);
    expect(requests.map(({ wish, avoided }) => [wish, avoided])).toEqual([
      [null, []],
      // Measured once.
      ["webgpu", []],
      [null, ["webgpu"]],
      // And again after the loss.
      [null, []],
    ]);
  });

  test("stays the one that was asked for, and is measured for every network", async () => {
    const wished = computerOf([deviceLost, diverged], "webgpu");
    await wished.computer.compute(realSyntheticProtocol, cell, home, null);
    expect(wished.requests.map(({ wish }) => wish)).toEqual(["webgpu", "webgpu"]);
    const measured = computerOf([diverged, diverged]);
    await measured.computer.compute(realSyntheticProtocol, cell, home, null);
    await measured.computer.compute(realSyntheticProtocol, { ...cell, architecture: "lstm" }, home, null);
    expect(measured.requests.map(({ wish }) => wish)).toEqual([null, null]);
  });
});

test("what a person can mend is told at once", async () => {
  const { computer, log } = computerOf([new Failure("bad-cell", "No.", "epochs", "Change it.")]);
  await expect(computer.compute(realSyntheticProtocol, cell, home, null)).rejects.toMatchObject({
    code: "bad-cell",
  });
  await computer.close();
  expect(log).toEqual(["open", "close"]);
});
