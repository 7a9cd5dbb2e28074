import type { Layout } from "plotly.js";
import type { Figure } from "./figure.ts";

/** A legend at the lower edge of a figure; `withRoomForLegend` makes its place. */
export const legendBelow: Partial<Layout["legend"]> = {
  orientation: "h",
  x: 0,
  xanchor: "left",
  y: 0,
  yanchor: "bottom",
  yref: "container",
};

/** CSS pixels: of an entry with its line, of a row, and of the axis between the plot and the legend. */
const entryWidth = 168;
const rowHeight = 19;
const axisHeight = 52;

/**
 * A figure with as much room below its axis as its legend needs at a width, and its height then.
 * @param plotHeight CSS pixels of the plot itself
 */
export function withRoomForLegend(
  figure: Figure,
  width: number,
  plotHeight: number,
): { readonly figure: Figure; readonly height: number } {
  const { t = 0, l = 0, r = 0 } = figure.layout.margin ?? {};
  const entries = figure.data.filter((trace) => Reflect.get(trace, "showlegend") !== false).length;
  const columns = Math.max(1, Math.floor((width - l - r) / entryWidth));
  const b = axisHeight + rowHeight * Math.ceil(entries / columns);
  return {
    figure: { ...figure, layout: { ...figure.layout, margin: { ...figure.layout.margin, b } } },
    height: plotHeight + t + b,
  };
}
