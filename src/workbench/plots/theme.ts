import type { Layout, LayoutAxis } from "plotly.js";

export type ColourScheme = "light" | "dark";

/** A colour as line and translucent fill, and a relative of it that is legible as small text. */
export interface SeriesColour {
  readonly stroke: string;
  readonly text: string;
}

export interface PlotColours {
  readonly ink: string;
  readonly dimmed: string;
  readonly grid: string;
  readonly zero: string;
  readonly background: string;
  readonly real: string;
  readonly residual: string;
}

export const plotFont =
  "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/** Room around every plot area for tick labels and titles, CSS pixels; fixed, so that a layer of our own fits over it. */
export const plotMargin = { l: 52, r: 14, t: 30, b: 44 } as const;

export const plotColours: Readonly<Record<ColourScheme, PlotColours>> = {
  light: {
    ink: "#20242a",
    dimmed: "#5b636b",
    grid: "#f0eae7",
    zero: "#cfc6c2",
    background: "#ffffff",
    real: "#9aa2aa",
    residual: "#b5303f",
  },
  dark: {
    ink: "#f1f3f5",
    dimmed: "#a8aeb4",
    grid: "#2c3035",
    zero: "#4a5057",
    background: "#1d1f22",
    real: "#7d858d",
    residual: "#e8989f",
  },
};

/**
 * Hues of the palette of Okabe and Ito (2008), which people with a colour-vision deficiency tell apart, in an order
 * that keeps neighbouring waves far from each other.
 */
const waves: Readonly<Record<string, Readonly<Record<ColourScheme, SeriesColour>>>> = {
  P: { light: { stroke: "#0072b2", text: "#00659e" }, dark: { stroke: "#4aa8de", text: "#7cc3ec" } },
  Q: { light: { stroke: "#e69f00", text: "#8a5f00" }, dark: { stroke: "#e9ad2b", text: "#efc05c" } },
  R: { light: { stroke: "#009e73", text: "#00734f" }, dark: { stroke: "#26b98c", text: "#5fd0ad" } },
  S: { light: { stroke: "#cc79a7", text: "#9b3f72" }, dark: { stroke: "#d689b4", text: "#e3a6c8" } },
  T: { light: { stroke: "#d55e00", text: "#a84a00" }, dark: { stroke: "#ee8136", text: "#f5a168" } },
  delta: { light: { stroke: "#56b4e9", text: "#1f6f9f" }, dark: { stroke: "#8fd0f5", text: "#a5daf8" } },
};

/** Colour of a wave by its name; a name of a rhythm's own takes the colour of the delta wave. */
export function waveColour(name: string, scheme: ColourScheme): SeriesColour {
  return (waves[name] ?? waves["delta"])[scheme];
}

/** Colours for the series of other figures, in order. */
export function seriesColour(index: number, scheme: ColourScheme): SeriesColour {
  const names = Object.keys(waves);
  return waves[names[index % names.length]][scheme];
}

/** A hexadecimal colour with an opacity from 0 to 1, as CSS. */
export function translucent(hexadecimal: string, opacity: number): string {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hexadecimal.slice(at, at + 2), 16));
  return `rgba(${red}, ${green}, ${blue}, ${opacity})`;
}

/** An axis in the house style; `title` names quantity and unit: `Amplitude (mV)`. */
export function axisStyle(scheme: ColourScheme, title: string): Partial<LayoutAxis> {
  const colours = plotColours[scheme];
  return {
    title: { text: title, standoff: 8, font: { size: 12, color: colours.dimmed } },
    tickfont: { size: 11, color: colours.dimmed },
    gridcolor: colours.grid,
    gridwidth: 1,
    zerolinecolor: colours.zero,
    zerolinewidth: 1,
    showline: false,
    ticks: "",
    automargin: false,
  };
}

/** The part of a layout that all figures share. */
export function layoutStyle(scheme: ColourScheme): Partial<Layout> {
  const colours = plotColours[scheme];
  return {
    paper_bgcolor: "rgba(0, 0, 0, 0)",
    plot_bgcolor: "rgba(0, 0, 0, 0)",
    font: { family: plotFont, size: 12, color: colours.ink },
    hoverlabel: {
      bgcolor: colours.background,
      bordercolor: colours.zero,
      font: { family: plotFont, size: 12, color: colours.ink },
    },
    legend: {
      orientation: "h",
      x: 1,
      xanchor: "right",
      y: 1,
      yanchor: "bottom",
      font: { size: 12, color: colours.ink },
      bgcolor: "rgba(0, 0, 0, 0)",
    },
    margin: { ...plotMargin },
    dragmode: false,
  };
}
