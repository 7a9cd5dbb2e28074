/** Points of a beat's grid: 1 s at 500 Hz (released code). */
export const gridPoints = 500;

/** Widths nearer to zero than this would divide by zero; the wave is then a single sample. */
export const smallestWidth = 1e-4;

/**
 * One wave, amplitude × exp(−½ ((x − shift) / width)²); the width is the standard deviation (released code of
 * Nonaka & Seita 2026). Negative widths are as good as positive ones.
 */
export function gaussian(x: number, amplitude: number, width: number, shift: number): number {
  const z = (x - shift) / Math.max(Math.abs(width), smallestWidth);
  return amplitude * Math.exp(-0.5 * z * z);
}

/**
 * The beat by its plain formula, as a reference for the fast one: the sum of the five waves with signed amplitudes.
 * @param packed `[amplitude, width, shift]` of P, Q, R, S, T
 * @param positions where to evaluate it, in the unit of the shifts
 */
export function plainBeat(packed: ArrayLike<number>, positions: ArrayLike<number>): Float64Array {
  const values = new Float64Array(positions.length);
  for (let index = 0; index < positions.length; index++) {
    for (let wave = 0; wave < 15; wave += 3) {
      values[index] += gaussian(positions[index], packed[wave], packed[wave + 1], packed[wave + 2]);
    }
  }
  return values;
}
