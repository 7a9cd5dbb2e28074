/**
 * The latent vector that lies between two on the sphere of their lengths, so that it is as likely as they are (White,
 * arXiv 1609.04468).
 * @param share 0 for the first, 1 for the second
 */
export function between(one: Float32Array, other: Float32Array, share: number): Float32Array {
  const dot = one.reduce((sum, value, at) => sum + value * other[at], 0);
  const angle = Math.acos(Math.max(-1, Math.min(1, dot / (lengthOf(one) * lengthOf(other)))));
  const [first, second] =
    Math.sin(angle) < 1e-6
      ? [1 - share, share]
      : [Math.sin((1 - share) * angle) / Math.sin(angle), Math.sin(share * angle) / Math.sin(angle)];
  return one.map((value, at) => first * value + second * other[at]);
}

const lengthOf = (vector: Float32Array) => Math.hypot(...vector);

/** A latent vector moved along directions. @param steps how far along each */
export function moved(
  latent: Float32Array,
  directions: Float32Array,
  steps: readonly number[],
): Float32Array {
  const size = latent.length;
  return latent.map((value, at) =>
    steps.reduce((sum, step, index) => sum + step * directions[index * size + at], value),
  );
}
