import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../../neural/backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import type { ClosenessParts, ClosenessSpecification } from "../../domain/closeness.ts";
import { beatRows } from "../../testing/signalRows.ts";
import { type ClassedRows, type ClosenessSets, closenessSets } from "./closenessSets.ts";
import { macroF1, predictiveScores } from "./predictiveScores.ts";
import { runCloseness } from "./runCloseness.ts";
import { decisionsOf, trainSmallNetwork } from "./smallNetwork.ts";
import { twoSampleTest } from "./twoSampleTest.ts";

beforeAll(async () => {
  await tf.setBackend("wasm");
});

const hooks = { stopped: () => false };
const beats = (count: number, seed: number, noise = 0.05) => beatRows(count, seed, { length: 64, noise });
/** Beats upside down: another class. */
const turned = (count: number, seed: number) => {
  const rows = beats(count, seed);
  return { ...rows, values: rows.values.map((value) => -value) };
};
const labelled = (count: number, seed: number) => {
  const [up, down] = [beats(count, seed), turned(count, seed + 1)];
  const values = new Float32Array(2 * up.values.length);
  values.set(up.values);
  values.set(down.values, up.values.length);
  return {
    rows: { values, count: 2 * count, length: 64 },
    labels: Uint8Array.from({ length: 2 * count }, (_, row) => (row < count ? 0 : 1)),
  };
};

