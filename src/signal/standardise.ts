/**
 * Shifts and scales samples in place to mean 0 and standard deviation 1 (population); a constant signal becomes 0.
 * @returns what was subtracted and divided by
 */
export function standardise(samples: Float32Array | Float64Array): {
  mean: number;
  standardDeviation: number;
} {
  const count = samples.length;
  if (count === 0) return { mean: 0, standardDeviation: 0 };
  // Around the first sample, so that a large offset does not eat the digits of the squares.
  const origin = samples[0];
  let sum = 0;
  let squares = 0;
  for (let index = 0; index < count; index++) {
    const value = samples[index] - origin;
    sum += value;
    squares += value * value;
  }
  const mean = sum / count;
  const standardDeviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
  const scale = standardDeviation > 0 ? 1 / standardDeviation : 0;
  const centre = origin + mean;
  for (let index = 0; index < count; index++) samples[index] = (samples[index] - centre) * scale;
  return { mean: centre, standardDeviation };
}
