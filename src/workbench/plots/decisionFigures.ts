import type { Data } from "plotly.js";
import type { CurvePoint } from "../../evaluation/metrics/classification.ts";
import type { Figure } from "./figure.ts";
import { axisStyle, type ColourScheme, layoutStyle, plotColours, seriesColour } from "./theme.ts";

/** What the curves of decisions are drawn from. */
export interface DecisionCurves {
  /** Points by threshold, the highest first. */
  readonly points: readonly CurvePoint[];
  readonly positives: number;
  readonly negatives: number;
  /** Where the threshold stands. */
  readonly chosen: { readonly truePositives: number; readonly falsePositives: number };
}

const square = (scheme: ColourScheme, x: string, y: string) => ({
  ...layoutStyle(scheme),
  showlegend: false,
  margin: { l: 48, r: 10, t: 10, b: 42 },
  xaxis: { ...axisStyle(scheme, x), range: [-0.02, 1.02] },
  yaxis: { ...axisStyle(scheme, y), range: [-0.02, 1.04] },
});

const curve = (x: number[], y: number[], scheme: ColourScheme, shape: "linear" | "hv"): Partial<Data> => ({
  type: "scatter",
  mode: "lines",
  x,
  y,
  line: { color: seriesColour(0, scheme).stroke, width: 2.5, shape },
});

const point = (x: number, y: number, scheme: ColourScheme): Partial<Data> => ({
  type: "scatter",
  mode: "markers",
  x: [x],
  y: [y],
  hoverinfo: "skip",
  marker: {
    size: 12,
    color: plotColours[scheme].residual,
    line: { color: plotColours[scheme].background, width: 2 },
  },
});

const guess = (x: number[], y: number[], scheme: ColourScheme): Partial<Data> => ({
  type: "scatter",
  mode: "lines",
  x,
  y,
  hoverinfo: "skip",
  line: { color: plotColours[scheme].dimmed, width: 1, dash: "dot" },
});

/** Sensitivity against 1 − specificity, with the chosen threshold and what guessing gives. */
export function rocFigure(
  { points, positives, negatives, chosen }: DecisionCurves,
  scheme: ColourScheme,
): Figure {
  const x = [0, ...points.map(({ falsePositives }) => falsePositives / negatives)];
  const y = [0, ...points.map(({ truePositives }) => truePositives / positives)];
  return {
    data: [
      guess([0, 1], [0, 1], scheme),
      curve(x, y, scheme, "linear"),
      point(chosen.falsePositives / negatives, chosen.truePositives / positives, scheme),
    ],
    layout: square(scheme, "1 − specificity", "Sensitivity"),
  };
}

/** Precision against recall, as steps; guessing gives the prevalence. */
export function precisionRecallFigure(
  { points, positives, negatives, chosen }: DecisionCurves,
  scheme: ColourScheme,
): Figure {
  const prevalence = positives / (positives + negatives);
  const x = points.map(({ truePositives }) => truePositives / positives);
  const y = points.map(
    ({ truePositives, falsePositives }) => truePositives / (truePositives + falsePositives),
  );
  const decided = chosen.truePositives + chosen.falsePositives;
  return {
    data: [
      guess([0, 1], [prevalence, prevalence], scheme),
      curve([0, ...x], [y[0] ?? 0, ...y], scheme, "hv"),
      point(chosen.truePositives / positives, decided === 0 ? 1 : chosen.truePositives / decided, scheme),
    ],
    layout: square(scheme, "Recall (sensitivity)", "Precision"),
  };
}
