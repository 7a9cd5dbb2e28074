import type { Figure } from "./figure.ts";
import { axisStyle, type ColourScheme, layoutStyle, plotColours, translucent } from "./theme.ts";

/** Time of every sample of a beat, ms from the R peak. */
const time = Array.from({ length: 216 }, (_, at) => (1000 * (at - 72)) / 360);

/** One generated beat, with the two that it lies between, scaled. */
export function generatedBeatFigure(
  beat: ArrayLike<number>,
  between: readonly ArrayLike<number>[],
  scheme: ColourScheme,
): Figure {
  const { residual, dimmed } = plotColours[scheme];
  return {
    data: [
      ...between.map(
        (other, index) =>
          ({
            type: "scatter",
            mode: "lines",
            name: index === 0 ? "A" : "B",
            x: time,
            y: Array.from(other),
            hoverinfo: "skip",
            line: { color: translucent(dimmed, 0.55), width: 1.3, dash: index === 0 ? "dash" : "dot" },
          }) as const,
      ),
      {
        type: "scatter",
        mode: "lines",
        name: "generated beat",
        x: time,
        y: Array.from(beat),
        hoverinfo: "skip",
        line: { color: residual, width: 2.6 },
      },
    ],
    layout: {
      ...layoutStyle(scheme),
      hovermode: false,
      margin: { l: 48, r: 10, t: 26, b: 42 },
      xaxis: axisStyle(scheme, "Time from R (ms)"),
      yaxis: { ...axisStyle(scheme, "Scaled amplitude"), range: [-1.3, 1.3] },
    },
  };
}
