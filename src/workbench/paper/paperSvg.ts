import { type PaperMark, paperColours } from "./drawPaper.ts";
import { leadIn, type PaperHeight, pulse, stripWidth, type Trace } from "./geometry.ts";

/** What a strip shows, apart from any screen. */
export interface PrintedStrip {
  readonly trace: Trace;
  readonly height: PaperHeight;
  readonly marks: readonly PaperMark[];
  /** mm/s */
  readonly speed: number;
  /** mm/mV */
  readonly gain: number;
  readonly title: string;
}

/** Thousandths of a millimetre are finer than any printer. */
const round = (value: number) => Number(value.toFixed(3));

/** The strip as SVG in millimetres: printed or opened at its own size, one second is `speed` mm long. */
export function stripSvg(strip: PrintedStrip): string {
  const { trace, height, speed, gain, title } = strip;
  const colours = paperColours.light;
  const width = round(stripWidth(trace.samples.length / trace.samplingFrequency, speed));
  const tall = height.millimetres;
  const y = (value: number) => round(tall / 2 - (value - height.middle) * gain);
  const pulseLeft = leadIn - 2 - pulse.length * speed;
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}mm" height="${tall}mm" viewBox="0 0 ${width} ${tall}">`,
    `<title>${escapeMarkup(title)}</title>`,
    `<rect width="${width}" height="${tall}" fill="${colours.paper}"/>`,
    `<path class="fine" d="${gridPath(width, tall, 1)}" stroke="${colours.fine}" stroke-width="0.1" fill="none"/>`,
    `<path class="coarse" d="${gridPath(width, tall, 5)}" stroke="${colours.coarse}" stroke-width="0.15" fill="none"/>`,
    `<path class="pulse" d="M${round(pulseLeft - 2)} ${y(height.middle)}H${round(pulseLeft)}V${y(height.middle + pulse.height)}H${leadIn - 2}V${y(height.middle)}H${leadIn - 1}" stroke="${colours.text}" stroke-width="0.25" fill="none"/>`,
    `<path class="trace" d="${tracePath(strip, y)}" stroke="${colours.ink}" stroke-width="0.3" stroke-linejoin="round" fill="none"/>`,
    ...strip.marks.map(
      ({ time, symbol }) =>
        `<text x="${round(leadIn + time * speed)}" y="8" font-size="2.8" font-weight="600" text-anchor="middle" fill="${colours.mark}" font-family="sans-serif">${escapeMarkup(symbol)}</text>`,
    ),
    `<text x="2" y="4.200" font-size="3.200" font-weight="600" fill="${colours.text}" font-family="sans-serif">${escapeMarkup(title)}</text>`,
    `<text x="${width - 2}" y="${tall - 1.8}" font-size="2.800" text-anchor="end" fill="${colours.text}" font-family="sans-serif">${speed} mm/s · ${gain} mm/${escapeMarkup(trace.unit)}</text>`,
    "</svg>",
    "",
  ];
  return lines.join("\n");
}

function gridPath(width: number, height: number, every: number): string {
  const parts: string[] = [];
  for (let x = 0; x <= width; x += every) parts.push(`M${x} 0V${height}`);
  for (let y = 0; y <= height; y += every) parts.push(`M0 ${y}H${width}`);
  return parts.join("");
}

function tracePath({ trace, speed }: PrintedStrip, y: (value: number) => number): string {
  const parts: string[] = [];
  let down = false;
  trace.samples.forEach((value, index) => {
    if (Number.isNaN(value)) {
      down = false;
      return;
    }
    parts.push(`${down ? "L" : "M"}${round(leadIn + (index / trace.samplingFrequency) * speed)} ${y(value)}`);
    down = true;
  });
  return parts.join("");
}

function escapeMarkup(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
