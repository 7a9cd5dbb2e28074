import {
  leadIn,
  type PaperHeight,
  type PaperScale,
  pulse,
  type Trace,
  timeOfX,
  xOfTime,
  yOfValue,
} from "./geometry.ts";

/** Colours of a strip. */
export interface PaperColours {
  readonly paper: string;
  readonly fine: string;
  readonly coarse: string;
  readonly ink: string;
  readonly text: string;
  readonly mark: string;
}

export const paperColours: Readonly<Record<"light" | "dark", PaperColours>> = {
  light: {
    paper: "#fffaf6",
    fine: "#f7dcd6",
    coarse: "#eab5ae",
    ink: "#1a1c20",
    text: "#4a4f55",
    mark: "#7d1a27",
  },
  dark: {
    paper: "#15171a",
    fine: "#2a2224",
    coarse: "#4a3034",
    ink: "#f1f3f5",
    text: "#b9bfc5",
    mark: "#f1bdc1",
  },
};

/** A symbol above the trace, at a time in s; or, where it lasts `until` a later one, a bar beneath the trace. */
export interface PaperMark {
  readonly time: number;
  readonly symbol: string;
  readonly until?: number;
}

export interface StripPicture {
  readonly trace: Trace;
  readonly scale: PaperScale;
  readonly height: PaperHeight;
  readonly colours: PaperColours;
  /** Left edge of what is visible, CSS pixels from the left end of the strip. */
  readonly scroll: number;
  readonly marks: readonly PaperMark[];
  /** `II`, and what the strip is: `Synthetic`, `Real record`. */
  readonly title: string;
}

/**
 * Draws the visible part of a strip on a canvas of `width` × paper height CSS pixels at `ratio` device pixels each.
 */
export function drawStrip(
  context: CanvasRenderingContext2D,
  width: number,
  ratio: number,
  picture: StripPicture,
): void {
  const { scale, height, colours, scroll } = picture;
  const paperHeight = height.millimetres * scale.pixelsPerMillimetre;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, width, paperHeight);
  const { pixelsPerMillimetre } = scale;
  paintGrid(context, { width, height: paperHeight, ratio, pixelsPerMillimetre, scroll, colours });
  context.setTransform(ratio, 0, 0, ratio, -scroll * ratio, 0);
  drawPulse(context, picture);
  drawTrace(context, width, ratio, picture);
  drawMarks(context, width, picture);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawTitle(context, width, paperHeight, picture);
}

/** The lines of the paper over an area of CSS pixels, `scroll` pixels of which lie to the left of it. */
export function paintGrid(
  context: CanvasRenderingContext2D,
  area: {
    readonly width: number;
    readonly height: number;
    readonly ratio: number;
    readonly pixelsPerMillimetre: number;
    readonly scroll: number;
    readonly colours: PaperColours;
  },
): void {
  const { width, height, ratio, pixelsPerMillimetre, scroll, colours } = area;
  // Lines lie on device pixels, so that they are equally sharp; their distance stays true on average.
  const sharp = (position: number) => (Math.round(position * ratio) + 0.5) / ratio;
  for (const [every, colour] of [
    [1, colours.fine],
    [5, colours.coarse],
  ] as const) {
    context.beginPath();
    const first = Math.ceil(scroll / pixelsPerMillimetre / every) * every;
    for (let line = first; line * pixelsPerMillimetre - scroll <= width; line += every) {
      const x = sharp(line * pixelsPerMillimetre - scroll);
      context.moveTo(x, 0);
      context.lineTo(x, height);
    }
    for (let line = 0; line * pixelsPerMillimetre <= height; line += every) {
      const y = sharp(line * pixelsPerMillimetre);
      context.moveTo(0, y);
      context.lineTo(width, y);
    }
    context.strokeStyle = colour;
    context.lineWidth = 1 / ratio;
    context.stroke();
  }
}

function drawPulse(context: CanvasRenderingContext2D, { scale, height, colours }: StripPicture): void {
  const { pixelsPerMillimetre, speed } = scale;
  const left = (leadIn - 2 - pulse.length * speed) * pixelsPerMillimetre;
  const right = (leadIn - 2) * pixelsPerMillimetre;
  const low = yOfValue(height.middle, scale, height);
  const high = yOfValue(height.middle + pulse.height, scale, height);
  context.beginPath();
  context.moveTo(left - 2 * pixelsPerMillimetre, low);
  context.lineTo(left, low);
  context.lineTo(left, high);
  context.lineTo(right, high);
  context.lineTo(right, low);
  context.lineTo(right + pixelsPerMillimetre, low);
  context.strokeStyle = colours.text;
  context.lineWidth = 1;
  context.stroke();
}

