import type { Figure } from "./figure.ts";
import { axisStyle, type ColourScheme, layoutStyle, plotColours, seriesColour } from "./theme.ts";

/** How noise is added over the steps of a training, and which of them a sampler takes. */
export interface NoiseLevels {
  /** √ᾱ of each step. */
  readonly levels: ArrayLike<number>;
  /** Steps that sampling starts from, the noisiest first; some between two whole ones. */
  readonly taken: readonly number[];
}

/** √ᾱ between two whole steps. */
export function levelAt(levels: ArrayLike<number>, time: number): number {
  const before = Math.floor(time);
  const share = time - before;
  return share === 0 ? levels[before] : (1 - share) * levels[before] + share * levels[before + 1];
}

/**
 * Shares of signal and noise over the steps of the training, with the sampler's steps as dots.
 * @param position steps of the sampler that are done
 */
export function noiseFigure({ levels, taken }: NoiseLevels, position: number, scheme: ColourScheme): Figure {
  const steps = Array.from({ length: levels.length }, (_, t) => t);
  const signal = Array.from(levels);
  const { ink, dimmed } = plotColours[scheme];
  const [ofSignal, ofNoise] = [seriesColour(0, scheme).stroke, seriesColour(4, scheme).stroke];
  const now = taken[position];
  return {
    data: [
      {
        type: "scatter",
        mode: "lines",
        name: "signal √ᾱ",
        x: steps,
        y: signal,
        line: { color: ofSignal, width: 2 },
      },
      {
        type: "scatter",
        mode: "lines",
        name: "noise √(1 − ᾱ)",
        x: steps,
        y: signal.map((level) => Math.sqrt(1 - level ** 2)),
        line: { color: ofNoise, width: 2, dash: "dash" },
      },
      {
        type: "scatter",
        mode: "markers",
        name: "steps of the sampler",
        x: [...taken],
        y: taken.map((time) => levelAt(levels, time)),
        hoverinfo: "skip",
        marker: { size: 5, color: dimmed },
      },
      ...(now === undefined
        ? []
        : [
            {
              type: "scatter",
              mode: "markers",
              name: "now",
              x: [now],
              y: [levelAt(levels, now)],
              hoverinfo: "skip",
              showlegend: false,
              marker: { size: 12, color: ink, symbol: "circle-open", line: { width: 2.5, color: ink } },
            } satisfies Figure["data"][number],
          ]),
    ],
    layout: {
      ...layoutStyle(scheme),
      hovermode: "x",
      margin: { l: 52, r: 12, t: 30, b: 44 },
      // Noise on the left, as sampling goes.
      xaxis: { ...axisStyle(scheme, "Step of the training t"), range: [levels.length - 1, 0] },
      yaxis: { ...axisStyle(scheme, "Share of the amplitude"), range: [-0.04, 1.06] },
    },
  };
}
