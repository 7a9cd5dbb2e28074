import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type BeatOutcome, delineationErrors } from "../evaluation/metrics/delineationError.ts";
import { describeWithData } from "../testing/testData.ts";
import { ludbOutcomes, qtOutcomes, recordsWith } from "./markedRecords.ts";

/** How each fiducial must be found at least: share, mean (ms), standard deviation (ms). */
const limits = {
  "P onset": [0.95, 10, 25],
  "P peak": [0.95, 10, 20],
  "P offset": [0.95, 10, 25],
  "QRS onset": [0.99, 5, 16],
  "R peak": [0.99, 12, 20],
  "QRS offset": [0.99, 8, 20],
  "T peak": [0.97, 10, 25],
  "T offset": [0.97, 12, 30],
} as const;

function expectWithin(outcomes: readonly BeatOutcome[]) {
  for (const { fiducial, sensitivity, mean, standardDeviation } of delineationErrors(outcomes)) {
    const [share, bias, spread] = limits[fiducial];
    expect(sensitivity, fiducial).toBeGreaterThan(share);
    expect(Math.abs(mean ?? Number.NaN), fiducial).toBeLessThan(bias);
    expect(standardDeviation, fiducial).toBeLessThan(spread);
  }
}

describeWithData("delineation beside cardiologists' marks", (data) => {
  const ludb = join(data, "ludb", "data");
  const qt = join(data, "qtdb");

  test.skipIf(!existsSync(ludb))("in all leads of every twelfth record of LUDB", async () => {
    const names = recordsWith(ludb, ".hea").filter((_, place) => place % 12 === 5);
    const outcomes = await Promise.all(names.map((name) => ludbOutcomes(ludb, name)));
    expectWithin(outcomes.flat());
  });

  test.skipIf(!existsSync(qt))("in the nearer lead of six records of the QT database", async () => {
    const names = ["sel100", "sel123", "sel16265", "sel17453", "sele0121", "sele0133"];
    const outcomes = await Promise.all(names.map((name) => qtOutcomes(qt, name)));
    expectWithin(outcomes.flatMap(({ better }) => better));
  });
});
