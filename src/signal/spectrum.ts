import { fft } from "./fft.ts";

/** Density of power over frequency, one-sided. */
export interface Spectrum {
  /** Hz */
  readonly frequencies: Float64Array;
  /** Square of the signal's unit per Hz. */
  readonly density: Float64Array;
}

/**
 * The power spectrum by Welch's method: the mean over segments that overlap by half, each without its mean and under a
 * Hann window. The same as SciPy's `welch` with its defaults.
 * @param samples       `[time]`, without NaN
 * @param segmentLength samples; the whole signal where it is shorter
 */
export function welch(samples: ArrayLike<number>, samplingFrequency: number, segmentLength = 256): Spectrum {
  const length = Math.min(segmentLength, samples.length);
  const step = length - (length >> 1);
  const window = Float64Array.from(
    { length },
    (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / length),
  );
  const sum = new Float64Array((length >> 1) + 1);
  let count = 0;
  for (let start = 0; start + length <= samples.length; start += step) {
    const powers = segmentPowers(samples, start, window);
    for (let index = 0; index < sum.length; index++) sum[index] += powers[index];
    count++;
  }
  return oneSided(sum, count, window, samplingFrequency);
}

/** The power spectrum of the whole signal at once, without its mean. The same as SciPy's `periodogram`. */
export function periodogram(samples: ArrayLike<number>, samplingFrequency: number): Spectrum {
  const window = new Float64Array(samples.length).fill(1);
  return oneSided(segmentPowers(samples, 0, window), 1, window, samplingFrequency);
}

/** Power between two frequencies, by trapezia; the square of the signal's unit. */
export function bandPower({ frequencies, density }: Spectrum, low: number, high: number): number {
  let power = 0;
  for (let index = 1; index < frequencies.length; index++) {
    if (frequencies[index - 1] < low || frequencies[index] > high) continue;
    power += ((density[index] + density[index - 1]) / 2) * (frequencies[index] - frequencies[index - 1]);
  }
  return power;
}

function segmentPowers(samples: ArrayLike<number>, start: number, window: Float64Array): Float64Array {
  const { length } = window;
  let mean = 0;
  for (let at = 0; at < length; at++) mean += samples[start + at];
  mean /= length;
  const segment = window.map((weight, at) => weight * (samples[start + at] - mean));
  const { real, imaginary } = transformOfAnyLength(segment);
  return Float64Array.from({ length: (length >> 1) + 1 }, (_, k) => real[k] ** 2 + imaginary[k] ** 2);
}

function oneSided(
  sum: Float64Array,
  count: number,
  window: Float64Array,
  samplingFrequency: number,
): Spectrum {
  const { length } = window;
  const scale =
    1 / (samplingFrequency * window.reduce((total, weight) => total + weight * weight, 0) * count);
  const density = sum.map((power, index) => {
    const isAlone = index === 0 || (length % 2 === 0 && index === sum.length - 1);
    return power * scale * (isAlone ? 1 : 2);
  });
  return { density, frequencies: sum.map((_, index) => (index * samplingFrequency) / length) };
}

/** The Fourier transform of a real signal of any length: by radix 2, or as a convolution with a chirp (Bluestein 1970). */
export function transformOfAnyLength(signal: Float64Array): {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
} {
  const { length } = signal;
  if ((length & (length - 1)) === 0) {
    const [real, imaginary] = [Float64Array.from(signal), new Float64Array(length)];
    fft(real, imaginary);
    return { real, imaginary };
  }
  // The angle π n² / N, with n² taken modulo 2 N so that it stays exact.
  const angles = Float64Array.from({ length }, (_, n) => (Math.PI * ((n * n) % (2 * length))) / length);
  const size = 2 ** Math.ceil(Math.log2(2 * length - 1));
  const [real, imaginary] = [new Float64Array(size), new Float64Array(size)];
  const [chirpReal, chirpImaginary] = [new Float64Array(size), new Float64Array(size)];
  for (let n = 0; n < length; n++) {
    const [cosine, sine] = [Math.cos(angles[n]), Math.sin(angles[n])];
    real[n] = signal[n] * cosine;
    imaginary[n] = -signal[n] * sine;
    chirpReal[n] = cosine;
    chirpImaginary[n] = sine;
    if (n > 0) {
      chirpReal[size - n] = cosine;
      chirpImaginary[size - n] = sine;
    }
  }
  fft(real, imaginary);
  fft(chirpReal, chirpImaginary);
  for (let k = 0; k < size; k++) {
    const product = real[k] * chirpReal[k] - imaginary[k] * chirpImaginary[k];
    // Conjugated, so that a transform forwards takes it back.
    imaginary[k] = -(real[k] * chirpImaginary[k] + imaginary[k] * chirpReal[k]);
    real[k] = product;
  }
  fft(real, imaginary);
  const result = { real: new Float64Array(length), imaginary: new Float64Array(length) };
  for (let k = 0; k < length; k++) {
    const [cosine, sine] = [Math.cos(angles[k]), Math.sin(angles[k])];
    const [re, im] = [real[k] / size, -imaginary[k] / size];
    result.real[k] = re * cosine + im * sine;
    result.imaginary[k] = im * cosine - re * sine;
  }
  return result;
}
