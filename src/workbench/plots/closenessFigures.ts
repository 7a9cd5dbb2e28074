import type { Data } from "plotly.js";
import type { ClosenessPictures, MapPicture } from "../../domain/closeness.ts";
import type { Figure } from "./figure.ts";
import { axisStyle, type ColourScheme, layoutStyle, plotColours, translucent } from "./theme.ts";

const names = { real: "real, held out", synthetic: "synthetic" } as const;
type Kind = keyof typeof names;

/** Real is grey, synthetic red, as everywhere in the workbench. */
const colourOf = (kind: Kind, scheme: ColourScheme) =>
  kind === "real" ? plotColours[scheme].dimmed : plotColours[scheme].residual;

const marginStyle = { l: 52, r: 12, t: 30, b: 44 };

/** Real and synthetic rows as points of one map. */
export function mapFigure(map: MapPicture, axes: readonly [string, string], scheme: ColourScheme): Figure {
  const points = (kind: Kind): Partial<Data> => ({
    type: "scatter",
    mode: "markers",
    name: names[kind],
    x: Array.from({ length: map[kind].length / 2 }, (_, index) => map[kind][2 * index]),
    y: Array.from({ length: map[kind].length / 2 }, (_, index) => map[kind][2 * index + 1]),
    hoverinfo: "skip",
    marker: {
      color: translucent(colourOf(kind, scheme), kind === "real" ? 0.6 : 0.7),
      size: 5,
      symbol: kind === "real" ? "circle" : "x-thin-open",
      line: { width: 1.2, color: translucent(colourOf(kind, scheme), 0.85) },
    },
  });
  return {
    data: [points("real"), points("synthetic")],
    layout: {
      ...layoutStyle(scheme),
      margin: marginStyle,
      hovermode: false,
      xaxis: axisStyle(scheme, axes[0]),
      yaxis: axisStyle(scheme, axes[1]),
    },
  };
}

/** Mean beats with one standard deviation to either side, over the time from the R peak. */
export function meanBeatsFigure(
  { real, synthetic }: ClosenessPictures,
  { samplingFrequency, unit }: { readonly samplingFrequency: number; readonly unit: string },
  scheme: ColourScheme,
): Figure {
  const before = 0.2 * samplingFrequency;
  const band = (kind: Kind): Partial<Data>[] => {
    const { mean, deviation } = kind === "real" ? real : synthetic;
    const x = Array.from(mean, (_, at) => (1000 * (at - before)) / samplingFrequency);
    const limit = (sign: number) => Array.from(mean, (value, at) => value + sign * deviation[at]);
    const colour = colourOf(kind, scheme);
    const edge = { type: "scatter", mode: "lines", x, hoverinfo: "skip", showlegend: false } as const;
    return [
      { ...edge, y: limit(-1), line: { width: 0 } },
      { ...edge, y: limit(1), line: { width: 0 }, fill: "tonexty", fillcolor: translucent(colour, 0.18) },
      {
        ...edge,
        y: Array.from(mean),
        showlegend: true,
        name: names[kind],
        line: { color: colour, width: 2.2, dash: kind === "real" ? "solid" : "dash" },
      },
    ];
  };
  return {
    data: [...band("real"), ...band("synthetic")],
    layout: {
      ...layoutStyle(scheme),
      margin: marginStyle,
      hovermode: false,
      xaxis: axisStyle(scheme, "Time from R (ms)"),
      yaxis: axisStyle(scheme, `Amplitude (${unit})`),
    },
  };
}

/** Mean spectra, as shares of the power, on a logarithmic scale. */
export function spectraFigure(
  { real, synthetic, frequencies }: ClosenessPictures,
  scheme: ColourScheme,
): Figure {
  const line = (kind: Kind): Partial<Data> => {
    const { spectrum } = kind === "real" ? real : synthetic;
    // A segment's mean is taken away before: its first bin says nothing.
    return {
      type: "scatter",
      mode: "lines",
      name: names[kind],
      x: Array.from(frequencies.subarray(1)),
      y: Array.from(spectrum.subarray(1), (share) => (share > 0 ? share : null)),
      hoverinfo: "skip",
      line: { color: colourOf(kind, scheme), width: 2, dash: kind === "real" ? "solid" : "dash" },
    };
  };
  return {
    data: [line("real"), line("synthetic")],
    layout: {
      ...layoutStyle(scheme),
      margin: { ...marginStyle, l: 62 },
      hovermode: false,
      xaxis: axisStyle(scheme, "Frequency (Hz)"),
      yaxis: {
        ...axisStyle(scheme, "Share of the power"),
        type: "log",
        dtick: 1,
        exponentformat: "power",
      },
    },
  };
}

/** How an interval or amplitude is distributed in both sets, as shares of rows. */
export function traitFigure(
  { synthetic, real }: { readonly synthetic: Float32Array; readonly real: Float32Array },
  title: string,
  scheme: ColourScheme,
): Figure {
  const all = [...synthetic, ...real].sort((one, other) => one - other);
  const [low, high] = [0.005, 0.995].map((share) => all[Math.round(share * (all.length - 1))] ?? 0);
  const width = (high - low) / 28 || 1;
  const bars = (kind: Kind, values: Float32Array): Partial<Data> => {
    const shares = new Array<number>(30).fill(0);
    for (const value of values) {
      const bin = Math.floor((value - low) / width) + 1;
      shares[Math.min(29, Math.max(0, bin))] += 100 / values.length;
    }
    return {
      type: "scatter",
      mode: "lines",
      name: names[kind],
      x: shares.map((_, bin) => low + (bin - 0.5) * width),
      y: shares,
      hoverinfo: "skip",
      fill: "tozeroy",
      fillcolor: translucent(colourOf(kind, scheme), 0.16),
      line: {
        color: colourOf(kind, scheme),
        width: 1.8,
        shape: "hvh",
        dash: kind === "real" ? "solid" : "dash",
      },
    };
  };
  return {
    data: [bars("real", real), bars("synthetic", synthetic)],
    layout: {
      ...layoutStyle(scheme),
      margin: { l: 44, r: 8, t: 26, b: 40 },
      hovermode: false,
      xaxis: axisStyle(scheme, title),
      yaxis: { ...axisStyle(scheme, "Rows (%)"), rangemode: "tozero" },
    },
  };
}
