import { expect, test } from "vitest";
import type { DelineatedBeat, MarkedBeat } from "../../domain/delineation.ts";
import { betterLead, delineationErrors, delineationOutcomes, fiducials } from "./delineationError.ts";

const wave = (onset: number, peak: number, offset: number) => ({ onset, peak, offset });

function marked(rPeak: number, changes: Partial<MarkedBeat> = {}): MarkedBeat {
  return {
    p: wave(rPeak - 40, rPeak - 30, rPeak - 20),
    qrs: wave(rPeak - 10, rPeak, rPeak + 10),
    t: wave(rPeak + 40, rPeak + 60, rPeak + 80),
    ...changes,
  };
}

/** A beat found `late` samples after the marks. */
function found(rPeak: number, late: number, changes: Partial<DelineatedBeat> = {}): DelineatedBeat {
  const { p, qrs, t } = marked(rPeak + late);
  return {
    rPeak,
    p: p as DelineatedBeat["p"],
    qrs: qrs as DelineatedBeat["qrs"],
    t: t as DelineatedBeat["t"],
    q: null,
    r: rPeak + late,
    s: null,
    ...changes,
  };
}

test("errors are found − marked, in ms", () => {
  const [outcome] = delineationOutcomes([marked(100)], [found(100, 2)], 250);
  for (const fiducial of fiducials) expect(outcome[fiducial]).toBe(8);
});

test("each beat is compared with the nearest one found, and none is found where that is far", () => {
  const reference = [marked(100), marked(300), marked(700)];
  const beats = [found(99, 0), found(200, 0), found(302, 0), found(500, 0)];
  const outcomes = delineationOutcomes(reference, beats, 250);
  expect(outcomes.map((outcome) => outcome["R peak"])).toEqual([-4, 8, "missed"]);
  expect(delineationOutcomes(reference, [], 250)[0]["P peak"]).toBe("missed");
});

test("tells missed, spurious and unmarked", () => {
  const reference = [
    marked(100, { p: null }),
    marked(300, { p: null, t: { onset: null, peak: 360, offset: null } }),
    marked(500, { t: null }),
    marked(700),
  ];
  const beats = [found(100, 0), found(300, 0), found(500, 0, { p: null, t: null }), found(700, 60)];
  const outcomes = delineationOutcomes(reference, beats, 250);
  // The first beat's P may lie before the excerpt.
  expect(outcomes.map((outcome) => outcome["P peak"])).toEqual(["unmarked", "spurious", "missed", "missed"]);
  expect(outcomes.map((outcome) => outcome["T offset"])).toEqual([0, "unmarked", "unmarked", "missed"]);
});

test("counts, sensitivity, predictivity, mean and standard deviation", () => {
  const of = (outcome: number | "missed" | "spurious" | "unmarked") =>
    Object.fromEntries(fiducials.map((fiducial) => [fiducial, outcome])) as Record<
      (typeof fiducials)[number],
      typeof outcome
    >;
  const [row] = delineationErrors(([-2, 4, "missed", "spurious", 4, "unmarked"] as const).map(of));
  // Mean (−2 + 4 + 4) / 3 = 2; variance (16 + 4 + 4) / 3 = 8.
  expect(row).toMatchObject({ fiducial: "P onset", count: 4, sensitivity: 0.75, mean: 2 });
  expect(row.positivePredictivity).toBe(0.75);
  expect(row.standardDeviation).toBeCloseTo(Math.sqrt(8), 12);
  expect(delineationErrors([])[0]).toMatchObject({ count: 0, sensitivity: null, mean: null });

  const best = betterLead(
    [-2, "missed", "spurious", "missed", "unmarked"].map((outcome) => of(outcome as number)),
    [3, 5, "unmarked", "missed", "unmarked"].map((outcome) => of(outcome as number)),
  );
  expect(best.map((outcome) => outcome["T peak"])).toEqual([-2, 5, "unmarked", "missed", "unmarked"]);
});
