import type { Data } from "plotly.js";
import type { Figure } from "./figure.ts";
import {
  axisStyle,
  type ColourScheme,
  layoutStyle,
  plotColours,
  seriesColour,
  translucent,
} from "./theme.ts";

/** A line of means over something that grows. */
export interface SpreadLine {
  readonly name: string;
  readonly points: readonly {
    readonly x: number;
    readonly mean: number | null;
    /** Half the height of the band or the bar; null for none. */
    readonly reach: number | null;
  }[];
  /** The line that the others are held against: grey and dotted. */
  readonly isBaseline?: boolean;
}

interface SpreadLinesOptions {
  readonly x: string;
  readonly y: string;
  /** Bands for curves, bars for a few points. */
  readonly form: "band" | "bar";
  /** A level that chance gives. */
  readonly chance?: number | null;
  readonly range?: readonly [number, number];
}

/** Lines of means with their spread, each in a colour of its own. */
export function spreadLinesFigure(
  lines: readonly SpreadLine[],
  { x, y, form, chance, range }: SpreadLinesOptions,
  scheme: ColourScheme,
): Figure {
  const colours = plotColours[scheme];
  let drawn = 0;
  const data = lines.flatMap((line): Partial<Data>[] => {
    const points = line.points.filter(({ mean }) => mean !== null);
    if (points.length === 0) return [];
    const stroke = line.isBaseline === true ? colours.dimmed : seriesColour(drawn++, scheme).stroke;
    const xs = points.map((point) => point.x);
    const means = points.map(({ mean }) => mean as number);
    const reaches = points.map(({ reach }) => reach ?? 0);
    const main: Partial<Data> = {
      type: "scatter",
      mode: form === "bar" ? "lines+markers" : "lines",
      name: line.name,
      x: xs,
      y: means,
      line: { color: stroke, width: 2, dash: line.isBaseline === true ? "dot" : "solid" },
      marker: { color: stroke, size: 7 },
      ...(form === "bar"
        ? { error_y: { type: "data" as const, array: reaches, color: stroke, thickness: 1.2, width: 4 } }
        : {}),
    };
    if (form === "bar" || reaches.every((reach) => reach === 0)) return [main];
    const band: Partial<Data> = {
      type: "scatter",
      mode: "lines",
      showlegend: false,
      hoverinfo: "skip",
      x: [...xs, ...xs.toReversed()],
      y: [
        ...means.map((mean, at) => mean + reaches[at]),
        ...means.map((mean, at) => mean - reaches[at]).toReversed(),
      ],
      fill: "toself",
      fillcolor: translucent(stroke, 0.14),
      line: { width: 0 },
    };
    return [band, main];
  });
  const level: Partial<Data>[] =
    chance == null
      ? []
      : [
          {
            type: "scatter",
            mode: "lines",
            name: "chance",
            x: [Math.min(...allX(lines)), Math.max(...allX(lines))],
            y: [chance, chance],
            hoverinfo: "skip",
            line: { color: colours.zero, width: 1, dash: "dash" },
          },
        ];
  return {
    data: [...level, ...data],
    layout: {
      ...layoutStyle(scheme),
      margin: { l: 56, r: 14, t: 14, b: 110 },
      legend: {
        ...layoutStyle(scheme).legend,
        orientation: "h",
        x: 0,
        xanchor: "left",
        y: -0.24,
        yanchor: "top",
      },
      xaxis: axisStyle(scheme, x),
      yaxis: { ...axisStyle(scheme, y), ...(range === undefined ? {} : { range: [...range] }) },
    },
  };
}

const allX = (lines: readonly SpreadLine[]) => {
  const xs = lines.flatMap(({ points }) => points.map((point) => point.x));
  return xs.length === 0 ? [0, 1] : xs;
};
