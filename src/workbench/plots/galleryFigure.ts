import type { Data } from "plotly.js";
import type { Gallery, GalleryClass } from "../../services/gallery.ts";
import type { Figure } from "./figure.ts";
import {
  axisStyle,
  type ColourScheme,
  layoutStyle,
  plotColours,
  seriesColour,
  translucent,
} from "./theme.ts";

/** Opacity of a single beat, by how many lie over each other. */
const opacityOf = (drawn: number) => Math.min(0.5, Math.max(0.06, 6 / drawn));

/** The beats of one class over each other, with their mean and one standard deviation to either side. */
export function galleryFigure(
  { samplingFrequency, before, length }: Pick<Gallery, "samplingFrequency" | "before" | "length">,
  shown: GalleryClass,
  options: {
    readonly scheme: ColourScheme;
    /** Number of the class, for its colour. */
    readonly colour: number;
    readonly unit: string;
    /** The same for all classes, so that they compare. */
    readonly range: readonly [number, number];
  },
): Figure {
  const { scheme, colour, unit, range } = options;
  const { stroke } = seriesColour(colour, scheme);
  const time = Array.from({ length }, (_, at) => (1000 * (at - before)) / samplingFrequency);
  const count = shown.beats.length / length;
  // One trace for all: a gap after each beat keeps them apart, and Plotly draws it in a millisecond.
  const x: (number | null)[] = [];
  const y: (number | null)[] = [];
  for (let beat = 0; beat < count; beat++) {
    for (let at = 0; at < length; at++) {
      x.push(time[at]);
      y.push(shown.beats[beat * length + at]);
    }
    x.push(null);
    y.push(null);
  }
  const band = (sign: 1 | -1) =>
    Array.from(shown.mean, (mean, at) => mean + sign * shown.standardDeviation[at]);
  const hidden = { mode: "lines", hoverinfo: "skip", showlegend: false } as const;
  const data: Partial<Data>[] = [
    { ...hidden, type: "scatter", x, y, line: { color: translucent(stroke, opacityOf(count)), width: 1 } },
    { ...hidden, type: "scatter", x: time, y: band(1), line: { width: 0 } },
    {
      ...hidden,
      type: "scatter",
      x: time,
      y: band(-1),
      line: { width: 0 },
      fill: "tonexty",
      fillcolor: translucent(stroke, 0.22),
    },
    {
      ...hidden,
      type: "scatter",
      x: time,
      y: Array.from(shown.mean),
      line: { color: plotColours[scheme].ink, width: 2 },
    },
  ];
  return {
    data,
    layout: {
      ...layoutStyle(scheme),
      margin: { l: 46, r: 8, t: 8, b: 38 },
      xaxis: { ...axisStyle(scheme, "Time from R (ms)"), range: [time[0], time[length - 1]] },
      yaxis: { ...axisStyle(scheme, unit), range: [...range] },
    },
  };
}

/** A class of fewer beats does not set the scale of the others: its spread is that of its artefacts. */
const fewBeats = 10;

/** Lowest and highest value over the means of the classes and twice their spread, with a little room. */
export function galleryRange({ classes }: Pick<Gallery, "classes">): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const frequent = classes.filter(({ count }) => count >= fewBeats);
  for (const { mean, standardDeviation } of frequent.length > 0 ? frequent : classes) {
    mean.forEach((value, at) => {
      low = Math.min(low, value - 2 * standardDeviation[at]);
      high = Math.max(high, value + 2 * standardDeviation[at]);
    });
  }
  const room = 0.05 * (high - low);
  return [low - room, high + room];
}
