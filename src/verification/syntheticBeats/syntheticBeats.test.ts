import { describe, expect, test } from "vitest";
import type { Comparison } from "../../evaluation/statistics/comparison.ts";
import { pganCellsOf, simGanCellsOf } from "../../experiments/syntheticBeats/grid.ts";
import { parseBeatExperiment } from "../../experiments/syntheticBeats/specificationFile.ts";
import { comparisonCells, countsText, withInterval } from "./simGanSection.ts";
import {
  ratiosInMitBih,
  ratiosInStandIn,
  reducedPgan,
  reducedSimGan,
  testedInMitBih,
  testedInStandIn,
} from "./specifications.ts";
import { differences, overview } from "./words.ts";

const compared = (
  difference: number,
  verdict: Comparison["verdict"],
  adjustedProbability = 0.2,
): Comparison => ({
  name: "a",
  runs: 5,
  baseline: 0.5,
  candidate: 0.5 + difference,
  difference,
  relativeGain: null,
  interval: { low: difference - 0.25, high: difference + 0.25 },
  scope: "runs and cases",
  probability: adjustedProbability,
  adjustedProbability,
  runTest: null,
  caseTest: null,
  smallestReachableP: 0.0625,
  doRunsCount: false,
  undefinedResamples: 0,
  verdict,
  reason: "",
});

describe("the reduced experiments", () => {
  test.each([
    reducedSimGan("here", ratiosInMitBih),
    reducedSimGan("there", ratiosInStandIn),
    reducedPgan("here", testedInMitBih),
    reducedPgan("there", testedInStandIn),
  ])("are specifications that the command takes", (experiment) => {
    expect(parseBeatExperiment(JSON.stringify(experiment), "a.json")).toEqual(experiment);
  });

  test("have every row of the papers", () => {
    // Three classes, five runs: nothing, trained on, and at two ratios two controls, the simulator and seven generators.
    expect(simGanCellsOf(reducedSimGan("here", ratiosInMitBih))).toHaveLength(3 * 5 * (2 + 2 * 10));
    // Six, six and two patients, one run: nothing, trained on, six generators at one count, the personalised LSTM.
    const cells = pganCellsOf(reducedPgan("here", testedInMitBih));
    expect(cells).toHaveLength(14 * (2 + 6 + 1));
  });
});

describe("the document of synthetic beats", () => {
  const judged = [
    { title: "DCGAN", place: "V", comparison: compared(0.125, "better", 0.0002) },
    { title: "DCGAN", place: "F", comparison: compared(-0.0625, "undecided") },
    { title: "GAN", place: "V", comparison: compared(-0.5, "worse", 0.01) },
    { title: "GAN", place: "F", comparison: null },
    { title: "none", place: "V", comparison: null },
  ];

  test("counts what was decided, and names it", () => {
    const words = overview(judged, "nothing");
    expect(words).toBe("Of 3 comparisons with nothing, 1 is undecided: better DCGAN (V); worse GAN (V).");
    expect(overview([judged[1]], "nothing")).toContain("none is decided");
    expect(overview([judged[3]], "nothing")).toBe("Nothing is compared with nothing yet.");
  });

  test("has a row for whatever was compared, and bold where it was decided", () => {
    const [head, , ...rows] = differences(judged).split("\n");
    expect(head).toBe("|  | V | F |");
    expect(rows).toEqual(["| DCGAN | **+0.125** | -0.063 |", "| GAN | **-0.500** | – |"]);
  });

  test("gives differences with their limits, and what is missing as a dash", () => {
    expect(comparisonCells(compared(0.125, "better", 0.0002))).toEqual([
      "0.125 [-0.125, 0.375]",
      "< 0.001",
      "**better**",
    ]);
    expect(comparisonCells(null)).toEqual(["–", "–", "–"]);
    const spread = {
      values: [0.5, 0.7],
      mean: 0.6,
      standardDeviation: 0.1,
      interval: { low: 0.4, high: 0.8 },
    };
    expect(withInterval(spread)).toBe("0.600 ± 0.100 [0.400, 0.800]");
    expect(withInterval({ ...spread, interval: null })).toBe("0.600 ± 0.100");
  });

  test("tells how thinning changes the precision of chance", () => {
    // Indices of N, S, V, F, Q; nine normal beats and one of V, of which three normal ones are kept.
    const set = (normal: number) => {
      const count = normal + 1;
      const classes = new Uint8Array(count);
      classes[normal] = 2;
      return {
        samples: new Float32Array(count * 216),
        count,
        classes,
        times: new Float32Array(count),
        origins: [{ record: "a", patient: "a", division: "DS2" as const, paced: false, count }],
      };
    };
    const rows = countsText({ all: set(9), beats: set(3) }).split("\n");
    expect(rows).toContain("| DS2 | all | 1 | 9 | 0 | 1 | 0 | 0.0 | 10.0 | 0.0 |");
    expect(rows).toContain("| DS2 | here | 1 | 3 | 0 | 1 | 0 | 0.0 | 25.0 | 0.0 |");
    expect(rows).toContain("| DS1 | all | 0 | 0 | 0 | 0 | 0 | – | – | – |");
  });
});
