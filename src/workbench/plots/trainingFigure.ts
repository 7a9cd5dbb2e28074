import type { Data } from "plotly.js";
import type { StoredPhase } from "../../storage/trainings.ts";
import type { Figure } from "./figure.ts";
import {
  axisStyle,
  type ColourScheme,
  layoutStyle,
  plotColours,
  seriesColour,
  translucent,
} from "./theme.ts";

/** One run in the figure. */
export interface TrainedCurve {
  readonly name: string;
  readonly phases: readonly StoredPhase[];
}

/** Points of a curve of losses at most; more cannot be told apart. */
const mostPoints = 400;

/**
 * Losses of the steps, averaged over neighbours, and of the validations, over epochs; phases follow each other. The best
 * validation of each phase is marked.
 */
export function trainingFigure(runs: readonly TrainedCurve[], scheme: ColourScheme): Figure {
  const data: Partial<Data>[] = runs.flatMap(({ name, phases }, index) => {
    const { stroke } = seriesColour(index === 0 ? 4 : 0, scheme);
    const prefix = runs.length > 1 ? `${name}: ` : "";
    const steps: [(number | null)[], (number | null)[]] = [[], []];
    const validated: [(number | null)[], (number | null)[]] = [[], []];
    const best: [number[], number[]] = [[], []];
    let offset = 0;
    for (const phase of phases) {
      const bin = Math.max(1, Math.ceil(phase.losses.length / mostPoints));
      for (let start = 0; start < phase.losses.length; start += bin) {
        const part = phase.losses.subarray(start, start + bin);
        steps[0].push(offset + (start + part.length / 2) / phase.stepsPerEpoch);
        steps[1].push(part.reduce((sum, loss) => sum + loss, 0) / part.length);
      }
      for (const { epoch, loss } of phase.validations) {
        validated[0].push(offset + epoch);
        validated[1].push(loss);
      }
      const winner = phase.validations.findLast((each) => each.best);
      if (winner !== undefined) {
        best[0].push(offset + winner.epoch);
        best[1].push(winner.loss);
      }
      offset += phase.losses.length / phase.stepsPerEpoch;
      for (const list of [...steps, ...validated]) list.push(null);
    }
    return [
      {
        type: "scatter",
        mode: "lines",
        name: `${prefix}training`,
        x: steps[0],
        y: steps[1],
        line: { color: translucent(stroke, 0.45), width: 1.5 },
      },
      {
        type: "scatter",
        mode: "lines+markers",
        name: `${prefix}validation`,
        x: validated[0],
        y: validated[1],
        line: { color: stroke, width: 2 },
        marker: { size: 5, color: stroke },
      },
      {
        type: "scatter",
        mode: "markers",
        name: `${prefix}best, kept`,
        x: best[0],
        y: best[1],
        marker: { symbol: "circle-open", size: 13, color: plotColours[scheme].ink, line: { width: 2 } },
        showlegend: index === 0,
      },
    ];
  });
  return {
    data,
    layout: {
      ...layoutStyle(scheme),
      xaxis: { ...axisStyle(scheme, "Epochs"), rangemode: "tozero" },
      yaxis: { ...axisStyle(scheme, "Loss (weighted cross entropy)"), rangemode: "tozero" },
    },
  };
}
