import { describe, expect, test } from "vitest";
import type { TrueBeat } from "../../domain/groundTruth.ts";
import { dormandPrince } from "../integrators/dormandPrince.ts";
import { makeStepper } from "../integrators/explicit.ts";
import { heartEquations } from "../mcsharry/dynamics.ts";
import { completeLeads, type IndependentLead, independentLeads } from "./dipole.ts";
import { simulateHolter } from "./holter.ts";
import { virtualPatients } from "./patient.ts";
import { type CohortEntry, simulatedCohort } from "./plan.ts";
import { standInLabels } from "./tenSeconds.ts";
import { type CohortBeat, integrateBeats } from "./waves.ts";

const minutes = (count: number) => count * 60 * 360;
const patients = virtualPatients(7, 48);
const holters = patients.slice(0, 16).map((patient) => simulateHolter(patient, "x", minutes(10)));
const plan = simulatedCohort({ seed: 7, holters: 4, tenSeconds: 100 });
const tenSeconds = plan.slice(4).map((entry) => ({ entry, ...entry.generate() }));

test("the vector obeys the dynamical model: it agrees with an accurate integration of its equations", () => {
  const omega = 7;
  const interval = (2 * Math.PI) / omega;
  const waves = [
    { name: "P", theta: -1.1, b: 0.15, height: [0.1, 0, 0] },
    { name: "R", theta: 0, b: 0.09, height: [1.2, 0, 0] },
    { name: "T", theta: 1.8, b: 0.35, height: [0.3, 0, 0] },
  ] as const;
  const beats = Array.from(
    { length: 14 },
    (_, index): CohortBeat => ({ time: (index - 1) * interval, symbol: "N", omega, waves }),
  );
  const samplingFrequency = 360;
  const [found] = integrateBeats(beats, samplingFrequency, samplingFrequency * 10);
  // a = height · ω / b²: the peaks of the integral then have these heights.
  const eta = {
    theta: Float64Array.from(waves, ({ theta }) => theta),
    a: Float64Array.from(waves, ({ b, height }) => (height[0] * omega) / b ** 2),
    b: Float64Array.from(waves, ({ b }) => b),
  };
  const drive = { omega: () => omega, baseline: () => 0 };
  const step = makeStepper(dormandPrince, heartEquations(eta, drive), 3);
  const state = Float64Array.of(1, 0, found[0]);
  const substeps = 8;
  let worst = 0;
  for (let at = 1; at < 8 * samplingFrequency; at++) {
    for (let part = 0; part < substeps; part++) step(0, 1 / samplingFrequency / substeps, state);
    worst = Math.max(worst, Math.abs(found[at] - state[2]));
  }
  // 2 µV of 1.2 mV, of which the tails of waves beyond half a turn are the most.
  expect(worst).toBeLessThan(0.002);
});

test("the same seed gives the same patients and samples, and more of them change none", () => {
  expect(virtualPatients(7, 60).slice(0, 48)).toEqual(patients);
  expect(virtualPatients(8, 1)[0]).not.toEqual(patients[0]);
  const [entry] = simulatedCohort({ seed: 7, holters: 9, tenSeconds: 1 }).slice(-1);
  expect(entry.generate().recording.leads).toEqual(tenSeconds[0].recording.leads);
  const again = simulateHolter(patients[3], "x", minutes(10));
  expect(again.recording).toEqual(holters[3].recording);
});

describe("half-hour records", () => {
  const intervalsOf = (beats: readonly TrueBeat[]) =>
    beats.slice(1).map((beat, index) => (beat.rPeak - beats[index].rPeak) / 360);

  test("ectopic beats come early; after a ventricular one the pause makes up for it", () => {
    let [ventricular, atrial] = [0, 0];
    for (const { truth } of holters) {
      const intervals = intervalsOf(truth.beats);
      truth.beats.forEach(({ label }, index) => {
        if (index < 2 || index >= intervals.length - 1) return;
        const isAlone = [index - 2, index - 1, index + 1].every((other) =>
          /[NLR]/.test(truth.beats[other].label),
        );
        if (!isAlone) return;
        const [usual, before, after] = [intervals[index - 2], intervals[index - 1], intervals[index]];
        if (label === "V") {
          ventricular++;
          expect(before / usual).toBeLessThan(0.92);
          expect((before + after) / (2 * usual)).toBeCloseTo(1, 0);
          expect(after).toBeGreaterThan(before);
        } else if (label === "A") {
          atrial++;
          expect(before / usual).toBeLessThan(0.9);
        }
      });
    }
    expect(ventricular).toBeGreaterThan(50);
    expect(atrial).toBeGreaterThan(20);
  });

  test("complexes are as wide as their class has them, ventricular ones have no P, others have", () => {
    const limits: Readonly<Record<string, readonly [number, number]>> = {
      N: [0.07, 0.118],
      L: [0.12, 0.2],
      R: [0.11, 0.2],
      V: [0.12, 0.22],
    };
    for (const { truth } of holters) {
      for (const { label, qrs, p } of truth.beats) {
        const width = (qrs.offset - qrs.onset) / 360;
        const [from, to] = limits[label] ?? [0.07, 0.25];
        expect(width).toBeGreaterThan(from);
        expect(width).toBeLessThan(to);
        expect(p === null).toBe(label === "V");
      }
    }
  });

  test("an annotated beat stands at the largest deflection of its complex, within 20 ms", () => {
    let [near, all] = [0, 0];
    for (const { recording, truth } of holters) {
      const [{ samples }] = recording.leads;
      for (const { rPeak } of truth.beats.slice(1, 200)) {
        const [from, to] = [Math.max(0, rPeak - 29), Math.min(samples.length, rPeak + 29)];
        const level = (samples[from] + samples[to - 1]) / 2;
        let best = from;
        for (let at = from; at < to; at++) {
          if (Math.abs(samples[at] - level) > Math.abs(samples[best] - level)) best = at;
        }
        if (Math.abs(best - rPeak) <= 7) near++;
        all++;
      }
    }
    // Humps of a blocked branch, and of a vector that turns away from the lead, may stand apart from R.
    expect(near / all).toBeGreaterThan(0.85);
  });

  test("over 48 patients every class is there, unevenly, as in real databases", () => {
    const shares = patients.map(({ ectopy }) => ectopy);
    expect(shares.filter(({ ventricular }) => ventricular === 0).length).toBeGreaterThan(5);
    expect(Math.max(...shares.map(({ ventricular }) => ventricular))).toBeGreaterThan(0.05);
    expect(new Set(patients.map(({ conduction }) => conduction))).toEqual(new Set(["N", "L", "R"]));
    const labels = new Set(holters.flatMap(({ truth }) => truth.beats.map(({ label }) => label)));
    for (const label of ["N", "A", "V", "F"]) expect(labels).toContain(label);
  });

  test("amplitudes and rates are those of people", () => {
    for (const { recording, truth } of holters) {
      const [{ samples }] = recording.leads;
      const sorted = samples.slice().sort();
      const height = sorted[Math.floor(0.9999 * sorted.length)] - sorted[Math.floor(0.0001 * sorted.length)];
      expect(height).toBeGreaterThan(0.4);
      expect(height).toBeLessThan(5);
      expect(truth.beats.length / 10).toBeGreaterThan(40);
      expect(truth.beats.length / 10).toBeLessThan(125);
      expect(recording.comments[0]).toContain("Simulated stand-in");
    }
  });
});

