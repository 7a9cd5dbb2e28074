import type { Data, Layout } from "plotly.js";
import type { BeatComponent, BeatPicture } from "../../simulators/simulator.ts";
import type { Figure } from "./figure.ts";
import { type Limits, limitsOf, niceLimits } from "./ranges.ts";
import { axisStyle, type ColourScheme, layoutStyle, plotColours, translucent, waveColour } from "./theme.ts";

/** A measured beat drawn under the synthetic one, on the same time axis (s) and in the same unit. */
export interface RealBeat {
  readonly samples: Float32Array;
  readonly time: Float32Array;
  readonly label: string;
  /** Draw what remains of it when the synthetic beat is taken away. */
  readonly residual?: boolean;
}

export interface BeatRange {
  readonly x: Limits;
  readonly y: Limits;
}

export interface BeatFigureInput {
  readonly picture: BeatPicture;
  readonly overlay: RealBeat | null;
  readonly range: BeatRange;
  readonly scheme: ColourScheme;
  /** Letters at the peaks; off where a layer of handles already shows them. */
  readonly labels: boolean;
}

const lineWidths = { component: 1.5, sum: 2.6, real: 4, residual: 1.3 } as const;
const componentOpacity: Readonly<Record<ColourScheme, number>> = { light: 0.16, dark: 0.22 };

/** Free share of the vertical span above and below the waves, for their letters. */
export const verticalPadding = 0.1;
/** A component is drawn only where it exceeds this share of the picture's height. */
const negligible = 0.001;

/** A beat as Plotly's traces and layout: every wave filled, their sum over them, a real beat and the residual. */
export function beatFigure({ picture, overlay, range, scheme, labels }: BeatFigureInput): Figure {
  const colours = plotColours[scheme];
  const data: Partial<Data>[] = [];
  const height = range.y[1] - range.y[0];
  if (overlay !== null) {
    data.push({
      ...line(overlay.label, overlay.time, overlay.samples, colours.real, lineWidths.real),
      opacity: 0.85,
    });
  }
  for (const component of picture.components) {
    const [from, to] = visiblePart(component.samples, height);
    const { stroke } = waveColour(component.name, scheme);
    data.push({
      ...line(
        component.name,
        picture.time.subarray(from, to),
        component.samples.subarray(from, to),
        stroke,
        lineWidths.component,
      ),
      fill: "tozeroy",
      fillcolor: translucent(stroke, componentOpacity[scheme]),
      showlegend: false,
    });
  }
  data.push(line("Synthetic beat", picture.time, picture.sum, colours.ink, lineWidths.sum));
  if (overlay?.residual === true) {
    const rest = residualOf(picture, overlay);
    const residual = line("Real − synthetic", overlay.time, rest, colours.residual, lineWidths.residual);
    data.push({ ...residual, line: { ...residual.line, dash: "dot" } });
  }
  if (labels) data.push(letters(picture.components, scheme));
  return { data, layout: beatLayout(picture, range, scheme, overlay !== null) };
}

/** The limits that a beat at rest needs: its own span of time, and nice steps of its unit. */
export function beatRange(picture: BeatPicture, overlay: RealBeat | null): BeatRange {
  const { x, y } = beatLimits(picture, overlay);
  return { x, y: niceLimits(y, verticalPadding) };
}

/** What the axes must hold: time of the beat, and every curve together with the zero line. */
export function beatLimits(picture: BeatPicture, overlay: RealBeat | null): BeatRange {
  const curves: ArrayLike<number>[] = [[0], picture.sum];
  for (const component of picture.components) curves.push(component.samples);
  if (overlay !== null) curves.push(overlay.samples);
  if (overlay?.residual === true) curves.push(residualOf(picture, overlay));
  return { x: limitsOf([picture.time]), y: limitsOf(curves) };
}

/** Real minus synthetic at the real beat's times, between samples of the synthetic by a straight line; NaN outside it. */
export function residualOf(picture: BeatPicture, overlay: RealBeat): Float32Array {
  const { time, sum } = picture;
  const last = time.length - 1;
  const step = (time[last] - time[0]) / last;
  return Float32Array.from(overlay.time, (at, index) => {
    const position = (at - time[0]) / step;
    // Half a step of grace: the real beat's own grid may end a rounding error outside.
    if (position < -0.5 || position > last + 0.5) return Number.NaN;
    const before = Math.min(Math.max(Math.floor(position), 0), last - 1);
    const synthetic = sum[before] + (sum[before + 1] - sum[before]) * (position - before);
    return overlay.samples[index] - synthetic;
  });
}

/** First and one past the last sample of a component that rise visibly from the zero line; at least one sample. */
export function visiblePart(samples: Float32Array, height: number): readonly [from: number, to: number] {
  const threshold = negligible * height;
  let from = 0;
  let to = samples.length;
  while (from < to - 1 && Math.abs(samples[from]) < threshold) from++;
  while (to > from + 1 && Math.abs(samples[to - 1]) < threshold) to--;
  return [from, to];
}

/** The letter of a wave: `P` … `T` as they are, Greek for the delta wave. */
export function waveLetter(name: string): string {
  return name === "delta" ? "δ" : name;
}

function line(name: string, x: Float32Array, y: Float32Array, color: string, width: number) {
  return {
    type: "scatter",
    mode: "lines",
    name,
    x,
    y,
    hoverinfo: "skip",
    line: { color, width, simplify: false },
  } as const;
}

function letters(components: readonly BeatComponent[], scheme: ColourScheme): Partial<Data> {
  const positions = components.map(({ height }) => (height < 0 ? "bottom center" : "top center"));
  return {
    type: "scatter",
    mode: "text",
    x: components.map((component) => component.centre),
    y: components.map((component) => component.height),
    text: components.map((component) => waveLetter(component.name)),
    // Plotly takes one position a point; its types know only one for all.
    textposition: positions as unknown as "top center",
    textfont: { size: 14, color: components.map((component) => waveColour(component.name, scheme).text) },
    hoverinfo: "skip",
    showlegend: false,
    cliponaxis: false,
  };
}

function beatLayout(
  picture: BeatPicture,
  range: BeatRange,
  scheme: ColourScheme,
  showlegend: boolean,
): Partial<Layout> {
  return {
    ...layoutStyle(scheme),
    showlegend,
    hovermode: false,
    xaxis: {
      ...axisStyle(scheme, `${picture.timeLabel} (s)`),
      range: [...range.x],
      fixedrange: true,
      nticks: 10,
    },
    yaxis: {
      ...axisStyle(scheme, `Amplitude (${picture.unit})`),
      range: [...range.y],
      fixedrange: true,
      nticks: 8,
    },
  };
}
