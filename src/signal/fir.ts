import { fft, inverseFft } from "./fft.ts";

/** What a filter lets through; edges in Hz, at −6 dB. */
export type FirResponse =
  | { readonly kind: "lowpass" | "highpass"; readonly cutoff: number }
  | { readonly kind: "bandpass"; readonly low: number; readonly high: number };

export type FirWindow =
  | { readonly kind: "hamming" }
  /** The larger β, the deeper the stop band and the wider the transition. */
  | { readonly kind: "kaiser"; readonly beta: number };

/**
 * A filter of finite length by the window method: the ideal response's coefficients times a window, scaled to a gain of
 * exactly 1 in the middle of what it lets through. The same as SciPy's `firwin`.
 * @param taps number of coefficients; odd, unless it is a low-pass
 * @throws RangeError for edges outside 0 to half the sampling frequency, or an even length that cannot be
 */
export function firCoefficients(
  taps: number,
  response: FirResponse,
  samplingFrequency: number,
  window: FirWindow = { kind: "hamming" },
): Float64Array {
  const [low, high] = bandOf(response, samplingFrequency);
  if (!Number.isInteger(taps) || taps < 1 || (taps % 2 === 0 && high === 1)) {
    throw new RangeError(`no such filter of ${taps} coefficients`);
  }
  const middle = (taps - 1) / 2;
  const coefficients = Float64Array.from({ length: taps }, (_, index) => {
    const at = index - middle;
    return (high * sinc(high * at) - low * sinc(low * at)) * windowAt(window, index, taps);
  });
  const centre = low === 0 ? 0 : high === 1 ? 1 : (low + high) / 2;
  const gain = coefficients.reduce(
    (sum, value, index) => sum + value * Math.cos(Math.PI * (index - middle) * centre),
    0,
  );
  return coefficients.map((value) => value / gain);
}

/** The band in parts of half the sampling frequency. */
function bandOf(response: FirResponse, samplingFrequency: number): readonly [number, number] {
  const part = (frequency: number) => frequency / (samplingFrequency / 2);
  const [low, high] = !("cutoff" in response)
    ? [part(response.low), part(response.high)]
    : response.kind === "lowpass"
      ? [0, part(response.cutoff)]
      : [part(response.cutoff), 1];
  const isBand = response.kind === "lowpass" ? high > 0 && high < 1 : low > 0 && low < high && high <= 1;
  if (isBand) return [low, high];
  throw new RangeError(`no filter with these edges at ${samplingFrequency} Hz: ${JSON.stringify(response)}`);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function windowAt(window: FirWindow, index: number, taps: number): number {
  if (taps === 1) return 1;
  if (window.kind === "hamming") return 0.54 - 0.46 * Math.cos((2 * Math.PI * index) / (taps - 1));
  const place = (2 * index) / (taps - 1) - 1;
  return besselI0(window.beta * Math.sqrt(Math.max(0, 1 - place * place))) / besselI0(window.beta);
}

/** Modified Bessel function of the first kind, order 0, by its power series (Abramowitz & Stegun 9.6.12). */
function besselI0(x: number): number {
  const quarter = (x * x) / 4;
  let [sum, term] = [1, 1];
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= quarter / (k * k);
    sum += term;
  }
  return sum;
}

/** From this many coefficients on a convolution is faster through the Fourier transform. */
const longFilter = 48;

/** The full convolution, `[samples + taps − 1]`, as SciPy's `convolve`. */
export function convolve(samples: ArrayLike<number>, coefficients: Float64Array): Float64Array {
  const result = new Float64Array(samples.length + coefficients.length - 1);
  if (coefficients.length < longFilter) {
    for (let at = 0; at < samples.length; at++) {
      for (let tap = 0; tap < coefficients.length; tap++) result[at + tap] += samples[at] * coefficients[tap];
    }
    return result;
  }
  const size = 2 ** Math.ceil(Math.log2(8 * coefficients.length));
  const step = size - coefficients.length + 1;
  const [filterReal, filterImaginary] = [new Float64Array(size), new Float64Array(size)];
  filterReal.set(coefficients);
  fft(filterReal, filterImaginary);
  // Overlap-add: piece by piece, each result reaching into the next.
  for (let start = 0; start < samples.length; start += step) {
    const [real, imaginary] = [new Float64Array(size), new Float64Array(size)];
    const count = Math.min(step, samples.length - start);
    for (let at = 0; at < count; at++) real[at] = samples[start + at];
    fft(real, imaginary);
    for (let at = 0; at < size; at++) {
      const product = real[at] * filterReal[at] - imaginary[at] * filterImaginary[at];
      imaginary[at] = real[at] * filterImaginary[at] + imaginary[at] * filterReal[at];
      real[at] = product;
    }
    inverseFft(real, imaginary);
    const end = Math.min(size, result.length - start);
    for (let at = 0; at < end; at++) result[start + at] += real[at];
  }
  return result;
}

/** Filters with a symmetric filter and takes its delay away: nothing is shifted, and the length stays. */
export function filterFir(samples: ArrayLike<number>, coefficients: Float64Array): Float64Array {
  const delay = (coefficients.length - 1) >> 1;
  return convolve(samples, coefficients).slice(delay, delay + samples.length);
}

/**
 * The band-pass that is put before beats are cut: 3 to 45 Hz with 0.3 s of coefficients. The PGAN paper names a FIR
 * filter without its order and edges; these are the ones of the tool that it used for R peaks: our reconstruction.
 */
export function beatBandPass(samplingFrequency: number): Float64Array {
  const taps = Math.trunc(0.3 * samplingFrequency);
  const high = Math.min(45, 0.45 * samplingFrequency);
  return firCoefficients(
    taps % 2 === 0 ? taps + 1 : taps,
    { kind: "bandpass", low: 3, high },
    samplingFrequency,
  );
}
