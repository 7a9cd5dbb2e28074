import type { Layout } from "plotly.js";
import type { Figure } from "./figure.ts";

/** A legend at the lower edge of a figure; `withRoomForLegend` makes its place. */
export const legendBelow: Partial<Layout["legend"]> & { readonly maxheight: number } = {
  orientation: "h",
  x: 0,
  xanchor: "left",
  y: 0,
  yanchor: "bottom",
  yref: "container",
  // Without it (the types do not know it) a legend higher than half of the figure would scroll.
  maxheight: 1,
};

/** CSS pixels: of a letter of a name, of an entry's line and gaps, of a line of text, and of the gap between rows. */
const letterWidth = 6.5;
const symbolWidth = 48;
const lineHeight = 16;
const rowGap = 3;
/** CSS pixels of the axis between the plot and the legend. */
const axisHeight = 52;

/**
 * A figure with as much room below its axis as its legend needs at a width, and its height then. Names that are longer than
 * the figure is wide are broken.
 * @param plotHeight CSS pixels of the plot itself
 */
export function withRoomForLegend(
  figure: Figure,
  width: number,
  plotHeight: number,
): { readonly figure: Figure; readonly height: number } {
  const { t = 0, l = 0, r = 0 } = figure.layout.margin ?? {};
  const room = width - l - r;
  const letters = Math.floor((room - symbolWidth) / letterWidth);
  const data = figure.data.map((trace) =>
    isInLegend(trace) ? { ...trace, name: broken(nameOf(trace), letters).join(lineBreak) } : trace,
  );
  const entries = data.filter(isInLegend).map((trace) => nameOf(trace).split(lineBreak));
  const longest = Math.max(0, ...entries.flat().map(({ length }) => length));
  // The columns of a legend are all as wide as its widest entry.
  const columns = Math.max(1, Math.floor(room / (symbolWidth + letterWidth * longest)));
  let b = axisHeight;
  for (let first = 0; first < entries.length; first += columns) {
    const row = entries.slice(first, first + columns);
    b += rowGap + lineHeight * Math.max(...row.map(({ length }) => length));
  }
  return {
    figure: { ...figure, data, layout: { ...figure.layout, margin: { ...figure.layout.margin, b } } },
    height: plotHeight + t + b,
  };
}

const lineBreak = "<br>";

type Trace = Figure["data"][number];

const isInLegend = (trace: Trace) => Reflect.get(trace, "showlegend") !== false;
const nameOf = (trace: Trace) => String(Reflect.get(trace, "name") ?? "");

/** A name in lines of so many letters, broken between words. */
function broken(name: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of name.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > letters) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
