import type { BeatComponent, BeatPicture } from "../../simulators/simulator.ts";
import { type BeatRange, visiblePart } from "../plots/beatFigure.ts";
import type { Size } from "../plots/surface.ts";
import { plotMargin } from "../plots/theme.ts";

/** CSS pixels from the upper left corner of the figure, y downwards. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How seconds and the picture's unit map to pixels. */
export interface BeatScale {
  readonly x: (time: number) => number;
  readonly y: (value: number) => number;
  readonly secondsPerPixel: number;
  /** In the picture's unit, upwards positive. */
  readonly unitsPerPixel: number;
}

export function scaleOf(range: BeatRange, size: Size): BeatScale {
  const margin = plotMargin;
  const width = Math.max(1, size.width - margin.l - margin.r);
  const height = Math.max(1, size.height - margin.t - margin.b);
  const secondsPerPixel = (range.x[1] - range.x[0]) / width;
  const unitsPerPixel = (range.y[1] - range.y[0]) / height;
  return {
    x: (time) => margin.l + (time - range.x[0]) / secondsPerPixel,
    y: (value) => margin.t + (range.y[1] - value) / unitsPerPixel,
    secondsPerPixel,
    unitsPerPixel,
  };
}

/** Where the handles of one wave stand: its peak, and its flanks one standard deviation to either side. */
export interface HandlePoints {
  readonly peak: Point;
  readonly left: Point;
  readonly right: Point;
}

/** The flank handles of a narrow wave stand at least this far (CSS pixels) from its middle, so that fingers find them. */
const leastReach = 17;
/** A Gaussian's height one standard deviation from its centre, as a share of its peak. */
const flankShare = Math.exp(-0.5);

export function handlePoints(component: BeatComponent, scale: BeatScale): HandlePoints {
  const x = scale.x(component.centre);
  const reach = Math.max(Math.abs(component.width) / scale.secondsPerPixel, leastReach);
  const y = scale.y(component.height * flankShare);
  return {
    peak: { x, y: scale.y(component.height) },
    left: { x: x - reach, y },
    right: { x: x + reach, y },
  };
}

/** Points of the outline of a wave's area are at least this far apart, CSS pixels: it only catches the pointer. */
const outlineStep = 4;

/** The area between a wave and the zero line as an SVG path. */
export function areaPath(component: BeatComponent, picture: BeatPicture, scale: BeatScale): string {
  const { samples } = component;
  const [from, to] = visiblePart(samples, Math.abs(component.height));
  const zero = scale.y(0).toFixed(1);
  let path = `M${scale.x(picture.time[from]).toFixed(1)} ${zero}`;
  let drawn = Number.NEGATIVE_INFINITY;
  for (let index = from; index < to; index++) {
    const x = scale.x(picture.time[index]);
    if (x - drawn < outlineStep && index < to - 1) continue;
    drawn = x;
    path += `L${x.toFixed(1)} ${scale.y(samples[index]).toFixed(1)}`;
  }
  return `${path}L${scale.x(picture.time[to - 1]).toFixed(1)} ${zero}Z`;
}