describe("ten-second recordings", () => {
  test("twelve leads keep the relations of Einthoven and Goldberger", () => {
    for (const { recording } of tenSeconds.slice(0, 10)) {
      const lead = (name: string) =>
        recording.leads.find((each) => each.name === name)?.samples ?? new Float32Array(0);
      const [one, two, three] = ["I", "II", "III"].map(lead);
      const [right, left, foot] = ["aVR", "aVL", "aVF"].map(lead);
      expect(recording.leads).toHaveLength(12);
      for (let at = 0; at < 5000; at += 37) {
        expect(two[at]).toBeCloseTo(one[at] + three[at], 5);
        expect(right[at] + left[at] + foot[at]).toBeCloseTo(0, 5);
      }
    }
    const ones = Object.fromEntries(
      independentLeads.map((name, index) => [name, Float64Array.of(index)]),
    ) as Record<IndependentLead, Float64Array>;
    expect(Object.keys(completeLeads(ones))).toHaveLength(12);
  });

  const withLabel = (label: string) =>
    tenSeconds.filter(({ entry }) => entry.description.labels.includes(label));

  test("every label comes as often, and in every fold", () => {
    for (const label of standInLabels) {
      expect(withLabel(label)).toHaveLength(20);
      expect(new Set(withLabel(label).map(({ entry }) => entry.description.fold)).size).toBe(10);
    }
  });

  test("rhythms have what their labels say", () => {
    const variation = (beats: readonly TrueBeat[]) => {
      const intervals = beats.slice(1).map((beat, index) => beat.rPeak - beats[index].rPeak);
      const mean = intervals.reduce((sum, value) => sum + value, 0) / intervals.length;
      const squares = intervals.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      return Math.sqrt(squares / intervals.length) / mean;
    };
    for (const { truth } of withLabel("AFIB")) {
      expect(truth.beats.every(({ p }) => p === null)).toBe(true);
      expect(variation(truth.beats)).toBeGreaterThan(0.08);
    }
    for (const { truth } of withLabel("NORM")) {
      expect(truth.beats.every(({ p }) => p !== null)).toBe(true);
      expect(variation(truth.beats)).toBeLessThan(0.2);
    }
    for (const { truth } of withLabel("AFLT")) expect(truth.beats.every(({ p }) => p === null)).toBe(true);
    for (const { truth } of withLabel("PVC")) {
      expect(truth.beats.some(({ label }) => label === "V")).toBe(true);
    }
    for (const { truth } of withLabel("WPW")) {
      for (const { p, qrs } of truth.beats) {
        expect((qrs.onset - (p?.onset ?? 0)) / 500).toBeLessThan(0.13);
        expect((qrs.offset - qrs.onset) / 500).toBeGreaterThan(0.1);
      }
    }
  });
});

test("no patient is in two divisions or folds", () => {
  const sides = (of: (entry: CohortEntry) => unknown) => {
    const seen = new Map<string | null, Set<unknown>>();
    for (const entry of plan) {
      const { patient } = entry.description;
      seen.set(patient, (seen.get(patient) ?? new Set()).add(of(entry)));
    }
    return Math.max(...[...seen.values()].map((each) => each.size));
  };
  expect(sides(({ description }) => description.division)).toBe(1);
  expect(sides(({ description }) => description.fold)).toBe(1);
  expect(new Set(plan.map(({ name }) => name)).size).toBe(plan.length);
});
