import { describe, expect, test } from "vitest";
import { rocArea } from "../../evaluation/metrics/classification.ts";
import { people, quick, resultOf, scored, source } from "../../testing/scoredBeats.ts";
import { pganAsCsv, pganAsLatex } from "./exportTables.ts";
import { pganCellsOf } from "./grid.ts";
import { pganFigure } from "./pganFigures.ts";
import { type FinishedBeatCell, type PganCell, type PganExperiment, pganDefaults } from "./specification.ts";

describe("PGAN's figure", () => {
  const tested = people.slice(0, 8);
  const experiment: PganExperiment = {
    ...pganDefaults,
    name: "test",
    source,
    targets: ["V"],
    counts: [0, 500, 1000],
    methods: pganDefaults.methods.filter(({ method }) =>
      ["none", "pgan", "personalisedLstm"].includes(method),
    ),
  };
  const separationOf = ({ method, count }: PganCell): readonly [number, number] =>
    method !== "pgan" ? [0.7, 0.7] : count === 500 ? [3, 2] : [0.1, 0.1];
  const finished = pganCellsOf(experiment, { V: tested }).map((cell): FinishedBeatCell<PganCell> => {
    const seed = cell.seed + 10 * people.indexOf(cell.patient) + 1000 * cell.count;
    const [test, validation] = separationOf(cell);
    return {
      cell,
      result: resultOf(scored(test, seed, [cell.patient]), scored(validation, seed, ["v", "w"])),
    };
  });
  const figure = pganFigure(experiment, finished, "V", quick);
  const [none, lstm, pgan] = figure.rows;

  test("has means over patients of the means over seeds", () => {
    const means = tested.map((patient) => {
      const own = finished.filter(
        ({ cell }) => cell.patient === patient && cell.method === "pgan" && cell.count === 500,
      );
      const areas = own.map(
        ({ result }) =>
          rocArea(
            result.tested.probabilities,
            Array.from(result.tested.labels, (label) => label === 1),
          ) ?? 0,
      );
      expect(areas).toHaveLength(5);
      return areas.reduce((sum, area) => sum + area, 0) / 5;
    });
    expect(pgan.points.map(({ count }) => count)).toEqual([0, 500, 1000]);
    expect(pgan.points[1].area.values).toEqual(means.map((mean) => expect.closeTo(mean, 12)));
    // No added beats are the network of the others, whatever the method.
    expect(pgan.points[0].area).toEqual(none.points[0].area);
    expect([none.points.length, lstm.points.length]).toEqual([1, 1]);
  });

  test("compares over patients at the number that validation chose for each", () => {
    expect(Object.keys(pgan.chosen)).toHaveLength(8);
    expect(new Set(Object.values(pgan.chosen))).toEqual(new Set([500]));
    expect(pgan.area).toEqual(pgan.points[1].area);
    expect(pgan.over.none).toMatchObject({ verdict: "better", runs: 8 });
    expect(lstm.over.none?.verdict).toBe("undecided");
    expect(figure.reading).toContain("PGAN raised the area under the curve");
  });

  test("of few patients calls nothing better, and says why", () => {
    const few = finished.filter(({ cell }) => ["p0", "p1", "p2"].includes(cell.patient));
    const { rows, reading } = pganFigure(experiment, few, "V", quick);
    expect(rows[2].over.none?.verdict).toBe("undecided");
    // Three signs: 2 / 8.
    expect(reading).toContain("the smallest p-value they can give is 0.25");
  });

  test("is exported with every number", () => {
    const lines = pganAsCsv([figure]).trim().split("\n");
    expect(lines).toHaveLength(1 + 1 + 1 + 3);
    expect(lines.find((line) => line.startsWith("V,pgan,500"))).toContain(",p0 p1 p2 p3 p4 p5 p6 p7,");
    expect(pganAsLatex([figure])).toContain("Method & 0 & 500 & 1000 & Chosen");
    expect(pganAsLatex([figure])).toContain("\\textbf{");
  });
});
