import { describe, expect, test } from "vitest";
import { curveFigure } from "./curves.ts";
import { band, polyline, ticks } from "./svg.ts";
import { waveformFigure } from "./waveforms.ts";

/** Coordinates of all paths of a figure, path by path. */
const pathsOf = (svg: string) =>
  [...svg.matchAll(/ d="([^"]*)"/g)].map(([, path]) =>
    path
      .split(/[MLZ]/)
      .filter((point) => point !== "")
      .map((point) => point.split(" ").map(Number)),
  );

describe("parts", () => {
  test.each([
    [-200, 397, [-200, -100, 0, 100, 200, 300]],
    [-0.31, 1.24, [0, 0.5, 1]],
    [0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [3, 3, [3]],
  ])("round numbers from %f to %f", (low, high, expected) => {
    expect(ticks(low, high)).toEqual(expected);
  });

  test("a line is broken where a value is no number, and a band leaves it out", () => {
    const points = [
      [0, 1],
      [1, 2],
      [2, Number.NaN],
      [3, 4],
    ] as const;
    expect(polyline(points, { colour: "red" })).toContain('d="M0 1L1 2M3 4"');
    expect(band([points[0], points[2]], [points[1], points[3]], "red")).toContain('d="M0 1L3 4L1 2Z"');
  });
});

describe("waveforms", () => {
  const length = 5;
  const rows = Float32Array.of(0, 1, 2, 1, 0, 0, 3, 2, 1, 0);
  const svg = waveformFigure({
    title: "Beats <of> A & B",
    caption: "synthetic",
    panels: [[{ title: "one", rows: rows.subarray(0, length), spread: rows, kind: "generated" }]],
    length,
    samplingFrequency: 1000,
    zeroAt: 2,
    zeroName: "R",
    range: [0, 4],
    every: 1,
  });

  test("stand where time and amplitude say", () => {
    // A panel is 148 wide and 92 high, its corner at (46, 68).
    const beat = pathsOf(svg).find((path) => path.length === length && path[2][1] === 68 + 92 / 2);
    expect(beat).toEqual([
      [46, 160],
      [83, 137],
      [120, 114],
      [157, 137],
      [194, 160],
    ]);
  });

  test("have a band of one standard deviation about the mean", () => {
    // At the second sample 1 and 3: mean 2, standard deviation 1. Everywhere else both rows are the same.
    const [lower, upper] = [1, 3].map((value) => 160 - (92 * value) / 4);
    const round = pathsOf(svg).find((path) => path.length === 2 * length) as number[][];
    expect(round[1]).toEqual([83, lower]);
    expect(round[2 * length - 2]).toEqual([83, upper]);
    expect(round[2][1]).toBe(round[2 * length - 3][1]);
  });

  test("have units, words for those who do not see them, and no raw markup", () => {
    expect(svg).toContain("Amplitude (mV)");
    expect(svg).toContain("Time from R (ms)");
    expect(svg).toContain("<title>Beats &lt;of&gt; A &amp; B. synthetic</title>");
    expect(svg).not.toContain("NaN");
  });

  test("of fifty beats fit into 150 kB", () => {
    const beats = Float32Array.from({ length: 5 * 216 }, (_, at) => Math.sin(at / 9));
    const panel = { title: "panel", rows: beats, spread: beats, kind: "real" } as const;
    const large = waveformFigure({
      title: "many",
      caption: "synthetic",
      panels: [0, 1].map(() => Array.from({ length: 5 }, () => panel)),
      length: 216,
      samplingFrequency: 360,
    });
    expect(large.length).toBeLessThan(150_000);
  });
});

describe("curves", () => {
  const chart = (y: readonly number[], isLogarithmic: boolean) =>
    curveFigure({
      title: "Loss",
      caption: "",
      xTitle: "Iterations",
      yTitle: "Loss",
      curves: [{ name: "a", x: [0, 5, 10], y }],
      isLogarithmic,
    });

  test("run from the lowest to the highest value", () => {
    // The ground is 560 wide and 240 high, its corner at (58, 48).
    expect(pathsOf(chart([1, 3, 2], false))).toContainEqual([
      [58, 288],
      [338, 48],
      [618, 168],
    ]);
  });

  test("on a logarithmic axis put ten halfway between one and a hundred, and leave out what has no logarithm", () => {
    expect(pathsOf(chart([1, 10, 100], true))).toContainEqual([
      [58, 288],
      [338, 168],
      [618, 48],
    ]);
    expect(pathsOf(chart([1, 0, 100], true))).toContainEqual([
      [58, 288],
      [618, 48],
    ]);
  });

  test("without points are an empty chart", () => {
    const empty = curveFigure({ title: "", caption: "", xTitle: "", yTitle: "", curves: [] });
    expect(empty).not.toMatch(/NaN|Infinity/);
  });
});
