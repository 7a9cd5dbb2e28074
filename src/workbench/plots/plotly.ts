import type * as Plotly from "plotly.js";

export type PlotlyLibrary = typeof Plotly;

/** Plotly, loaded once and in a chunk of its own. */
export async function loadPlotly(): Promise<PlotlyLibrary> {
  return (await import("plotly.js-basic-dist-min")).default;
}
