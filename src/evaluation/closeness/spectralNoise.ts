import { createRandom } from "../../signal/random.ts";
import { transformOfAnyLength } from "../../signal/spectrum.ts";
import { requireRows, type SignalRows } from "./signalRows.ts";

/**
 * Noise with the spectrum of each row: the amplitudes of its Fourier transform with random phases (Theiler et al., Physica D
 * 1992;58:77). Mean, variance and autocorrelation stay to the last digits; every wave is lost. What makes no better beats
 * than this has learned nothing but the spectrum.
 * @throws Failure for no rows
 */
export function spectralNoise(rows: SignalRows, seed: number): SignalRows {
  requireRows(rows, "rows", 1);
  const { values, count, length } = rows;
  const random = createRandom(seed, 33);
  const noise = new Float32Array(values.length);
  for (let row = 0; row < count; row++) {
    const signal = Float64Array.from(values.subarray(row * length, (row + 1) * length));
    const { real, imaginary } = transformOfAnyLength(signal);
    const turned = new Float64Array(length);
    const turnedImaginary = new Float64Array(length);
    turned[0] = real[0];
    for (let bin = 1; 2 * bin <= length; bin++) {
      const size = Math.hypot(real[bin], imaginary[bin]);
      // The middle bin of an even length must stay real.
      const phase = 2 * bin === length ? 0 : 2 * Math.PI * random.uniform();
      turned[bin] = size * Math.cos(phase);
      turnedImaginary[bin] = size * Math.sin(phase);
      turned[length - bin] = turned[bin];
      turnedImaginary[length - bin] = -turnedImaginary[bin];
    }
    noise.set(inverse(turned, turnedImaginary), row * length);
  }
  return { values: noise, count, length };
}

/** The real signal of a transform with mirrored conjugates: Σ a cos + b sin by two transforms forwards. */
function inverse(real: Float64Array, imaginary: Float64Array): Float64Array {
  const { length } = real;
  const [even, odd] = [transformOfAnyLength(real), transformOfAnyLength(imaginary)];
  return Float64Array.from({ length }, (_, at) => (even.real[at] + odd.imaginary[at]) / length);
}

/** White noise with the mean and the variance of each row: the far end for measures of the spectrum itself. */
export function whiteNoise(rows: SignalRows, seed: number): SignalRows {
  requireRows(rows, "rows", 1);
  const { values, count, length } = rows;
  const random = createRandom(seed, 34);
  const noise = new Float32Array(values.length);
  for (let row = 0; row < count; row++) {
    let [mean, squares] = [0, 0];
    for (let at = row * length; at < (row + 1) * length; at++) mean += values[at] / length;
    for (let at = row * length; at < (row + 1) * length; at++) squares += (values[at] - mean) ** 2 / length;
    const deviation = Math.sqrt(squares);
    for (let at = row * length; at < (row + 1) * length; at++) noise[at] = mean + deviation * random.normal();
  }
  return { values: noise, count, length };
}
