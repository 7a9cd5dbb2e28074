/** Cosines and sines of −2π k / length for k below length / 2. */
interface Rotations {
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
}

/** Rotations by length; a handful of lengths recur for ever. */
const known = new Map<number, Rotations>();

function rotationsOf(length: number): Rotations {
  const found = known.get(length);
  if (found !== undefined) return found;
  const half = length / 2;
  const cosines = new Float64Array(half);
  const sines = new Float64Array(half);
  for (let k = 0; k < half; k++) {
    cosines[k] = Math.cos((2 * Math.PI * k) / length);
    sines[k] = -Math.sin((2 * Math.PI * k) / length);
  }
  const rotations = { cosines, sines };
  known.set(length, rotations);
  return rotations;
}

/**
 * The discrete Fourier transform X[k] = Σ x[n] e^(−2πi kn / N), in place: radix 2, decimation in time
 * (Cooley & Tukey, Math Comput 1965;19:297).
 * @param real      `[N]`, N a power of two
 * @param imaginary `[N]`
 * @throws RangeError for lengths that differ or are no power of two
 */
export function fft(real: Float64Array, imaginary: Float64Array): void {
  const length = real.length;
  if (imaginary.length !== length || length === 0 || (length & (length - 1)) !== 0) {
    throw new RangeError(
      `no transform of ${length} and ${imaginary.length} numbers: give equal powers of two`,
    );
  }
  reverseBits(real, imaginary);
  const { cosines, sines } = rotationsOf(length);
  for (let half = 1; half < length; half *= 2) {
    const stride = length / (2 * half);
    for (let start = 0; start < length; start += 2 * half) {
      for (let k = 0; k < half; k++) {
        const cosine = cosines[k * stride];
        const sine = sines[k * stride];
        const upper = start + k;
        const lower = upper + half;
        const turnedReal = real[lower] * cosine - imaginary[lower] * sine;
        const turnedImaginary = real[lower] * sine + imaginary[lower] * cosine;
        real[lower] = real[upper] - turnedReal;
        imaginary[lower] = imaginary[upper] - turnedImaginary;
        real[upper] += turnedReal;
        imaginary[upper] += turnedImaginary;
      }
    }
  }
}

/**
 * The inverse of `fft`: x[n] = Σ X[k] e^(2πi kn / N) / N, in place.
 * @throws RangeError as `fft`
 */
export function inverseFft(real: Float64Array, imaginary: Float64Array): void {
  // Exchanging real and imaginary parts before and after turns the sign of every rotation.
  fft(imaginary, real);
  for (let index = 0; index < real.length; index++) {
    real[index] /= real.length;
    imaginary[index] /= real.length;
  }
}

/** Moves every number to the index whose binary digits are its own in reverse. */
function reverseBits(real: Float64Array, imaginary: Float64Array): void {
  const length = real.length;
  for (let index = 1, reversed = 0; index < length; index++) {
    let bit = length >> 1;
    for (; (reversed & bit) !== 0; bit >>= 1) reversed ^= bit;
    reversed ^= bit;
    if (index >= reversed) continue;
    [real[index], real[reversed]] = [real[reversed], real[index]];
    [imaginary[index], imaginary[reversed]] = [imaginary[reversed], imaginary[index]];
  }
}
