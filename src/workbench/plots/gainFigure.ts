import type { Data } from "plotly.js";
import type { GainPoint } from "../../experiments/realSynthetic/tables.ts";
import type { Figure } from "./figure.ts";
import { axisStyle, type ColourScheme, layoutStyle, seriesColour } from "./theme.ts";

/** Gain over the number of positive recordings in training, a line a task; `all` stands at the right end. */
export function gainFigure(
  points: readonly GainPoint[],
  titles: Readonly<Record<string, string>>,
  metricTitle: string,
  scheme: ColourScheme,
): Figure {
  const sizes = [...new Set(points.map(({ positives }) => positives))].sort(
    (one, other) => (one ?? Number.POSITIVE_INFINITY) - (other ?? Number.POSITIVE_INFINITY),
  );
  const names = sizes.map((size) => (size === null ? "all" : String(size)));
  const tasks = [...new Set(points.map(({ task }) => task))];
  const data = tasks.map((task, index): Partial<Data> => {
    const own = points.filter((point) => point.task === task);
    const { stroke } = seriesColour(index, scheme);
    return {
      type: "scatter",
      mode: "lines+markers",
      name: titles[task] ?? task,
      x: names,
      y: sizes.map((size) => own.find(({ positives }) => positives === size)?.gain ?? null),
      line: { color: stroke, width: 2 },
      marker: { color: stroke, size: 7 },
    };
  });
  return {
    data,
    layout: {
      ...layoutStyle(scheme),
      xaxis: { ...axisStyle(scheme, "Positive recordings in training, at most"), type: "category" },
      yaxis: axisStyle(scheme, `Gain in ${metricTitle} (%)`),
    },
  };
}
