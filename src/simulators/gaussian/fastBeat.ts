import { smallestWidth } from "./beat.ts";

/** Beyond this height a wave is left out: it bounds the error of a beat of five waves well below 1e-5. */
const negligible = 2e-7;

/**
 * Adds amplitude × exp(−½ ((i − centre) / width)²) to samples `first … last − 1`, two multiplications a sample:
 * with q = exp(−1/width²), the ratio of neighbours itself shrinks by q from sample to sample. It runs outwards from
 * the centre, where rounding cannot grow, and stops where the wave no longer matters.
 * @param centre, width in samples; the centre may lie outside
 */
export function addGaussian(
  samples: Float32Array | Float64Array,
  first: number,
  last: number,
  amplitude: number,
  centre: number,
  width: number,
): void {
  const height = Math.abs(amplitude);
  if (!(height > negligible)) return;
  const sigma = Math.abs(width);
  const reach = sigma * Math.sqrt(2 * Math.log(height / negligible));
  const from = Math.max(first, Math.ceil(centre - reach));
  const to = Math.min(last - 1, Math.floor(centre + reach));
  if (from > to) return;
  const precision = 1 / (sigma * sigma);
  // Starts at the sample of the range that is nearest to the centre: from there the wave only falls.
  const start = Math.min(to, Math.max(from, Math.round(centre)));
  const offset = start - centre;
  const peak = amplitude * Math.exp(-0.5 * offset * offset * precision);
  const shrink = Math.exp(-precision);
  samples[start] += peak;
  let above = start + 1;
  let below = start - 1;
  let onRight = peak;
  let onLeft = peak;
  let aboveRatio = Math.exp(-(offset + 0.5) * precision);
  let belowRatio = Math.exp((offset - 0.5) * precision);
  // Both flanks in one loop: their chains of multiplications do not wait for each other.
  for (; above <= to && below >= from; above++, below--) {
    onRight *= aboveRatio;
    onLeft *= belowRatio;
    aboveRatio *= shrink;
    belowRatio *= shrink;
    samples[above] += onRight;
    samples[below] += onLeft;
  }
  for (; above <= to; above++) {
    onRight *= aboveRatio;
    aboveRatio *= shrink;
    samples[above] += onRight;
  }
  for (; below >= from; below--) {
    onLeft *= belowRatio;
    belowRatio *= shrink;
    samples[below] += onLeft;
  }
}

/**
 * Adds the five waves of a beat to a grid.
 * @param packed `[signed amplitude, width, shift]` of P, Q, R, S, T
 * @param pointsPerUnit grid points in one unit of the shifts and widths
 */
export function addBeat(
  samples: Float32Array | Float64Array,
  first: number,
  last: number,
  packed: ArrayLike<number>,
  origin: number,
  pointsPerUnit: number,
): void {
  for (let wave = 0; wave < 15; wave += 3) {
    const width = Math.max(Math.abs(packed[wave + 1]), smallestWidth);
    addGaussian(
      samples,
      first,
      last,
      packed[wave],
      origin + packed[wave + 2] * pointsPerUnit,
      width * pointsPerUnit,
    );
  }
}
