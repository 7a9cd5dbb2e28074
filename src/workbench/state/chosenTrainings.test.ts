import { describe, expect, test } from "vitest";
import type { DescribedGenerator, OfferedTrainings } from "../../generators/generator.ts";
import {
  beginningOf,
  hasTwins,
  isTwin,
  type OfferedChoice,
  offeredModel,
  readChosen,
  withAgain,
  withForm,
  withNames,
  withTraining,
  writeChosen,
} from "./chosenTrainings.ts";

const usual = { hyperparameters: {}, iterations: 2000 };
const short = { hyperparameters: { batchSize: 32 }, iterations: 4000 };
const long: OfferedTrainings = {
  usual: { hyperparameters: { samplingSteps: 50 }, iterations: 2000 },
  short: null,
};
const text = { title: "", description: "", paper: "", isConditional: true, isPersonal: false } as const;
const gan: DescribedGenerator = {
  ...text,
  forms: ["beats"],
  isTrained: true,
  hyperparameters: {},
  trainings: { beats: { usual, short }, recordings: { usual, short: null } },
};
const models: Readonly<Record<string, DescribedGenerator>> = {
  gan,
  diffWave: {
    ...gan,
    forms: ["beats", "recordings"],
    trainings: { beats: { usual, short }, recordings: long },
  },
  simulator: { ...gan, isTrained: false, trainings: { ...gan.trainings, beats: { usual, short: null } } },
};
const offered: readonly OfferedChoice[] = [
  { value: "none", label: "None", model: null },
  ...Object.entries(models).map(([value, model]) => ({
    value,
    label: value,
    model: offeredModel(model, "beats"),
  })),
];
const [none, ganChoice, , simulator] = offered;

describe("a generator that is added", () => {
  test("begins with its short training in a first look", () => {
    expect(beginningOf(ganChoice, "quick", [])).toEqual({ name: "gan", ...short });
    const recordings = {
      ...ganChoice,
      value: "diffWave",
      model: offeredModel(models["diffWave"], "recordings"),
    };
    expect(beginningOf(recordings, "quick", [])).toEqual({ name: "diffWave", ...long.usual });
  });

  test("begins as the larger preset has it there, or with the usual values", () => {
    const full = [{ name: "gan", hyperparameters: { width: "64" }, iterations: 5000 }];
    expect(beginningOf(ganChoice, "full", full)).toEqual(full[0]);
    expect(beginningOf(ganChoice, "full", [])).toEqual({ name: "gan", ...usual });
  });

  test("is not trained where it is a control, or only draws", () => {
    for (const preset of ["quick", "full"] as const) {
      expect(beginningOf(none, preset, [])).toMatchObject({ hyperparameters: {}, iterations: 0 });
      expect(beginningOf(simulator, preset, [])).toMatchObject({ hyperparameters: {}, iterations: 0 });
    }
  });
});

describe("a list of generators", () => {
  const own = { name: "gan", hyperparameters: { batchSize: 7 }, iterations: 10 };
  const begin = (choice: OfferedChoice) => beginningOf(choice, "quick", []);

  test("keeps the trainings that it had when names come and go, and is ordered as it is offered", () => {
    const other = { ...own, iterations: 20 };
    const more = withNames([own, other], ["diffWave", "gan", "none"], offered, begin);
    expect(more.map(({ name }) => name)).toEqual(["none", "gan", "gan", "diffWave"]);
    expect(more.slice(1, 3)).toEqual([own, other]);
    expect(withNames(more, ["none"], offered, begin)).toHaveLength(1);
  });

  test("is read from a specification's fields and written as it was, for generators and for methods", () => {
    const generators = [{ generator: "gan", hyperparameters: { batchSize: 7 }, iterations: 10 }];
    expect(readChosen({ generators }, "generators")).toEqual([own]);
    expect(writeChosen([own], "generators")).toEqual(generators);
    const methods = [{ method: "pgan", hyperparameters: {}, iterations: 3 }];
    expect(writeChosen(readChosen({ methods }, "methods"), "methods")).toEqual(methods);
    expect(readChosen({}, "methods")).toEqual([]);
  });

  test("has twins after one is added again, until a value is changed, whatever the order of values", () => {
    const fields = (list: Parameters<typeof writeChosen>[0]) => ({
      generators: writeChosen(list, "generators"),
    });
    const both = { ...own, hyperparameters: { batchSize: 7, width: "4" } };
    const twice = withAgain([both, { ...own, name: "diffWave" }], 0);
    expect(twice.map((_, at) => isTwin(twice, at))).toEqual([false, true, false]);
    expect(hasTwins(fields(twice))).toBe(true);
    const turned = withTraining(twice, 1, { hyperparameters: { width: "4", batchSize: 7 } });
    expect(hasTwins(fields(turned))).toBe(true);
    expect(hasTwins(fields(withTraining(twice, 1, { hyperparameters: { width: "8", batchSize: 7 } })))).toBe(
      false,
    );
    expect(hasTwins(fields(withTraining(twice, 1, { iterations: 11 })))).toBe(false);
  });
});

describe("another form of signals", () => {
  const to = (form: "beats" | "recordings", training: object, preset: "quick" | "full" = "quick") =>
    withForm(
      [{ name: "diffWave", ...usual, ...training }],
      form === "beats" ? ["recordings", "beats"] : ["beats", "recordings"],
      models,
      preset,
    )[0];

  test("leaves out what does not make it", () => {
    const list = ["gan", "diffWave"].map((name) => ({ name, ...usual }));
    expect(withForm(list, ["beats", "recordings"], models, "quick").map(({ name }) => name)).toEqual([
      "diffWave",
    ]);
  });

  test("takes the values of the form where a training was chosen as a whole, and gives a short one back", () => {
    expect(to("recordings", short)).toEqual({ name: "diffWave", ...long.usual });
    expect(to("beats", long.usual)).toEqual({ name: "diffWave", ...short });
    expect(to("beats", long.usual, "full")).toEqual({ name: "diffWave", ...usual });
    expect(to("recordings", usual)).toEqual({ name: "diffWave", ...long.usual });
  });

  test("keeps a training as released where there is one, and takes the usual where there is none", () => {
    const released = { hyperparameters: { network: "released" }, iterations: 90 };
    const { diffWave } = models;
    const list = [{ name: "diffWave", ...released }];
    const of = (recordings: OfferedTrainings) =>
      withForm(
        list,
        ["beats", "recordings"],
        { diffWave: { ...diffWave, trainings: { beats: { usual, short, released }, recordings } } },
        "quick",
      );
    const other = { ...released, iterations: 91 };
    expect(of({ ...long, released: other })).toEqual([{ name: "diffWave", ...other }]);
    expect(of(long)).toEqual([{ name: "diffWave", ...long.usual }]);
  });

  test("keeps iterations with usual values, and all values that are a person's own", () => {
    expect(to("recordings", { iterations: 50_000 })).toEqual({
      name: "diffWave",
      ...long.usual,
      iterations: 50_000,
    });
    const own = { hyperparameters: { batchSize: 3 }, iterations: 9 };
    expect(to("recordings", own)).toEqual({ name: "diffWave", ...own });
  });
});