function drawTrace(
  context: CanvasRenderingContext2D,
  width: number,
  ratio: number,
  picture: StripPicture,
): void {
  const { trace, scale, scroll, height, colours } = picture;
  const { samples, samplingFrequency } = trace;
  const first = Math.max(0, Math.floor(timeOfX(scroll, scale) * samplingFrequency) - 1);
  const last = Math.min(
    samples.length - 1,
    Math.ceil(timeOfX(scroll + width, scale) * samplingFrequency) + 1,
  );
  const samplesPerPixel = samplingFrequency / (scale.speed * scale.pixelsPerMillimetre * ratio);
  context.beginPath();
  if (samplesPerPixel > 2) traceColumns(context, first, last, samplesPerPixel, picture);
  else {
    let down = false;
    for (let index = first; index <= last; index++) {
      const value = samples[index];
      if (Number.isNaN(value)) {
        down = false;
        continue;
      }
      const x = xOfTime(index / samplingFrequency, scale);
      const y = yOfValue(value, scale, height);
      if (down) context.lineTo(x, y);
      else context.moveTo(x, y);
      down = true;
    }
  }
  context.strokeStyle = colours.ink;
  context.lineWidth = 1.25;
  context.lineJoin = "round";
  context.stroke();
}

/** Where several samples share a pixel: their lowest and highest, so that no peak is lost. */
function traceColumns(
  context: CanvasRenderingContext2D,
  first: number,
  last: number,
  samplesPerPixel: number,
  picture: StripPicture,
): void {
  const { trace, scale, height } = picture;
  const { samples, samplingFrequency } = trace;
  let down = false;
  for (let start = first; start <= last; start += samplesPerPixel) {
    const from = Math.floor(start);
    const to = Math.min(last, Math.floor(start + samplesPerPixel));
    let [low, high] = [from, from];
    let valid = false;
    for (let index = from; index <= to; index++) {
      const value = samples[index];
      if (Number.isNaN(value)) continue;
      if (!valid || value < samples[low]) low = index;
      if (!valid || value > samples[high]) high = index;
      valid = true;
    }
    if (!valid) {
      down = false;
      continue;
    }
    for (const index of low < high ? [low, high] : [high, low]) {
      const x = xOfTime(index / samplingFrequency, scale);
      const y = yOfValue(samples[index], scale, height);
      if (down) context.lineTo(x, y);
      else context.moveTo(x, y);
      down = true;
    }
  }
}

/** Height of a bar beneath the trace, and its distance from the lower edge, CSS pixels. */
const bar = { height: 4, above: 24 } as const;
/** How high a short name stands over its bar, and a long one, so that neighbours do not run into each other. */
const [shortName, longName] = [13, 24] as const;

function drawMarks(
  context: CanvasRenderingContext2D,
  width: number,
  { marks, scale, scroll, colours, height }: StripPicture,
): void {
  context.font = "600 11px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "top";
  context.fillStyle = colours.mark;
  const foot = height.millimetres * scale.pixelsPerMillimetre - bar.above;
  for (const { time, symbol, until } of marks) {
    const x = xOfTime(time, scale);
    if (x > scroll + width + 20) continue;
    const right = until === undefined ? x : xOfTime(until, scale);
    if (right < scroll - 20) continue;
    if (until === undefined) context.fillText(symbol, x, 22);
    else {
      context.fillRect(x, foot, right - x, bar.height);
      context.fillText(symbol, (x + right) / 2, foot - (symbol.length > 1 ? longName : shortName));
    }
  }
}

function drawTitle(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { title, scale, trace, colours }: StripPicture,
): void {
  context.textBaseline = "alphabetic";
  context.fillStyle = colours.text;
  context.font = "600 12px system-ui, sans-serif";
  context.textAlign = "left";
  context.fillText(title, 8, 16);
  context.font = "11px system-ui, sans-serif";
  context.textAlign = "right";
  context.fillText(`${scale.speed} mm/s · ${scale.gain} mm/${trace.unit}`, width - 8, height - 7);
}
