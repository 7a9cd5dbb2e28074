import { expect, test } from "vitest";
import type { OfferedTrainings } from "../../generators/generator.ts";
import { generation } from "./generation.ts";
import { trainingKind, withChoice } from "./trainingChoice.ts";

const usual = { hyperparameters: {}, iterations: 2000 };
const none: OfferedTrainings = { usual, short: null };
const dcgan: OfferedTrainings = {
  usual,
  short: { hyperparameters: { batchSize: 16 }, iterations: 1000 },
};
const diffWave: OfferedTrainings = {
  usual,
  short: { hyperparameters: { schedule: "cosine200", batchSize: 32 }, iterations: 5000 },
};
const longDiffWave: OfferedTrainings = {
  usual: { hyperparameters: { samplingSteps: 50 }, iterations: 2000 },
  short: null,
};
const longTokens: OfferedTrainings = {
  usual: { hyperparameters: { lowSteps: 10 }, iterations: 2000 },
  short: { hyperparameters: { batchSize: 4 }, iterations: 700 },
};
const models = {
  dcgan: { forms: ["beats"], trainings: { beats: dcgan, recordings: none } },
  diffWave: { forms: ["beats", "recordings"], trainings: { beats: diffWave, recordings: longDiffWave } },
  timeVqVae: { forms: ["beats", "recordings"], trainings: { beats: none, recordings: longTokens } },
  simulator: { forms: ["beats"], trainings: { beats: none, recordings: none } },
} as const;

const plain = {
  ...generation.getState().draft,
  model: "dcgan",
  overrides: {},
  iterations: 2000,
  training: "usual",
} as const;
const short = {
  ...plain,
  overrides: { dcgan: { batchSize: 16 } },
  iterations: 1000,
  training: "short",
} as const;

test("a draft has the usual values, those of the short training whatever their order, or its own", () => {
  expect(trainingKind(plain, dcgan)).toBe("usual");
  expect(trainingKind(short, dcgan)).toBe("short");
  expect(trainingKind({ ...short, iterations: 900 }, dcgan)).toBe("own");
  const turned = {
    ...short,
    model: "diffWave",
    overrides: { diffWave: { batchSize: 32, schedule: "cosine200" } },
  };
  expect(trainingKind({ ...turned, iterations: 5000 }, diffWave)).toBe("short");
  expect(trainingKind(short, none)).toBe("own");
});

test("a short training stays one with another generator, and the usual values stay usual", () => {
  const longer = withChoice(short, { model: "diffWave" }, models);
  expect(longer).toMatchObject({ model: "diffWave", iterations: 5000 });
  expect(trainingKind(longer, diffWave)).toBe("short");
  expect(trainingKind(withChoice(longer, { model: "dcgan" }, models), dcgan)).toBe("short");
  expect(trainingKind(withChoice(plain, { model: "diffWave" }, models), diffWave)).toBe("usual");
});

test("both stay with another form, whose values differ, and come back with the first", () => {
  const beats = withChoice(short, { model: "diffWave" }, models);
  // Where there is no short training of the form, the usual one stands in until there is one again.
  const recordings = withChoice(beats, { form: "recordings" }, models);
  expect(recordings).toMatchObject({ iterations: 2000, overrides: { diffWave: { samplingSteps: 50 } } });
  expect(withChoice(recordings, { form: "beats" }, models)).toEqual(beats);
  const tokens = withChoice(recordings, { model: "timeVqVae" }, models);
  expect(tokens).toMatchObject({ iterations: 700, overrides: { timeVqVae: { batchSize: 4 } } });
  expect(withChoice(withChoice(short, { model: "simulator" }, models), { model: "dcgan" }, models)).toEqual({
    ...short,
    overrides: { ...short.overrides, simulator: {} },
  });
  const usualBeats = withChoice(plain, { model: "diffWave" }, models);
  expect(withChoice(usualBeats, { form: "recordings" }, models).overrides["diffWave"]).toEqual({
    samplingSteps: 50,
  });
  // Of beats alone: the form that was asked for waits for a generator that makes it.
  const asked = withChoice(short, { form: "recordings" }, models);
  expect(trainingKind(asked, dcgan)).toBe("short");
  expect(withChoice(asked, { model: "timeVqVae" }, models).overrides["timeVqVae"]).toEqual({ batchSize: 4 });
});

test("a training as released stays one with another form, and gives way to the usual where there is none", () => {
  const released = { hyperparameters: { network: "released" }, iterations: 90 };
  const both = { beats: { ...diffWave, released }, recordings: { ...longDiffWave, released } };
  const own = { ...models, diffWave: { ...models.diffWave, trainings: both } };
  const asked = {
    ...plain,
    model: "diffWave",
    overrides: { diffWave: { network: "released" } },
    iterations: 90,
    training: "released",
  } as const;
  expect(trainingKind(asked, both.beats)).toBe("released");
  expect(trainingKind(asked, diffWave)).toBe("own");
  const recordings = withChoice(asked, { form: "recordings" }, own);
  expect(trainingKind(recordings, both.recordings)).toBe("released");
  const usualDcgan = withChoice(recordings, { model: "dcgan" }, own);
  expect(trainingKind(usualDcgan, dcgan)).toBe("usual");
  expect(trainingKind(withChoice(usualDcgan, { model: "diffWave" }, own), both.recordings)).toBe("released");
});

test("one without a short training takes the usual values", () => {
  expect(withChoice(short, { model: "simulator" }, models)).toMatchObject({
    model: "simulator",
    iterations: 2000,
  });
});

test("own values stay: those of the draft, and those that the other generator was given before", () => {
  const own = { ...short, iterations: 77 };
  expect(withChoice(own, { model: "diffWave" }, models)).toEqual({ ...own, model: "diffWave" });
  const given = { ...short, overrides: { ...short.overrides, diffWave: { batchSize: 3 } } };
  expect(withChoice(given, { model: "diffWave" }, models)).toEqual({ ...given, model: "diffWave" });
});
