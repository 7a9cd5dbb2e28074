import type { Data, Layout, LayoutAxis } from "plotly.js";
import type { Figure } from "./figure.ts";
import { axisStyle, type ColourScheme, layoutStyle, plotColours, seriesColour } from "./theme.ts";

/** What was measured at every iteration. */
export interface MeasuredCurve {
  readonly measures: readonly string[];
  /** `[position, measures]` */
  readonly curve: Float32Array;
}

/** Points of a line at most. */
const mostPoints = 300;

const lossNames: Readonly<Record<string, string>> = {
  generatorLoss: "generator",
  discriminatorLoss: "discriminator",
  simulatorLoss: "heart's equations",
  waveLoss: "waves",
  denoisingLoss: "denoising",
  reconstructionLoss: "reconstruction",
  commitmentLoss: "vectors to codes",
  lowPriorLoss: "low tokens guessed",
  highPriorLoss: "high tokens guessed",
};
const perplexityNames: Readonly<Record<string, string>> = {
  lowPerplexity: "low frequencies",
  highPerplexity: "high frequencies",
};
const gradientNames: Readonly<Record<string, string>> = {
  generatorGradient: "generator",
  discriminatorGradient: "discriminator",
};
const accuracyNames: Readonly<Record<string, string>> = {
  realAccuracy: "real beats known as real",
  fakeAccuracy: "generated beats found out",
};

/** Losses over iterations, on a logarithmic scale where they are of different kinds; each point the mean of its neighbours. */
export function adversarialLossFigure(measured: MeasuredCurve, scheme: ColourScheme): Figure {
  const isWide = ["simulatorLoss", "reconstructionLoss"].some((each) => measured.measures.includes(each));
  return {
    data: lines(measured, lossNames, scheme),
    layout: layoutOf("Loss", scheme, isWide ? { type: "log" } : {}),
  };
}

/** The norm of all gradients of a network, over iterations: where it grows without end, the training is about to break. */
export function gradientFigure(measured: MeasuredCurve, scheme: ColourScheme): Figure {
  return {
    data: lines(measured, gradientNames, scheme),
    layout: layoutOf("Gradient norm", scheme, { type: "log" }),
  };
}

/** How often the discriminator is right, over iterations. At a half it is only guessing. */
export function accuracyFigure(measured: MeasuredCurve, scheme: ColourScheme): Figure {
  const count = measured.curve.length / Math.max(1, measured.measures.length);
  return {
    data: [
      {
        type: "scatter",
        mode: "lines",
        x: [0, Math.max(1, count)],
        y: [0.5, 0.5],
        hoverinfo: "skip",
        showlegend: false,
        line: { color: plotColours[scheme].dimmed, width: 1, dash: "dot" },
      },
      ...lines(measured, accuracyNames, scheme),
    ],
    layout: layoutOf("Share that is right", scheme, { range: [-0.03, 1.03] }),
  };
}

/** How many codes are in use, over iterations: the perplexity, which is their number where all are used alike. */
export function perplexityFigure(measured: MeasuredCurve, scheme: ColourScheme): Figure {
  return {
    data: lines(measured, perplexityNames, scheme),
    layout: layoutOf("Codes in use", scheme, { rangemode: "tozero" }),
  };
}

/** @param changes to the upright axis */
const layoutOf = (title: string, scheme: ColourScheme, changes: Partial<LayoutAxis>): Partial<Layout> => ({
  ...layoutStyle(scheme),
  margin: { l: 56, r: 12, t: 30, b: 44 },
  xaxis: axisStyle(scheme, "Iteration"),
  yaxis: { ...axisStyle(scheme, title), ...changes },
});

function lines(
  { measures, curve }: MeasuredCurve,
  names: Readonly<Record<string, string>>,
  scheme: ColourScheme,
): Partial<Data>[] {
  const columns = measures.length;
  const count = columns === 0 ? 0 : curve.length / columns;
  const bin = Math.max(1, Math.ceil(count / mostPoints));
  return Object.entries(names).flatMap(([measure, name], index) => {
    const column = measures.indexOf(measure);
    if (column < 0) return [];
    const x: number[] = [];
    const y: number[] = [];
    for (let start = 0; start < count; start += bin) {
      const end = Math.min(count, start + bin);
      let sum = 0;
      for (let at = start; at < end; at++) sum += curve[at * columns + column];
      x.push((start + end) / 2);
      y.push(sum / (end - start));
    }
    const { stroke } = seriesColour(index, scheme);
    return [{ type: "scatter", mode: "lines", name, x, y, line: { color: stroke, width: 2 } } as const];
  });
}
