/** The basic bundle (scatter, bar, pie) carries no types of its own; its functions are Plotly's. */
declare module "plotly.js-basic-dist-min" {
  import type * as Plotly from "plotly.js";

  const plotly: typeof Plotly;
  export default plotly;
}
