import type { Figure } from "./figure.ts";
import type { Span } from "./spreadLines.ts";
import { axisStyle, type ColourScheme, layoutStyle, plotColours, seriesColour } from "./theme.ts";

/** A mean with its interval, in a row of its own. */
export interface IntervalRow {
  readonly name: string;
  readonly mean: number | null;
  readonly interval: Span | null;
  /** The row that the others are held against. */
  readonly isBaseline?: boolean;
}

/** Means and intervals beneath each other, the first row on top, with a line through the baseline. */
export function intervalRowsFigure(rows: readonly IntervalRow[], x: string, scheme: ColourScheme): Figure {
  const colours = plotColours[scheme];
  const known = rows.filter(({ mean }) => mean !== null).toReversed();
  const means = known.map(({ mean }) => mean as number);
  const colour = known.map(({ isBaseline }) =>
    isBaseline === true ? colours.dimmed : seriesColour(0, scheme).stroke,
  );
  const baseline = known.find(({ isBaseline }) => isBaseline === true)?.mean ?? null;
  return {
    data: [
      {
        type: "scatter",
        mode: "markers",
        showlegend: false,
        x: means,
        y: known.map(({ name }) => name),
        marker: { color: colour, size: 9 },
        error_x: {
          type: "data",
          symmetric: false,
          array: known.map(({ interval }, at) => (interval?.high ?? means[at]) - means[at]),
          arrayminus: known.map(({ interval }, at) => means[at] - (interval?.low ?? means[at])),
          color: colours.dimmed,
          thickness: 1.2,
          width: 4,
        },
      },
    ],
    layout: {
      ...layoutStyle(scheme),
      margin: { l: 140, r: 14, t: 14, b: 48 },
      xaxis: axisStyle(scheme, x),
      yaxis: { ...axisStyle(scheme, ""), type: "category" },
      shapes:
        baseline === null
          ? []
          : [
              {
                type: "line",
                xref: "x",
                yref: "paper",
                x0: baseline,
                x1: baseline,
                y0: 0,
                y1: 1,
                line: { color: colours.dimmed, width: 1, dash: "dot" },
              },
            ],
    },
  };
}
