import type { ReliabilityBin } from "../../evaluation/metrics/calibration.ts";
import { wilsonInterval } from "../../evaluation/statistics/wilson.ts";
import type { Figure } from "./figure.ts";
import { axisStyle, type ColourScheme, layoutStyle, plotColours, seriesColour } from "./theme.ts";

/** How often what was predicted with a probability was true: a reliability diagram, with 95 % intervals of the shares. */
export function calibrationFigure(bins: readonly ReliabilityBin[], scheme: ColourScheme): Figure {
  const points = bins.flatMap(({ predicted, observed, count }) => {
    if (predicted === null || observed === null) return [];
    const [low, high] = wilsonInterval(Math.round(observed * count), count);
    return [{ predicted, observed, count, below: observed - low, above: high - observed }];
  });
  const { stroke } = seriesColour(0, scheme);
  return {
    data: [
      {
        type: "scatter",
        mode: "lines",
        x: [0, 1],
        y: [0, 1],
        hoverinfo: "skip",
        line: { color: plotColours[scheme].dimmed, width: 1, dash: "dot" },
      },
      {
        type: "scatter",
        mode: "lines+markers",
        x: points.map(({ predicted }) => predicted),
        y: points.map(({ observed }) => observed),
        text: points.map(({ count }) => `${count} recordings`),
        hovertemplate: "predicted %{x:.2f}, true %{y:.2f}, %{text}<extra></extra>",
        error_y: {
          type: "data",
          symmetric: false,
          array: points.map(({ above }) => above),
          arrayminus: points.map(({ below }) => below),
          color: stroke,
          thickness: 1,
          width: 3,
        },
        line: { color: stroke, width: 2 },
        marker: { color: stroke, size: 7 },
      },
    ],
    layout: {
      ...layoutStyle(scheme),
      showlegend: false,
      margin: { l: 48, r: 10, t: 10, b: 42 },
      xaxis: { ...axisStyle(scheme, "Predicted probability"), range: [-0.02, 1.02] },
      yaxis: { ...axisStyle(scheme, "Share that is positive"), range: [-0.04, 1.04] },
    },
  };
}
