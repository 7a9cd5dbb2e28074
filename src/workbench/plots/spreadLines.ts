import type { Data } from "plotly.js";
import type { Figure } from "./figure.ts";
import { legendBelow } from "./legendBelow.ts";
import {
  axisStyle,
  type ColourScheme,
  layoutStyle,
  plotColours,
  seriesColour,
  translucent,
} from "./theme.ts";

/** An interval, or a standard deviation to either side. */
export interface Span {
  readonly low: number;
  readonly high: number;
}

/** A standard deviation to either side of a mean; null where either is not known. */
export const deviationSpan = (mean: number | null, deviation: number | null): Span | null =>
  mean === null || deviation === null ? null : { low: mean - deviation, high: mean + deviation };

/** A line of means over something that grows. */
export interface SpreadLine {
  readonly name: string;
  readonly points: readonly {
    readonly x: number;
    readonly mean: number | null;
    /** What the band or the bar spans; null for none. */
    readonly span: Span | null;
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

/** Colours of series; lines beyond them are broken. */
const hues = 6;

/** Lines of means with their spread, each in a colour or with a dash of its own. */
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
    const isBaseline = line.isBaseline === true;
    const stroke = isBaseline ? colours.dimmed : seriesColour(drawn, scheme).stroke;
    const dash = isBaseline ? "dot" : drawn < hues ? "solid" : "dashdot";
    if (!isBaseline) drawn++;
    const xs = points.map((point) => point.x);
    const means = points.map(({ mean }) => mean as number);
    const lows = points.map(({ span, mean }) => span?.low ?? (mean as number));
    const highs = points.map(({ span, mean }) => span?.high ?? (mean as number));
    const main: Partial<Data> = {
      type: "scatter",
      mode: form === "bar" ? "lines+markers" : "lines",
      name: line.name,
      x: xs,
      y: means,
      line: { color: stroke, width: 2, dash },
      marker: { color: stroke, size: 7 },
      ...(form === "bar"
        ? {
            error_y: {
              type: "data" as const,
              symmetric: false,
              array: highs.map((high, at) => high - means[at]),
              arrayminus: means.map((mean, at) => mean - lows[at]),
              color: stroke,
              thickness: 1.2,
              width: 4,
            },
          }
        : {}),
    };
    if (form === "bar" || points.every(({ span }) => span === null)) return [main];
    const band: Partial<Data> = {
      type: "scatter",
      mode: "lines",
      showlegend: false,
      hoverinfo: "skip",
      x: [...xs, ...xs.toReversed()],
      y: [...highs, ...lows.toReversed()],
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
      legend: { ...layoutStyle(scheme).legend, ...legendBelow },
      xaxis: axisStyle(scheme, x),
      yaxis: { ...axisStyle(scheme, y), ...(range === undefined ? {} : { range: [...range] }) },
    },
  };
}

const allX = (lines: readonly SpreadLine[]) => {
  const xs = lines.flatMap(({ points }) => points.map((point) => point.x));
  return xs.length === 0 ? [0, 1] : xs;
};
