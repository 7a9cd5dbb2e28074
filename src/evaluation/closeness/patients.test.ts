import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { beatRows, noisy } from "../../testing/signalRows.ts";
import type { Interval } from "../statistics/bootstrap.ts";
import type { ClosenessMeasure } from "./measure.ts";
import { privacyReport } from "./privacyReport.ts";
import { closenessReport } from "./report.ts";
import { rowsAt, type SignalRows } from "./signalRows.ts";
import { traitReport } from "./traitReport.ts";
import { finish } from "./work.ts";

const each = 10;

/** Ten rows of each patient that differ by a thousandth of what patients differ by; patients in mixed order. */
function alike(patients: SignalRows, seed: number) {
  const owners = Array.from({ length: each * patients.count }, (_, row) => row % patients.count);
  return { rows: noisy(rowsAt(patients, owners), 1e-3, seed), owners };
}

const widthOf = (interval: Interval | null | undefined) =>
  interval == null ? Number.NaN : interval.high - interval.low;
const deviationOf = (values: ArrayLike<number>) => {
  const all = Array.from(values);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  return Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (all.length - 1));
};

/** How far apart the means of all samples lie. */
const meanGap: ClosenessMeasure = {
  ...{ title: "", unit: "", better: "lower", aspect: "trait", says: "", paper: "", isForAlignedBeats: false },
  range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  leastRows: 2,
  mostRows: () => 2000,
  *prepare({ rows }) {
    const mean = (group: ArrayLike<number>) => {
      const { values } = rowsAt(rows, group);
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    return (first, second) => mean(second) - mean(first);
  },
};

describe("intervals where patients have ten rows each that are nearly the same", () => {
  const random = createRandom(5);
  const patients: SignalRows = {
    values: Float32Array.from({ length: 40 }, () => random.normal()),
    count: 40,
    length: 1,
  };
  const real = alike(patients, 6);
  // The same again and again, so that all that varies is the real rows.
  const synthetic: SignalRows = { values: new Float32Array(real.rows.count), count: 400, length: 1 };
  const options = { registry: { meanGap }, samplingFrequency: 100, draws: 2000 };

  test("are √10 times as wide as by rows: those of normal theory for so many patients", async () => {
    const anchors = { near: real.rows, far: synthetic, white: synthetic };
    const [byPatient] = (
      await closenessReport(synthetic, real.rows, {
        ...options,
        anchors,
        patients: { real: real.owners, near: real.owners },
      })
    ).entries;
    const [byRow] = (await closenessReport(synthetic, real.rows, { ...options, anchors })).entries;
    expect(byPatient.value).toBe(byRow.value);
    expect([byPatient.drawn, byRow.drawn]).toEqual(["patients", "rows"]);
    const theory = (2 * 1.96 * deviationOf(patients.values)) / Math.sqrt(40);
    expect(widthOf(byPatient.interval) / theory).toBeGreaterThan(0.9);
    expect(widthOf(byPatient.interval) / theory).toBeLessThan(1.1);
    expect(widthOf(byPatient.interval) / widthOf(byRow.interval)).toBeGreaterThan(0.9 * Math.sqrt(10));
    expect(widthOf(byPatient.interval) / widthOf(byRow.interval)).toBeLessThan(1.1 * Math.sqrt(10));
    // Both groups of the near anchor are of patients.
    expect(widthOf(byPatient.nearInterval) / (Math.SQRT2 * theory)).toBeGreaterThan(0.9);
    expect(widthOf(byPatient.nearInterval) / (Math.SQRT2 * theory)).toBeLessThan(1.1);
    // Splits of the real rows are by patient too.
    expect(widthOf(byPatient.floorInterval) / widthOf(byRow.floorInterval)).toBeGreaterThan(2.5);
  });

  test("are none for three patients, with the reason", async () => {
    const owners = real.owners.map((owner) => owner % 3);
    const { entries } = await closenessReport(synthetic, real.rows, {
      ...options,
      patients: { real: owners },
    });
    expect(entries[0].value).not.toBeNull();
    expect(entries[0].interval).toBeNull();
    expect(entries[0].intervalReason).toBe("too few patients");
    await expect(
      closenessReport(synthetic, real.rows, { ...options, patients: { real: [1, 2] } }),
    ).rejects.toThrow(/2 and 400 values/);
  });

  test("stay as they are where each patient has one row", async () => {
    const owners = real.owners.map((_, row) => `p${row}`);
    const by = async (patients?: { readonly real: readonly string[] }) =>
      closenessReport(synthetic, real.rows, { ...options, ...(patients && { patients }) });
    expect(await by({ real: owners })).toEqual(await by());
  });
});

describe("traits and privacy by patient", () => {
  const patientsOf = (seed: number) => beatRows(24, seed, { length: 216 });
  const [real, near] = [alike(patientsOf(1), 2), alike(patientsOf(3), 4)];
  const higher = ({ values, ...rest }: SignalRows): SignalRows => ({
    ...rest,
    values: values.map((each) => 2 * each),
  });

  test("have √10 times as wide intervals of traits and of their near anchors, and none of few patients", () => {
    // One beat again and again: all that varies is the real rows. Far off, the distance is that of the means.
    const same = higher(rowsAt(beatRows(1, 5, { length: 216 }), Array(40).fill(0)));
    const sets = { synthetic: same, real: real.rows, near: higher(near.rows), far: same };
    const of = (patients?: { readonly real: readonly number[]; readonly near: readonly number[] }) => {
      const entries = finish(traitReport({ ...sets, ...(patients && { patients }) }, 360));
      const found = entries.find(({ key }) => key === "rHeight");
      if (found === undefined) throw new TypeError("no height of R");
      return found;
    };
    const [byRow, byPatient] = [of(), of({ real: real.owners, near: near.owners })];
    expect(byPatient.shift).toBe(byRow.shift);
    for (const key of ["interval", "nearInterval"] as const) {
      const ratio = widthOf(byPatient[key]) / widthOf(byRow[key]);
      // Of widths from 100 draws each.
      expect(ratio / Math.sqrt(10), key).toBeGreaterThan(0.75);
      expect(ratio / Math.sqrt(10), key).toBeLessThan(1.33);
    }
    expect(byPatient.nearInterval?.low).toBeLessThan(byPatient.nearShift ?? Number.NaN);
    expect(byPatient.nearInterval?.high).toBeGreaterThan(byPatient.nearShift ?? Number.NaN);
    expect(byRow.nearGapInterval?.low).toBeLessThanOrEqual(byRow.nearGap ?? Number.NaN);
    const few = of({ real: real.owners.map((owner) => owner % 3), near: near.owners });
    expect([few.interval, few.intervalReason]).toEqual([null, "too few patients"]);
    const fewNear = of({ real: real.owners, near: near.owners.map((owner) => owner % 3) });
    expect([fewNear.nearInterval, fewNear.nearIntervalReason]).toEqual([null, "too few patients"]);
    expect(fewNear.interval).not.toBeNull();
  });

  test("have wider intervals of privacy, with as many rows of both sides", () => {
    const synthetic = beatRows(240, 5, { length: 216 });
    const by = (patients?: { readonly training: number[]; readonly heldOut: number[] }) =>
      finish(privacyReport(synthetic, real.rows, near.rows, patients && { patients }));
    const owners = { training: real.owners, heldOut: near.owners };
    const membership = (found: ReturnType<typeof by>) => found.find(({ key }) => key === "membership");
    const [byRow, byPatient] = [membership(by()), membership(by(owners))];
    expect(byPatient?.value).toBe(byRow?.value);
    expect([byRow?.drawn, byPatient?.drawn]).toEqual(["rows", "patients"]);
    // The synthetic rows vary as before.
    expect(widthOf(byPatient?.interval) / widthOf(byRow?.interval)).toBeGreaterThan(1.25);
    const few = membership(by({ ...owners, training: real.owners.map((owner) => owner % 2) }));
    expect([few?.interval, few?.intervalReason]).toEqual([null, "too few patients"]);
  });
});
