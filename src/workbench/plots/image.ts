import type { Figure } from "./figure.ts";
import { loadPlotly } from "./plotly.ts";
import { type ColourScheme, plotColours } from "./theme.ts";

export interface ImageOptions {
  readonly format: "png" | "svg";
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels of the PNG in one CSS pixel. */
  readonly scale?: number;
  /** Scheme whose background is put behind the figure. */
  readonly scheme: ColourScheme;
}

/** A figure as a data URL of an image. */
export async function plotImage(figure: Figure, options: ImageOptions): Promise<string> {
  const plotly = await loadPlotly();
  const { format, width, height, scale = 2, scheme } = options;
  const layout = { ...figure.layout, width, height, paper_bgcolor: plotColours[scheme].background };
  return plotly.toImage({ data: [...figure.data], layout }, { format, width, height, scale });
}
