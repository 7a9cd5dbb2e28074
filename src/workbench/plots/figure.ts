import type { Data, Layout } from "plotly.js";

/** What a figure is before anything draws it: traces and layout, ready for Plotly. */
export interface Figure {
  readonly data: readonly Partial<Data>[];
  readonly layout: Partial<Layout>;
}