describe("the small network", () => {
  test("learns two shapes, shows its hidden layer, and leaves no tensor behind", async () => {
    const before = tf.memory().numTensors;
    const network = await trainSmallNetwork(labelled(48, 1), 2, { seed: 1 }, hooks);
    const unseen = labelled(20, 5);
    const logits = (await network?.logits(unseen.rows)) ?? new Float32Array();
    expect(decisionsOf(logits, 2)).toEqual(unseen.labels);
    const features = await network?.features(unseen.rows);
    expect(features?.length).toBe(32);
    expect(features?.count).toBe(40);
    expect(Math.min(...(features?.values ?? [-1]))).toBeGreaterThanOrEqual(0);
    network?.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test("can be stopped, and refuses a handful of rows", async () => {
    const before = tf.memory().numTensors;
    expect(await trainSmallNetwork(labelled(48, 1), 2, { seed: 1 }, { stopped: () => true })).toBeNull();
    await expect(trainSmallNetwork(labelled(4, 1), 2, { seed: 1 }, hooks)).rejects.toThrow(/too few/);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("the classifier two-sample test", () => {
  const heldOutPatients = Array.from({ length: 48 }, (_, row) => `p${row % 4}`);
  const real = { training: beats(48, 1), heldOut: beats(48, 2), heldOutPatients };

  test("guesses for rows of the same kind, and tells noise of the same spectrum always", async () => {
    const found = await twoSampleTest({ ...real, synthetic: beats(96, 3) }, { seed: 1, seeds: 2 }, hooks);
    // Of 96 tested rows a guess has a standard deviation of 5 %; the seeds share half of them.
    expect(Math.abs((found?.accuracy ?? 0) - 0.5)).toBeLessThan(0.2);
    expect(found?.accuracies).toHaveLength(2);
    expect(found?.scoreInterval.low).toBeLessThan(found?.score ?? 0);
    expect(found?.low).toBeLessThan(found?.accuracy ?? 0);
    expect(found?.high).toBeGreaterThan(found?.accuracy ?? 1);
    expect(found?.farScore).toBeLessThan(0.2);
    expect(found?.farInterval?.high).toBeGreaterThan(found?.farScore ?? 1);
    expect(found?.nearScore).toBeGreaterThan(0.6);
    expect(found?.nearInterval?.low).toBeLessThan(found?.nearScore ?? 0);
    expect(found?.nearInterval?.high).toBeGreaterThanOrEqual(found?.nearScore ?? 1);
  });

  test("has a near end of other patients: patients that differ can be told apart, and one cannot be divided", async () => {
    // The held-out patients' beats are upside down: labels given at random within a side would hide it.
    const sets = { training: beats(96, 1), heldOut: turned(96, 2), synthetic: beats(96, 3) };
    const options = { seed: 1, seeds: 1 };
    const owners = [...heldOutPatients, ...heldOutPatients];
    const found = await twoSampleTest({ ...sets, heldOutPatients: owners }, options, hooks);
    expect(found?.nearScore).toBeLessThan(0.2);
    const ofOne = await twoSampleTest({ ...sets, heldOutPatients: Array(96).fill("p") }, options, hooks);
    expect(ofOne?.nearScore).toBeNull();
    expect(ofOne?.nearInterval).toBeNull();
    expect(ofOne?.score).toBe(found?.score);
  });
});

describe("training on synthetic, testing on real rows", () => {
  const heldOut = labelled(40, 11);
  /** Eight patients with as many rows of both classes. */
  const patients = Array.from({ length: 80 }, (_, row) => `p${row % 8}`);
  const real = {
    training: labelled(40, 1),
    heldOut: { ...heldOut, patients },
    classes: ["up", "down"],
  };

  test("works on real rows, not on synthetic ones whose labels are exchanged", async () => {
    const set = labelled(40, 21);
    const exchanged = { ...set, labels: set.labels.map((label) => 1 - label) };
    const found = await predictiveScores({ ...real, synthetic: exchanged }, { seed: 1, seeds: 1 }, hooks);
    expect(found?.realToReal.mean).toBeGreaterThan(0.9);
    expect(found?.syntheticToReal.mean).toBeLessThan(0.1);
    expect(found?.realToSynthetic.mean).toBeLessThan(0.1);
    expect(found?.ratio).toBeLessThan(0.12);
    for (const score of [found?.realToReal, found?.syntheticToReal, found?.realToSynthetic]) {
      expect(score?.seeds).toEqual([score?.mean]);
      expect(score?.interval?.low).toBeLessThanOrEqual(score?.mean ?? 0);
      expect(score?.interval?.high).toBeGreaterThanOrEqual(score?.mean ?? 1);
    }
  });

  test("has intervals for other patients: wider than for other rows, and none where a class has one or two patients", async () => {
    // Every fourth patient's rows bear the other label: whoever is drawn decides the score.
    const labels = heldOut.labels.map((label, row) => (row % 8 < 2 ? 1 - label : label));
    const scoresOf = (owners: readonly string[]) =>
      predictiveScores(
        { ...real, heldOut: { ...heldOut, labels, patients: owners }, synthetic: labelled(40, 21) },
        { seed: 1, seeds: 2 },
        hooks,
      );
    const [byPatient, byRow, byClass, ofOne] = await Promise.all([
      scoresOf(patients),
      scoresOf(patients.map((_, row) => String(row))),
      scoresOf(Array.from(labels, (label, row) => `${label} ${row % 2}`)),
      scoresOf(patients.map(() => "p")),
    ]);
    const widthOf = (found: typeof byPatient) => {
      const interval = found?.syntheticToReal.interval;
      return interval == null ? null : interval.high - interval.low;
    };
    expect(byPatient?.syntheticToReal.mean).toBeCloseTo(0.75, 1);
    expect(byPatient?.syntheticToReal.seeds).toHaveLength(2);
    // Ten rows of a patient stand and fall together: √10 times as wide.
    expect((widthOf(byPatient) ?? 0) / (widthOf(byRow) ?? 1)).toBeGreaterThan(2);
    expect(byClass?.syntheticToReal.interval).toBeNull();
    expect(byClass?.ratioInterval).toBeNull();
    expect(ofOne?.syntheticToReal.interval).toBeNull();
    expect(ofOne?.realToSynthetic.interval).not.toBeNull();
    expect(byPatient?.ratioInterval?.low).toBeLessThanOrEqual(byPatient?.ratio ?? 0);
  });

  test("counts F1 by hand", () => {
    // Class 0: 2 right, 1 too many, none missed: 4/5. Class 1: 1 right, 1 missed: 2/3. Class 2: nothing.
    const found = macroF1(Uint8Array.from([0, 0, 0, 1]), Uint8Array.from([0, 0, 1, 1]), 3);
    expect(found).toBeCloseTo((4 / 5 + 2 / 3) / 3, 12);
  });
});

describe("a comparison", () => {
  const wanted = { form: "beats", rowClass: "N", scaling: "mean", rows: 30, seed: 1 } as const;
  const specification: ClosenessSpecification = {
    ...wanted,
    kind: "Closeness of a synthetic to a real set",
    synthetic: { kind: "virtual", name: "others", patients: 2, minutes: 1 },
    real: { kind: "simulated", patients: 4, minutes: 1, seed: 1 },
    classifiers: false,
  };
  const patients: ClassedRows[] = [1, 2, 3, 4].map((seed) => ({
    patient: `p${seed}`,
    values: beatRows(30, seed, { length: 216 }).values,
    classes: Array<string>(30).fill("N"),
  }));
  const setsOf = (synthetic: readonly ClassedRows[]) =>
    closenessSets(
      {
        synthetic,
        learnedFrom: patients.slice(0, 2),
        others: patients.slice(2),
        origin: "learned",
        unit: "mV",
        notes: [],
      },
      wanted,
    );
  const measured = async (sets: ClosenessSets, known: ClosenessParts = {}, classifiers = false) => {
    let parts: ClosenessParts = {};
    const end = await runCloseness(
      sets,
      { ...specification, classifiers },
      {
        ...hooks,
        onPart: async (found) => {
          parts = { ...parts, ...found };
        },
      },
      known,
    );
    return { end, parts };
  };
  const partsOf = (synthetic: readonly ClassedRows[]) => measured(setsOf(synthetic));

  test("catches a planted memoriser by the check for copies, and a collapsed one by coverage", async () => {
    const memoriser = await partsOf(patients.slice(0, 2));
    expect(memoriser.end).toBe("finished");
    const privacy = memoriser.parts.privacy?.value;
    expect(privacy?.memorisation.nearer.share).toBe(1);
    expect(privacy?.entries.find(({ key }) => key === "closest")?.value).toBe(0);
    // Half of the training rows were copied: of those the guess is sure.
    expect(privacy?.entries.find(({ key }) => key === "membership")?.value).toBeGreaterThan(0.6);

    const one = patients[2].values.subarray(0, 216);
    const collapsed = { patient: "same", values: new Float32Array(30 * 216), classes: patients[0].classes };
    for (let row = 0; row < 30; row++) collapsed.values.set(one, row * 216);
    const found = (await partsOf([collapsed])).parts.measures?.find(({ key }) => key === "coverage");
    expect(found?.value).toBeLessThan(0.3);
    expect(found?.near).toBeGreaterThan(0.7);
  });

  test("tells how well the network of the features does on held-out patients, and where rows are few", async () => {
    const classes = patients[0].classes.map((_, row) => (row % 2 === 0 ? "N" : "V"));
    const both = patients.map(({ patient, values }) => ({
      patient,
      // Every other beat upside down.
      values: values.map((value, at) => (Math.floor(at / 216) % 2 === 0 ? value : -value)),
      classes: [...classes],
    }));
    // All beats of one of the two held-out patients bear the wrong label: no network can know.
    both[3].classes.reverse();
    const sides = { learnedFrom: both.slice(0, 2), others: both.slice(2), origin: "learned" } as const;
    const read = { synthetic: both, ...sides, unit: "mV", notes: [] };
    const { parts } = await measured(
      closenessSets(read, { ...wanted, rows: 60 }),
      {
        ...{ measures: [], traits: [], pictures: {} as never, privacy: { value: null, reason: "" } },
        ...{ twoSample: { value: null, reason: "" }, predictive: { value: null, reason: "" } },
      },
      true,
    );
    const found = parts.features?.value;
    expect(found?.heldOut).toMatchObject({ rows: 60, commonest: 0.5 });
    expect(found?.heldOut?.accuracy).toBeCloseTo(0.5, 1);
    const note = found?.entries.find(({ key }) => key === "frechetOfFeatures")?.note;
    expect(note).toMatch(new RegExp(`30 rows are no more than the ${found?.width} features`));
    expect(found?.entries.find(({ key }) => key === "coverage")?.value).toBeGreaterThan(0.5);
  });

  test("takes no score of a generator on patients that it has learned from", async () => {
    const classes = patients[0].classes.map((_, row) => (row % 2 === 0 ? "N" : "V"));
    const both = patients.map((each) => ({ ...each, classes }));
    const sides = { synthetic: both, learnedFrom: both, others: [], origin: "learned" } as const;
    const read = { ...sides, unit: "mV", notes: [] };
    const sets = closenessSets(read, { ...wanted, rows: 60 });
    expect(sets.classes?.classes).toEqual(["N", "V"]);
    const { parts } = await measured(
      sets,
      // What takes long and is not asked here.
      { measures: [], traits: [], pictures: {} as never, features: { value: null, reason: "" } },
      true,
    );
    for (const part of [parts.privacy, parts.twoSample, parts.predictive]) {
      expect(part?.value).toBeNull();
      expect(part?.reason).toMatch(/Every real patient was learned from/);
    }
  });

  test("gives all parts, can be stopped, and goes on where it was", async () => {
    const fair = {
      patient: "fair",
      values: beatRows(30, 9, { length: 216 }).values,
      classes: patients[0].classes,
    };
    const { parts } = await partsOf([fair]);
    expect(Object.keys(parts)).toEqual(["sets", "measures", "traits", "privacy", "pictures"]);
    expect(parts.pictures?.neighbours.value?.real).toHaveLength(60);
    expect(parts.pictures?.pairs).toHaveLength(10);
    expect(parts.pictures?.synthetic.spectrum.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    const given: string[] = [];
    const shares: number[] = [];
    let isStopped = false;
    const end = await runCloseness(
      setsOf([fair]),
      specification,
      {
        stopped: () => isStopped,
        onShare: (_, share) => shares.push(share),
        onPart: async (found) => {
          given.push(...Object.keys(found));
          isStopped = given.length === 2;
        },
      },
      { measures: parts.measures ?? [] },
    );
    expect(end).toBe("cancelled");
    expect(given).toEqual(["sets", "traits"]);
    expect(shares[0]).toBeGreaterThan(0);
  });
});
