import { band, escaped, figure, figureColours, polyline, text, ticks } from "./svg.ts";

/** Waveforms of one length in one small plot. */
export interface WaveformPanel {
  readonly title: string;
  /** Below the title, small: a number, a setting. */
  readonly note?: string;
  /** `[count, length]` in mV, drawn as thin lines: few are enough. */
  readonly rows: Float32Array;
  /** `[any, length]` in mV, whose mean ± standard deviation is drawn as a band; none where it is left out. */
  readonly spread?: Float32Array;
  /** Colour of the lines and of the band. */
  readonly kind: "real" | "generated" | "reference";
}

export interface WaveformFigure {
  readonly title: string;
  /** Small print under the title; must say what is synthetic. */
  readonly caption: string;
  /** Rows of panels; panels of a row stand side by side. */
  readonly panels: readonly (readonly WaveformPanel[])[];
  /** Samples of a waveform. */
  readonly length: number;
  /** Hz */
  readonly samplingFrequency: number;
  /** Sample that is time 0; 0 where it is left out. */
  readonly zeroAt?: number;
  /** What time counts from: `R`. */
  readonly zeroName?: string;
  /** mV; one scale for all panels, from 0.5 to 99.5 % of all samples where it is left out. */
  readonly range?: readonly [low: number, high: number];
  /** Every so many samples one is drawn; 2. */
  readonly every?: number;
  /** Of a panel, px; 148. */
  readonly panelWidth?: number;
}

const usualWidth = 148;
const panelHeight = 92;
/** Most intervals between labels of a panel's time axis. */
const timeTicks = 4;
const gap = { x: 14, y: 34 } as const;
const margin = { left: 46, top: 68, right: 10, bottom: 40 } as const;

/** Small multiples of waveforms on one scale of time and amplitude. */
export function waveformFigure(given: WaveformFigure): string {
  const { panels, length, samplingFrequency, zeroAt = 0, zeroName = "the beginning", every = 2 } = given;
  const panelSize = { width: given.panelWidth ?? usualWidth, height: panelHeight };
  const columns = Math.max(...panels.map((row) => row.length));
  const width = margin.left + columns * (panelSize.width + gap.x) - gap.x + margin.right;
  const height = margin.top + panels.length * (panelSize.height + gap.y) - gap.y + margin.bottom;
  const [low, high] = given.range ?? rangeOf(panels.flat());
  const timeAt = (sample: number) => (1000 * (sample - zeroAt)) / samplingFrequency;
  const [first, last] = [timeAt(0), timeAt(length - 1)];
  const parts = [
    text(0, 16, given.title, { size: 14, isBold: true }),
    text(0, 33, given.caption, { size: 11 }),
  ];
  panels.forEach((row, down) => {
    const top = margin.top + down * (panelSize.height + gap.y);
    row.forEach((panel, along) => {
      const left = margin.left + along * (panelSize.width + gap.x);
      const x = (ms: number) => left + (panelSize.width * (ms - first)) / (last - first);
      const y = (value: number) => {
        const share = (value - low) / (high - low);
        return top + panelSize.height * (1 - Math.min(1.04, Math.max(-0.04, share)));
      };
      const isLast = down === panels.length - 1 || panels[down + 1][along] === undefined;
      parts.push(axes({ x, y, first, last, low, high, hasTime: isLast, hasAmplitude: along === 0 }));
      parts.push(drawn(panel, length, every, (sample) => x(timeAt(sample)), y));
      parts.push(text(left, top - 6 - (panel.note === undefined ? 0 : 11), panel.title, { isBold: true }));
      if (panel.note !== undefined) parts.push(text(left, top - 6, panel.note, { size: 9.5 }));
    });
  });
  const middle = margin.top + (height - margin.top - margin.bottom) / 2;
  parts.push(text(12, middle, "Amplitude (mV)", { anchor: "middle", turn: -90 }));
  const centre = margin.left + (width - margin.left - margin.right) / 2;
  parts.push(text(centre, height - 6, `Time from ${zeroName} (ms)`, { anchor: "middle" }));
  return figure(width, height, `${given.title}. ${given.caption}`, parts);
}

interface Axes {
  x(ms: number): number;
  y(value: number): number;
  readonly first: number;
  readonly last: number;
  readonly low: number;
  readonly high: number;
  readonly hasTime: boolean;
  readonly hasAmplitude: boolean;
}

function axes({ x, y, first, last, low, high, hasTime, hasAmplitude }: Axes): string {
  const grid = { colour: figureColours.grid, width: 0.5, opacity: 0.45 };
  const lines = [
    ...ticks(low, high).map((value) => ({ from: [x(first), y(value)], to: [x(last), y(value)] }) as const),
    ...ticks(first, last, timeTicks).map((ms) => ({ from: [x(ms), y(low)], to: [x(ms), y(high)] }) as const),
  ].map(({ from, to }) => polyline([from, to], grid));
  const labels = [
    ...(hasAmplitude
      ? ticks(low, high).map((value) =>
          text(x(first) - 5, y(value) + 3.5, String(value), { size: 10, anchor: "end" }),
        )
      : []),
    ...(hasTime
      ? ticks(first, last, timeTicks).map((ms) =>
          text(x(ms), y(low) + 14, String(ms), { size: 10, anchor: "middle" }),
        )
      : []),
  ];
  return [...lines, ...labels].join("");
}

function drawn(
  { rows, spread, kind, title }: WaveformPanel,
  length: number,
  every: number,
  x: (sample: number) => number,
  y: (value: number) => number,
): string {
  const colour = figureColours[kind];
  const samples = Array.from({ length: Math.ceil(length / every) }, (_, index) => index * every);
  const parts: string[] = [];
  if (spread !== undefined) {
    const { mean, deviation } = momentsOf(spread, length);
    const edge = (sign: number) =>
      samples.map((sample) => [x(sample), y(mean[sample] + sign * deviation[sample])] as const);
    parts.push(band(edge(-1), edge(1), colour));
  }
  for (let row = 0; row * length < rows.length; row++) {
    const points = samples.map((sample) => [x(sample), y(rows[row * length + sample])] as const);
    parts.push(polyline(points, { colour, width: 0.9, opacity: 0.75 }));
  }
  if (spread !== undefined) {
    const { mean } = momentsOf(spread, length);
    parts.push(
      polyline(
        samples.map((sample) => [x(sample), y(mean[sample])] as const),
        { colour, width: 1.8 },
      ),
    );
  }
  return `<g aria-label="${escaped(title)}">${parts.join("")}</g>`;
}

/** Mean and standard deviation of every sample over the rows. */
function momentsOf(rows: Float32Array, length: number) {
  const count = rows.length / length;
  const mean = new Float64Array(length);
  const squares = new Float64Array(length);
  rows.forEach((value, at) => {
    mean[at % length] += value / count;
  });
  rows.forEach((value, at) => {
    squares[at % length] += (value - mean[at % length]) ** 2 / count;
  });
  return { mean, deviation: squares.map(Math.sqrt) };
}

/** From 0.5 to 99.5 % of all samples, with a little room. */
function rangeOf(panels: readonly WaveformPanel[]): readonly [number, number] {
  const all = Float32Array.from(panels.flatMap(({ rows }) => Array.from(rows)))
    .filter(Number.isFinite)
    .sort();
  if (all.length === 0) return [-1, 1];
  const low = all[Math.floor(0.005 * (all.length - 1))];
  const high = all[Math.ceil(0.995 * (all.length - 1))];
  const room = 0.05 * Math.max(high - low, 1e-3);
  return [low - room, high + room];
}
