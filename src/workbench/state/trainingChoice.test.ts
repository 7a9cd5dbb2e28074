import { expect, test } from "vitest";
import type { ShortTraining } from "../../generators/generator.ts";
import { generation } from "./generation.ts";
import { trainingKind, usualIterations, withModel } from "./trainingChoice.ts";

const shorts: Readonly<Record<string, ShortTraining>> = {
  dcgan: { hyperparameters: { batchSize: 16 }, iterations: 1000 },
  diffWave: { hyperparameters: { schedule: "cosine200", batchSize: 32 }, iterations: 5000 },
};
const shortOf = (model: string) => shorts[model] ?? null;
const usual = { ...generation.getState().draft, model: "dcgan", overrides: {}, iterations: usualIterations };
const short = { ...usual, overrides: { dcgan: { batchSize: 16 } }, iterations: 1000 };

test("a draft has the usual values, those of the short training whatever their order, or its own", () => {
  expect(trainingKind(usual, shorts.dcgan)).toBe("usual");
  expect(trainingKind(short, shorts.dcgan)).toBe("short");
  expect(trainingKind({ ...short, iterations: 900 }, shorts.dcgan)).toBe("own");
  const turned = {
    ...short,
    model: "diffWave",
    overrides: { diffWave: { batchSize: 32, schedule: "cosine200" } },
  };
  expect(trainingKind({ ...turned, iterations: 5000 }, shorts.diffWave)).toBe("short");
  expect(trainingKind({ ...short, iterations: 1000 }, null)).toBe("own");
});

test("a short training stays one with another generator, and the usual values stay usual", () => {
  const longer = withModel(short, "diffWave", shortOf);
  expect(longer).toMatchObject({ model: "diffWave", iterations: 5000 });
  expect(trainingKind(longer, shorts.diffWave)).toBe("short");
  expect(trainingKind(withModel(longer, "dcgan", shortOf), shorts.dcgan)).toBe("short");
  expect(trainingKind(withModel(usual, "diffWave", shortOf), shorts.diffWave)).toBe("usual");
});

test("one without a short training takes the usual values", () => {
  expect(withModel(short, "gaussian", shortOf)).toMatchObject({
    model: "gaussian",
    iterations: usualIterations,
  });
});

test("own values stay: those of the draft, and those that the other generator was given before", () => {
  const own = { ...short, iterations: 77 };
  expect(withModel(own, "diffWave", shortOf)).toEqual({ ...own, model: "diffWave" });
  const given = { ...short, overrides: { ...short.overrides, diffWave: { batchSize: 3 } } };
  expect(withModel(given, "diffWave", shortOf)).toEqual({ ...given, model: "diffWave" });
});
