import { type PaperColours, paintGrid } from "./drawPaper.ts";
import type { Trace } from "./geometry.ts";

/** A lead with its name. */
export interface NamedTrace extends Trace {
  readonly name: string;
}

/** The usual print of twelve leads: rows of columns of 2.5 s each, and lead II along the bottom. */
const layout = [
  ["I", "aVR", "V1", "V4"],
  ["II", "aVL", "V2", "V5"],
  ["III", "aVF", "V3", "V6"],
] as const;
const rhythmLead = "II";
/** s */
const columnDuration = 2.5;
/** mm */
const [rowHeight, leadIn, margin, speed] = [26, 12, 4, 25] as const;

/** Size of the print, mm; at 25 mm/s whatever the strip's speed, as it is printed everywhere. */
export const twelveLeadSize = {
  width: leadIn + layout[0].length * columnDuration * speed + margin,
  height: 2 * margin + (layout.length + 1) * rowHeight,
} as const;

/** Whether all twelve leads are there, whatever the case of their names. */
export function hasTwelveLeads(names: readonly string[]): boolean {
  const known = new Set(names.map((name) => name.toLowerCase()));
  return layout.flat().every((name) => known.has(name.toLowerCase()));
}

export interface TwelveLeadPicture {
  readonly leads: readonly NamedTrace[];
  /** mm/mV */
  readonly gain: number;
  readonly pixelsPerMillimetre: number;
  readonly colours: PaperColours;
  readonly title: string;
}

/** Draws the print; one after the other, each column shows its own part of the ten seconds. */
export function drawTwelveLeads(
  context: CanvasRenderingContext2D,
  ratio: number,
  picture: TwelveLeadPicture,
): void {
  const { pixelsPerMillimetre, colours, title, gain } = picture;
  const [width, height] = [
    twelveLeadSize.width * pixelsPerMillimetre,
    twelveLeadSize.height * pixelsPerMillimetre,
  ];
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, width, height);
  paintGrid(context, { width, height, ratio, pixelsPerMillimetre, scroll: 0, colours });
  layout.forEach((row, index) => {
    const middle = margin + (index + 0.5) * rowHeight;
    drawPulse(context, picture, middle);
    row.forEach((name, column) => {
      drawPart(context, picture, name, column * columnDuration, (column + 1) * columnDuration, middle);
    });
  });
  const bottom = margin + (layout.length + 0.5) * rowHeight;
  drawPulse(context, picture, bottom);
  drawPart(context, picture, rhythmLead, 0, layout[0].length * columnDuration, bottom);
  context.fillStyle = colours.text;
  context.font = "600 12px system-ui, sans-serif";
  context.textAlign = "left";
  context.fillText(title, 8, 14);
  context.font = "11px system-ui, sans-serif";
  context.textAlign = "right";
  context.fillText(`${speed} mm/s · ${gain} mm/mV`, width - 8, height - 6);
}

function drawPart(
  context: CanvasRenderingContext2D,
  { leads, gain, pixelsPerMillimetre, colours }: TwelveLeadPicture,
  name: string,
  from: number,
  to: number,
  middle: number,
): void {
  const lead = leads.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (lead === undefined) return;
  const { samples, samplingFrequency } = lead;
  const level = medianOf(samples);
  const xOf = (time: number) => (leadIn + time * speed) * pixelsPerMillimetre;
  const yOf = (value: number) => (middle - (value - level) * gain) * pixelsPerMillimetre;
  const last = Math.min(samples.length - 1, Math.round(to * samplingFrequency));
  context.beginPath();
  let down = false;
  for (let index = Math.round(from * samplingFrequency); index <= last; index++) {
    const value = samples[index];
    if (Number.isNaN(value)) {
      down = false;
      continue;
    }
    const [x, y] = [xOf(index / samplingFrequency), yOf(value)];
    if (down) context.lineTo(x, y);
    else context.moveTo(x, y);
    down = true;
  }
  context.strokeStyle = colours.ink;
  context.lineWidth = 1.1;
  context.lineJoin = "round";
  context.stroke();
  if (from > 0) {
    context.beginPath();
    context.moveTo(xOf(from), (middle - 4) * pixelsPerMillimetre);
    context.lineTo(xOf(from), (middle + 4) * pixelsPerMillimetre);
    context.strokeStyle = colours.text;
    context.lineWidth = 1;
    context.stroke();
  }
  context.fillStyle = colours.mark;
  context.font = "600 12px system-ui, sans-serif";
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.fillText(name, xOf(from) + 4, (middle - rowHeight / 2 + 4) * pixelsPerMillimetre);
}

/** 1 mV for 200 ms before each row. */
function drawPulse(
  context: CanvasRenderingContext2D,
  { gain, pixelsPerMillimetre, colours }: TwelveLeadPicture,
  middle: number,
): void {
  const points = [
    [2, 0],
    [3, 0],
    [3, gain],
    [8, gain],
    [8, 0],
    [10, 0],
  ] as const;
  context.beginPath();
  points.forEach(([x, height], index) => {
    const [left, top] = [x * pixelsPerMillimetre, (middle - height) * pixelsPerMillimetre];
    if (index === 0) context.moveTo(left, top);
    else context.lineTo(left, top);
  });
  context.strokeStyle = colours.text;
  context.lineWidth = 1;
  context.stroke();
}

/** The level on which a lead rests: its waves are short against its rest. */
function medianOf(samples: Float32Array): number {
  const sorted = samples.filter((value) => !Number.isNaN(value)).sort();
  return sorted[sorted.length >> 1] ?? 0;
}
