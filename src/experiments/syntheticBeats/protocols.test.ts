import { describe, expect, test } from "vitest";
import type { BeatFilter } from "../../domain/beatFilters.ts";
import { type BeatClass, beatClasses } from "../../domain/libraryRecord.ts";
import { beatBandPass } from "../../signal/fir.ts";
import { simulatedPatients } from "../../testing/beatPatients.ts";
import { addedCount, noiseBeats, repeatedBeats, seedFor, withAdded } from "./addedBeats.ts";
import {
  adaptationSplit,
  type BeatSet,
  beatsOfRecording,
  chosenBeats,
  countOfClass,
  joinBeats,
  patientsOf,
  perBeat,
  sharedPatients,
  thinnedBeats,
} from "./beatSets.ts";
import { confidentRows, predictedClasses } from "./patientWindow.ts";
import { patientsToTest, pganSets } from "./pganProtocol.ts";
import { simGanAddition, simGanSets } from "./simGanProtocol.ts";
import { type PganCell, pganDefaults, type SimGanCell, simGanDefaults } from "./specification.ts";
import { validationPatients } from "./validationPatients.ts";

/** Beats without a shape: as many of each class as said, one a second; each sample is the number of its beat. */
function counted(
  record: string,
  counts: Partial<Record<BeatClass, number>>,
  more: Partial<BeatSet["origins"][number]> = {},
): BeatSet {
  const classes = Uint8Array.from(
    beatClasses.flatMap((each, index) => new Array<number>(counts[each] ?? 0).fill(index)),
  );
  const count = classes.length;
  return {
    samples: Float32Array.from({ length: count * 216 }, (_, at) => Math.floor(at / 216)),
    count,
    classes,
    times: Float32Array.from({ length: count }, (_, row) => row),
    origins: [{ record, patient: record, division: "DS1", paced: false, count, ...more }],
  };
}

const source = { name: "made up", members: ["1"], lead: "MLII", filter: "none" } as const;
const simGan: SimGanCell = {
  ...simGanDefaults,
  kind: "SimGAN",
  target: "V",
  added: { generator: "noise", hyperparameters: {}, iterations: 0 },
  ratio: 1,
  source,
  seed: 1,
};
const pgan: PganCell = {
  ...pganDefaults,
  kind: "PGAN",
  target: "V",
  method: "none",
  hyperparameters: {},
  iterations: 0,
  count: 0,
  patient: "e",
  source,
  seed: 1,
};

const halves = joinBeats([
  ...["a", "b", "c", "d"].map((record) => counted(record, { N: 20, V: 10 })),
  counted("201", { N: 5, V: 5 }, { patient: "one man" }),
  counted("202", { N: 4, V: 4 }, { patient: "one man", division: "DS2" }),
  counted("e", { N: 9, V: 3 }, { division: "DS2" }),
  counted("p", { N: 9, V: 3, Q: 90 }, { division: null, paced: true }),
]);

describe("thinning", () => {
  test("takes no more beats of a class of a record than is said, spread evenly over it", () => {
    const set = joinBeats([counted("a", { N: 9, V: 2 }), counted("b", { N: 2, V: 7, Q: 1 })]);
    const thin = thinnedBeats(set, { N: 3, V: 5, Q: 0 });
    expect(beatClasses.map((each) => countOfClass(thin, each))).toEqual([3 + 2, 0, 2 + 5, 0, 0]);
    expect(thin.origins.map(({ record, count }) => [record, count])).toEqual([
      ["a", 5],
      ["b", 7],
    ]);
    // Of nine beats in three parts the middle ones: the second, the fifth and the eighth.
    expect(Array.from(thin.times.subarray(0, 3))).toEqual([1, 4, 7]);
    expect(Array.from(thin.samples.subarray(2 * 216, 2 * 216 + 2))).toEqual([7, 7]);
    expect(thinnedBeats(thin, { N: 3, V: 5, Q: 0 })).toEqual(thin);
    expect(thinnedBeats(set, undefined)).toBe(set);
    expect(thinnedBeats(set, {})).toEqual(set);
  });
});

