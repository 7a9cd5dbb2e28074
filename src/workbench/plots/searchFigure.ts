import type { Data } from "plotly.js";
import type { SearchState } from "../../experiments/search/search.ts";
import type { Trial } from "../../experiments/search/trial.ts";
import type { Figure } from "./figure.ts";
import { axisStyle, type ColourScheme, layoutStyle, plotColours, seriesColour } from "./theme.ts";

/** What the trials are drawn over: their number, or the values of a parameter. */
export interface SearchAxis {
  readonly parameter: string | null;
  readonly title: string;
}

/** Best validation loss of every trial, pruned ones hollow at the last loss that they reached. */
export function searchFigure(
  state: SearchState,
  { parameter, title }: SearchAxis,
  scheme: ColourScheme,
): Figure {
  const { trials, plan } = state;
  const place = (trial: Trial, index: number) =>
    parameter === null ? index + 1 : (trial.values[parameter] as number | string);
  const markers = (
    outcome: Trial["outcome"],
    name: string,
    marker: Record<string, unknown>,
  ): Partial<Data> => {
    const chosen = trials.flatMap((trial, index) => {
      const loss = trial.outcome === outcome ? lossOf(trial) : null;
      return loss === null ? [] : [{ x: place(trial, index), y: loss, text: `trial ${index + 1}` }];
    });
    return {
      type: "scatter",
      mode: "markers",
      name,
      x: chosen.map(({ x }) => x),
      y: chosen.map(({ y }) => y),
      text: chosen.map(({ text }) => text),
      hovertemplate: "%{text}: %{y:.4f}<extra></extra>",
      marker: { size: 9, ...marker },
    };
  };
  const { stroke } = seriesColour(0, scheme);
  const { dimmed } = plotColours[scheme];
  const distribution = parameter === null ? undefined : plan.space[parameter];
  const isListed = distribution?.kind === "choice" || distribution?.kind === "ordered";
  return {
    data: [
      ...(parameter === null ? [bestSoFar(trials, scheme)] : []),
      markers("complete", "to its end", { color: stroke }),
      markers("pruned", "pruned", { color: dimmed, symbol: "circle-open" }),
    ],
    layout: {
      ...layoutStyle(scheme),
      margin: { l: 56, r: 12, t: 30, b: 44 },
      xaxis: {
        ...axisStyle(scheme, title),
        ...(distribution?.kind === "logUniform" ? { type: "log" as const } : {}),
        ...(isListed ? { type: "category" as const, categoryarray: [...distribution.values] } : {}),
      },
      yaxis: axisStyle(scheme, "Validation loss"),
    },
  };
}

function bestSoFar(trials: readonly Trial[], scheme: ColourScheme): Partial<Data> {
  let best = Number.POSITIVE_INFINITY;
  const points = trials.flatMap((trial, index) => {
    if (trial.outcome === "complete") best = Math.min(best, trial.value);
    return Number.isFinite(best) ? [{ x: index + 1, y: best }] : [];
  });
  return {
    type: "scatter",
    mode: "lines",
    name: "best so far",
    x: points.map(({ x }) => x),
    y: points.map(({ y }) => y),
    hoverinfo: "skip",
    line: { color: seriesColour(1, scheme).stroke, width: 2, shape: "hv" },
  };
}

/** The value of a complete trial, the smallest loss of a pruned one. */
function lossOf(trial: Trial): number | null {
  if (trial.outcome === "complete") return trial.value;
  const losses = trial.reports.flatMap(({ value }) => value ?? []);
  return losses.length === 0 ? null : Math.min(...losses);
}
