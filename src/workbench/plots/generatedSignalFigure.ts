import { type GeneratedForm, generatedForms } from "../../domain/generation.ts";
import type { Figure } from "./figure.ts";
import { axisStyle, type ColourScheme, layoutStyle, plotColours, translucent } from "./theme.ts";

/** Time of every sample: of a beat in ms from the R peak, of a recording in s. */
const times = {
  beats: {
    title: "Time from R (ms)",
    at: Array.from({ length: generatedForms.beats.length }, (_, at) => (1000 * (at - 72)) / 360),
  },
  recordings: {
    title: "Time (s)",
    at: Array.from({ length: generatedForms.recordings.length }, (_, at) => at / 100),
  },
} as const satisfies Readonly<Record<GeneratedForm, object>>;

/** One generated signal, with the two that it lies between, scaled. */
export function generatedSignalFigure(
  signal: ArrayLike<number>,
  form: GeneratedForm,
  between: readonly ArrayLike<number>[],
  scheme: ColourScheme,
): Figure {
  const { residual, dimmed } = plotColours[scheme];
  const { title, at: time } = times[form];
  const isStrip = form === "recordings";
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
        name: "generated signal",
        x: time,
        y: Array.from(signal),
        hoverinfo: "skip",
        line: { color: residual, width: isStrip ? 1.4 : 2.6 },
      },
    ],
    layout: {
      ...layoutStyle(scheme),
      hovermode: false,
      margin: { l: 48, r: 10, t: 26, b: 42 },
      xaxis: axisStyle(scheme, title),
      yaxis: { ...axisStyle(scheme, "Scaled amplitude"), range: [-1.3, 1.3] },
    },
  };
}
