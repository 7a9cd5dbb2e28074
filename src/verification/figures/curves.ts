import { band, figure, figureColours, polyline, seriesColours, text, ticks } from "./svg.ts";

/** One curve of a chart. */
export interface Curve {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Limits of an interval of every point. */
  readonly interval?: { readonly low: readonly number[]; readonly high: readonly number[] };
}

export interface CurveFigure {
  readonly title: string;
  /** Small print under the title. */
  readonly caption: string;
  /** Quantity and unit: `Iterations`, `Frequency (Hz)`. */
  readonly xTitle: string;
  readonly yTitle: string;
  readonly curves: readonly Curve[];
  /** Level with a name, as a dashed line: a floor, a promise. */
  readonly level?: { readonly name: string; readonly y: number };
  readonly isLogarithmic?: boolean;
}

const size = { width: 560, height: 240 } as const;
const margin = { left: 58, top: 48, right: 150, bottom: 42 } as const;

/** A line chart; the names of the curves stand beside it. Points that are no number, or not above 0 on a logarithmic axis, are left out. */
export function curveFigure(given: CurveFigure): string {
  const { curves, level, isLogarithmic = false } = given;
  const scaled = (value: number) => (isLogarithmic ? (value > 0 ? Math.log10(value) : Number.NaN) : value);
  const xs = curves.flatMap(({ x }) => x).filter(Number.isFinite);
  const ys = [
    ...curves.flatMap(({ y, interval }) => [...y, ...(interval?.low ?? []), ...(interval?.high ?? [])]),
    ...(level === undefined ? [] : [level.y]),
  ]
    .map(scaled)
    .filter(Number.isFinite);
  const [left, right] = limitsOf(xs);
  const [low, high] = limitsOf(ys);
  const width = margin.left + size.width + margin.right;
  const height = margin.top + size.height + margin.bottom;
  const x = (value: number) => margin.left + (size.width * (value - left)) / (right - left);
  const y = (value: number) => margin.top + size.height * (1 - (scaled(value) - low) / (high - low));
  const grid = { colour: figureColours.grid, width: 0.5, opacity: 0.45 };
  const levels = isLogarithmic ? decades(low, high) : ticks(low, high);
  const parts = [
    text(0, 16, given.title, { size: 14, isBold: true }),
    text(0, 33, given.caption),
    ...levels.flatMap((value) => [
      polyline(
        [
          [margin.left, y(value)],
          [margin.left + size.width, y(value)],
        ],
        grid,
      ),
      text(margin.left - 6, y(value) + 3.5, String(value), { size: 10, anchor: "end" }),
    ]),
    ...ticks(left, right).map((value) =>
      text(x(value), margin.top + size.height + 15, String(value), { size: 10, anchor: "middle" }),
    ),
    text(margin.left + size.width / 2, height - 8, given.xTitle, { anchor: "middle" }),
    text(12, margin.top + size.height / 2, given.yTitle, { anchor: "middle", turn: -90 }),
  ];
  curves.forEach((curve, index) => {
    const colour = seriesColours[index % seriesColours.length];
    const points = (values: readonly number[]) =>
      curve.x.map((at, place) => [x(at), y(values[place])] as const);
    if (curve.interval !== undefined) {
      parts.push(band(points(curve.interval.low), points(curve.interval.high), colour));
    }
    parts.push(polyline(points(curve.y), { colour, width: 1.6 }));
    const row = margin.top + 12 + 16 * index;
    const edge = margin.left + size.width + 12;
    parts.push(
      polyline(
        [
          [edge, row - 4],
          [edge + 18, row - 4],
        ],
        { colour, width: 2.4 },
      ),
      text(edge + 23, row, curve.name),
    );
  });
  if (level !== undefined) {
    const ends = [
      [margin.left, y(level.y)],
      [margin.left + size.width, y(level.y)],
    ] as const;
    parts.push(polyline(ends, { colour: figureColours.ink, width: 1.2, dash: "5 4" }));
    parts.push(text(margin.left + size.width - 4, y(level.y) - 4, level.name, { size: 10, anchor: "end" }));
  }
  return figure(width, height, `${given.title}. ${given.caption}`, parts);
}

/** Powers of ten within limits that are logarithms; the limits themselves where there is none. */
function decades(low: number, high: number): number[] {
  const first = Math.ceil(low);
  const count = Math.floor(high) - first + 1;
  const round = (value: number) => Number(value.toPrecision(2));
  if (count < 2) return [round(10 ** low), round(10 ** ((low + high) / 2)), round(10 ** high)];
  return Array.from({ length: count }, (_, index) => Number((10 ** (first + index)).toPrecision(1)));
}

function limitsOf(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, 1];
  const low = values.reduce((least, value) => Math.min(least, value));
  const high = values.reduce((most, value) => Math.max(most, value));
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}
