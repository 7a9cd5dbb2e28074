/** Colours that are legible on light and on dark ground alike; the figures have no ground of their own. */
export const figureColours = {
  real: "#7d8894",
  generated: "#c2410c",
  reference: "#0e7490",
  ink: "#6b7280",
  grid: "#9ca3af",
} as const;

/** Of the series of a chart, in order, told apart with every kind of colour vision (after Okabe & Ito). */
export const seriesColours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#6b7280"] as const;

/** Text as XML holds it. */
export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** A number with one digit behind the point, which is a tenth of a pixel. */
export const px = (value: number): string => String(Math.round(10 * value) / 10 + 0);

export interface TextStyle {
  readonly size?: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly colour?: string;
  readonly isBold?: boolean;
  /** Degrees, round its own place. */
  readonly turn?: number;
}

export function text(x: number, y: number, words: string, style: TextStyle = {}): string {
  const { size = 11, anchor = "start", colour = figureColours.ink, isBold = false, turn = 0 } = style;
  const turned = turn === 0 ? "" : ` transform="rotate(${turn} ${px(x)} ${px(y)})"`;
  const weight = isBold ? ' font-weight="600"' : "";
  return `<text x="${px(x)}" y="${px(y)}" font-size="${size}" text-anchor="${anchor}" fill="${colour}"${weight}${turned}>${escaped(words)}</text>`;
}

export interface LineStyle {
  readonly colour: string;
  readonly width?: number;
  readonly opacity?: number;
  readonly dash?: string;
}

/** A line through points; where a value is no number the line is broken. @param points `[x, y]` in pixels */
export function polyline(points: readonly (readonly [number, number])[], style: LineStyle): string {
  let path = "";
  let isDrawn = false;
  for (const [x, y] of points) {
    const isPoint = Number.isFinite(x) && Number.isFinite(y);
    if (isPoint) path += `${isDrawn ? "L" : "M"}${px(x)} ${px(y)}`;
    isDrawn = isPoint;
  }
  const { colour, width = 1.2, opacity = 1, dash } = style;
  const faint = opacity === 1 ? "" : ` stroke-opacity="${opacity}"`;
  const dashed = dash === undefined ? "" : ` stroke-dasharray="${dash}"`;
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linejoin="round"${faint}${dashed}/>`;
}

/** The ground between two lines, without points that are no number. @param lower, upper `[x, y]` in pixels, left to right */
export function band(
  lower: readonly (readonly [number, number])[],
  upper: readonly (readonly [number, number])[],
  colour: string,
): string {
  const round = [...lower, ...upper.toReversed()]
    .filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y))
    .map(([x, y]) => `${px(x)} ${px(y)}`)
    .join("L");
  return `<path d="M${round}Z" fill="${colour}" fill-opacity="0.2" stroke="none"/>`;
}

/** A whole figure. @param description what it shows, for those who do not see it */
export function figure(width: number, height: number, description: string, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${px(width)} ${px(height)}" width="${px(width)}" height="${px(height)}" role="img" font-family="system-ui, sans-serif">
<title>${escaped(description)}</title>
${parts.join("\n")}
</svg>
`;
}

/** Round numbers within limits. @param most intervals between them */
export function ticks(low: number, high: number, most = 6): number[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [low];
  const power = 10 ** Math.floor(Math.log10(span / most));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => span / each <= most) as number;
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  // Multiplied from whole numbers, so that 0.1 + 0.2 is written as 0.3.
  return Array.from({ length: count }, (_, index) => Number(((first + index) * step).toPrecision(10)));
}