describe("beats of a recording", () => {
  const samplingFrequency = 360;
  const samples = Float32Array.from({ length: 1000 }, (_, at) => at);
  const at = (sample: number, symbol: string) => ({
    sample,
    symbol,
    subtype: 0,
    channel: 0,
    number: 0,
    text: "",
  });
  const annotations = [at(10, "N"), at(100, "+"), at(300, "A"), at(400, "~"), at(500, "F"), at(990, "V")];
  const recording = { name: "r", annotations, samplingFrequency };
  const lead = { name: "MLII", unit: "mV", samplingFrequency, samples };
  const about = { patient: null, division: null, paced: false };

  test("are the annotated ones whose 216 samples lie inside, with the R peak at 72", () => {
    const set = beatsOfRecording(recording, lead, about, "none");
    expect([...set.classes].map((each) => beatClasses[each])).toEqual(["S", "F"]);
    expect(set.samples[72]).toBe(300);
    expect(set.samples[216]).toBe(500 - 72);
    expect(set.times[1]).toBeCloseTo(500 / 360, 6);
    expect(set.origins).toEqual([{ record: "r", patient: "r", division: null, paced: false, count: 2 }]);
  });

  test("of another sampling frequency have the same length in seconds", () => {
    const [pulse] = [new Float32Array(1000)];
    pulse[250] = 1;
    const slow = { ...lead, samplingFrequency: 180, samples: pulse };
    const there = { name: "r", annotations: [at(250, "N")], samplingFrequency: 180 };
    const set = beatsOfRecording(there, slow, about, "none");
    expect(set.samples).toHaveLength(216);
    expect(set.samples.indexOf(Math.max(...set.samples))).toBe(72);
  });

  test("are filtered where it is asked for; a gap stays a gap", () => {
    // A level is multiplied by the sum of the filter's coefficients: not quite 0 for one so short.
    const level = beatBandPass(360).reduce((sum, value) => sum + value, 0);
    const withGap = Float32Array.from({ length: 1000 }, (_, index) => (index === 700 ? Number.NaN : 5));
    const cut = (filter: BeatFilter) =>
      beatsOfRecording(
        { ...recording, annotations: [at(400, "N"), at(650, "N")] },
        { ...lead, samples: withGap },
        about,
        filter,
      );
    const set = cut("bandPass");
    expect(set.count).toBe(1);
    expect(Math.abs(5 * level)).toBeLessThan(1.1);
    expect(set.samples[72]).toBeCloseTo(5 * level, 4);
    expect(cut("zeroPhase").count).toBe(1);
    expect(cut("zeroPhase").samples[72]).toBeCloseTo(0, 4);
  });
});

describe("sets of beats", () => {
  test("keep whose their rows are", () => {
    const chosen = chosenBeats(
      halves,
      ({ record }, _, beatClass) => "ac".includes(record) && beatClass === "V",
    );
    expect(chosen.count).toBe(20);
    expect(chosen.origins.map(({ record, count }) => [record, count])).toEqual([
      ["a", 10],
      ["c", 10],
    ]);
    // V beats are numbers 20 to 29 of their record.
    expect([chosen.samples[0], chosen.samples[19 * 216]]).toEqual([20, 29]);
    expect(perBeat(chosen.origins, "patient").filter((each) => each === "c")).toHaveLength(10);
  });

  test("tell who stands on both sides of the division", () => {
    expect(sharedPatients(halves)).toEqual(["one man"]);
  });

  test("are parted at the end of the adaptation window of the patient's first record", () => {
    const { window, rest } = adaptationSplit(halves, "one man", 0.05);
    // Three seconds of 201 with a beat a second; all of 202 is tested.
    expect([window.count, rest.count]).toEqual([3, 7 + 8]);
    expect(rest.origins.map(({ record, count }) => [record, count])).toEqual([
      ["201", 7],
      ["202", 8],
    ]);
  });

  test("of a simulator have normal and ventricular beats", () => {
    const set = simulatedPatients([{ record: "s" }], 30);
    expect(countOfClass(set, "V")).toBeGreaterThan(5);
    expect(countOfClass(set, "N") + countOfClass(set, "V")).toBe(set.count);
  });
});

describe("validation patients", () => {
  const people = joinBeats([
    counted("208", { N: 50, F: 373 }),
    counted("213", { N: 50, F: 20 }),
    counted("x1", { N: 50, S: 9 }),
    counted("x2", { N: 50, S: 8 }),
    ...Array.from({ length: 6 }, (_, index) => counted(`n${index}`, { N: 50, V: 10 })),
  ]);
  const drawn = (seed: number) => validationPatients(people, ["S", "V", "F"], 0.4, seed);

  test("hold each class, but never more than half of its beats", () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const chosen = drawn(seed);
      expect(chosen).toHaveLength(4);
      expect(chosen).toEqual(expect.arrayContaining(["213", "x2"]));
      expect(chosen).not.toContain("208");
      expect(chosen).not.toContain("x1");
      expect(drawn(seed)).toEqual(chosen);
    }
    expect(new Set([1, 2, 3, 4, 5].map((seed) => drawn(seed).join())).size).toBeGreaterThan(1);
  });

  test("leave a class in training that only one patient has", () => {
    const one = joinBeats([counted("f", { N: 5, F: 5 }), counted("g", { N: 5 }), counted("h", { N: 5 })]);
    for (const seed of [1, 2, 3, 4]) expect(validationPatients(one, ["F"], 0.9, seed)).not.toContain("f");
  });
});

