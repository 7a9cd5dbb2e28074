/** Two limits of an axis, in its unit. */
export type Limits = readonly [from: number, to: number];

/** Smallest and largest finite value over several series; [0, 0] when there is none. */
export function limitsOf(series: readonly ArrayLike<number>[]): Limits {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const values of series) {
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      if (!Number.isFinite(value)) continue;
      if (value < from) from = value;
      if (value > to) to = value;
    }
  }
  return from > to ? [0, 0] : [from, to];
}

/** The step 1, 2 or 5 × 10ⁿ that divides a span into five to twelve parts or so. */
export function niceStep(span: number): number {
  if (!(span > 0)) return 1;
  const magnitude = 10 ** Math.floor(Math.log10(span));
  const parts = span / magnitude;
  if (parts <= 2) return magnitude / 5;
  return parts <= 5 ? magnitude / 2 : magnitude;
}

/**
 * Limits around `limits` on whole steps, with `padding` (a share of the span) kept free at either end.
 * A flat series gets half a unit above and below.
 */
export function niceLimits([from, to]: Limits, padding: number): Limits {
  const span = to - from || 1;
  const step = niceStep(span);
  const middle = to === from ? 0.5 : 0;
  return [
    tidy(Math.floor((from - middle - padding * span) / step) * step),
    tidy(Math.ceil((to + middle + padding * span) / step) * step),
  ];
}

/**
 * The range unchanged while it holds `limits`; otherwise grown at the short end to the nice limits of what it
 * must hold, so that a moving picture changes its axis seldom and never shrinks it.
 */
export function grownLimits(range: Limits, limits: Limits, padding: number): Limits {
  if (limits[0] >= range[0] && limits[1] <= range[1]) return range;
  const needed = niceLimits([Math.min(range[0], limits[0]), Math.max(range[1], limits[1])], padding);
  return [limits[0] < range[0] ? needed[0] : range[0], limits[1] > range[1] ? needed[1] : range[1]];
}

/** A multiple of a decimal step without the crumbs of binary arithmetic. */
function tidy(value: number): number {
  return Number(value.toPrecision(12)) + 0;
}
