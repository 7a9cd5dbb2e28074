import { describe, expect, test } from "vitest";
import { beatRows } from "../../testing/signalRows.ts";
import { type ClassedRows, closenessSets, type ReadSets } from "./closenessSets.ts";

/** Rows of a patient whose first sample tells the patient. */
function patientOf(name: string, mark: number, classes: readonly string[]): ClassedRows {
  const { values } = beatRows(classes.length, mark, { length: 216 });
  for (let row = 0; row < classes.length; row++) values[row * 216] = mark;
  return { patient: name, values, classes };
}

const many = (rowClass: string, count: number) => Array<string>(count).fill(rowClass);
const read: ReadSets = {
  synthetic: [patientOf("made", 99, many("N", 40))],
  learnedFrom: [],
  origin: "none",
  others: [1, 2, 3, 4].map((mark) => patientOf(`p${mark}`, mark, [...many("N", 30), ...many("V", 25)])),
  unit: "mV",
  notes: [],
};
const wanted = { form: "beats", rowClass: "N", scaling: "none", rows: 50, seed: 1 } as const;

/** The marks of a set's rows. */
const marks = ({ values, count }: { readonly values: Float32Array; readonly count: number }) =>
  new Set(Array.from({ length: count }, (_, row) => values[row * 216]));

describe("the sets of a comparison", () => {
  test("divide real patients, and give no more rows than asked for", () => {
    const { training, heldOut, synthetic, compared } = closenessSets(read, wanted);
    expect(synthetic.count).toBe(40);
    expect(training.rows.count).toBe(50);
    expect(heldOut.rows.count).toBe(50);
    const [one, other] = [marks(training.rows), marks(heldOut.rows)];
    expect([...one].filter((mark) => other.has(mark))).toEqual([]);
    expect(one.size + other.size).toBe(4);
    expect(compared).toMatchObject({ trainingPatients: 2, heldOutPatients: 2, isUnseen: true, unit: "mV" });
    expect(closenessSets(read, wanted)).toEqual(closenessSets(read, wanted));
  });

  test("hold out the patients that the generator has not learned from", () => {
    const [first, second, ...others] = read.others;
    const { training, heldOut, compared } = closenessSets(
      { ...read, learnedFrom: [first, second], others },
      wanted,
    );
    expect(marks(training.rows)).toEqual(new Set([1, 2]));
    expect(marks(heldOut.rows)).toEqual(new Set([3, 4]));
    expect(compared.isUnseen).toBe(true);
  });

  test("say so where the generator has learned from all", () => {
    const { compared, training, heldOut } = closenessSets(
      { ...read, learnedFrom: read.others, others: [] },
      wanted,
    );
    expect(compared.isUnseen).toBe(false);
    expect(compared.notes[0]).toMatch(/every patient/);
    expect(marks(training.rows).size + marks(heldOut.rows).size).toBe(4);
  });

  test("have classes where both sides have two, and synthetic ones where all are made", () => {
    const { classes } = closenessSets(read, wanted);
    expect(classes?.classes).toEqual(["N", "V"]);
    expect(classes?.training.rows.count).toBe(100);
    expect(Array.from(classes?.training.labels ?? [])).toEqual([...Array(50).fill(0), ...Array(50).fill(1)]);
    expect(classes?.synthetic).toBeNull();
    const both = [patientOf("made", 99, [...many("N", 40), ...many("V", 40)])];
    expect(closenessSets({ ...read, synthetic: both }, wanted).classes?.synthetic?.rows.count).toBe(80);
  });

  test("take levels away where they are asked to", () => {
    const { heldOut } = closenessSets(read, { ...wanted, scaling: "mean" });
    const sum = heldOut.rows.values.subarray(0, 216).reduce((total, value) => total + value, 0);
    expect(Math.abs(sum)).toBeLessThan(1e-3);
    expect(closenessSets(read, { ...wanted, scaling: "standardise" }).compared.unit).toBe("SD");
  });

  test("refuse one patient, a class that is not there, and amplitudes without a common unit", () => {
    const one = { ...read, others: read.others.slice(0, 1) };
    expect(() => closenessSets(one, wanted)).toThrow(/One patient has/);
    expect(() => closenessSets(read, { ...wanted, rowClass: "F" })).toThrow(/No patient has/);
    expect(() => closenessSets(read, { ...wanted, rowClass: "V" })).toThrow(/0 beats of class V/);
    expect(() => closenessSets({ ...read, unit: "SD" }, wanted)).toThrow(/in SD/);
  });
});