describe("the beats of a SimGAN cell", () => {
  test("are DS1 without who is tested, and DS2; nobody paced, and no patient on two sides", () => {
    const { train, validation, test: tested } = simGanSets(simGan, halves);
    expect(patientsOf(tested)).toEqual(["one man", "e"]);
    expect([...patientsOf(train), ...patientsOf(validation)].sort()).toEqual(["a", "b", "c", "d"]);
    expect(patientsOf(validation)).toHaveLength(1);
    const kept = simGanSets({ ...simGan, keepsSharedPatients: true }, halves);
    expect([...patientsOf(kept.train), ...patientsOf(kept.validation)]).toContain("one man");
  });

  test("are as many more as the ratio says, of those that are trained on", () => {
    const sets = simGanSets(simGan, halves);
    // Three patients of ten V beats.
    for (const [ratio, count] of [
      [0.1, 3],
      [0.5, 15],
      [1.5, 45],
      [2, 60],
    ]) {
      expect(simGanAddition({ ...simGan, ratio }, sets)).toEqual({ kind: "noise", count });
    }
    expect(simGanAddition({ ...simGan, ratio: 0 }, sets).kind).toBe("nothing");
    expect(addedCount(0.8, 414)).toBe(331);
  });

  test("are missed with a remedy", () => {
    const undivided = chosenBeats(halves, ({ division }) => division !== "DS2");
    expect(() => simGanSets(simGan, undivided)).toThrow(expect.objectContaining({ code: "no-division" }));
    expect(() => simGanSets({ ...simGan, target: "F" }, halves)).toThrow(
      expect.objectContaining({ code: "too-few-beats", place: "training beats" }),
    );
    const one = chosenBeats(halves, ({ record }) => ["a", "e"].includes(record));
    expect(() => simGanSets(simGan, one)).toThrow(expect.objectContaining({ code: "too-few-patients" }));
  });
});

describe("the beats of a PGAN cell", () => {
  const cell: PganCell = { ...pgan, adaptation: { minutes: 0.1, confidentBeats: 2 } };

  test("leave the patient out, and its beginning out of the test", () => {
    const { train, validation, test: tested, window } = pganSets(cell, halves);
    expect([...patientsOf(train), ...patientsOf(validation)].sort()).toEqual(["a", "b", "c", "d", "one man"]);
    expect(patientsOf(tested)).toEqual(["e"]);
    expect([window?.length, tested.count]).toEqual([6 * 216, 6]);
    expect(Math.min(...tested.times)).toBe(6);
    expect(() => pganSets({ ...cell, patient: "p" }, halves)).toThrow(
      expect.objectContaining({ code: "no-such-patient" }),
    );
  });

  test("are those of patients with enough of the class behind the window", () => {
    // Nine N and then three V beats of e; the first six seconds hold N alone.
    expect(patientsToTest(halves, "V", { minutes: 0.1 }, 3)).toEqual(["a", "b", "c", "d", "one man", "e"]);
    expect(patientsToTest(halves, "V", { minutes: 0.1 }, 10)).toEqual(["a", "b", "c", "d"]);
    expect(patientsToTest(halves, "F", { minutes: 0.1 }, 1)).toEqual([]);
  });

  test("for personalisation are the most probable ones, by no label", () => {
    const rows = [
      [0.1, 0, 0.9, 0, 0],
      [0.7, 0, 0.3, 0, 0],
      [0.2, 0, 0.8, 0, 0],
      [0.4, 0.2, 0.35, 0.05, 0],
      [0.3, 0, 0.6, 0, 0.1],
    ];
    const probabilities = Float32Array.from(rows.flat());
    expect([...predictedClasses(probabilities)]).toEqual([2, 0, 2, 0, 2]);
    const of = (least: number, takesPredicted: boolean) =>
      confidentRows(probabilities, 2, { least, takesPredicted });
    expect(of(2, false)).toEqual([0, 2]);
    expect(of(2, true)).toEqual([0, 2, 4]);
    expect(of(4, true)).toEqual([0, 2, 4, 3]);
    expect(of(9, false)).toHaveLength(5);
  });
});

describe("added beats", () => {
  test("that repeat real ones take each as often as any other, or once more", () => {
    const beats = Float32Array.from({ length: 3 * 216 }, (_, at) => Math.floor(at / 216));
    const rows = Array.from(repeatedBeats(beats, 7, 1)).filter((_, at) => at % 216 === 0);
    const times = [0, 1, 2].map((wanted) => rows.filter((each) => each === wanted).length);
    expect(times.sort()).toEqual([2, 2, 3]);
    expect(() => repeatedBeats(new Float32Array(0), 1, 1)).toThrow(
      expect.objectContaining({ code: "too-few-beats" }),
    );
  });

  test("of noise have a standard deviation of 1 mV", () => {
    const samples = noiseBeats(200, 3);
    const squares = samples.reduce((sum, value) => sum + value * value, 0);
    expect(squares / samples.length).toBeCloseTo(1, 1);
  });

  test("stand behind the real ones with their labels", () => {
    const set = { signals: new Float32Array(216), labels: Uint8Array.of(0), count: 1, length: 216 };
    const both = withAdded(set, new Float32Array(432).fill(2), [1, 1]);
    expect(both).toMatchObject({ count: 3, labels: Uint8Array.of(0, 1, 1) });
    expect([both.signals[215], both.signals[216]]).toEqual([0, 2]);
  });

  test("and everything else drawn have seeds of their own", () => {
    const seeds = [1, 2, 3].flatMap((seed) => [seedFor(seed, "weights"), seedFor(seed, "sampling")]);
    expect(new Set(seeds).size).toBe(6);
  });
});
