/** Box of the smallest scale, s: one sample of the filter bank at 250 Hz that Martínez et al. 2004 describe. */
const smallestBox = 0.004;

/** Samples in each of the four boxes that make the wavelet of scale 2^`scale`; the scale need not be whole. */
export function boxLength(scale: number, samplingFrequency: number): number {
  return Math.max(1, Math.round(smallestBox * 2 ** (scale - 1) * samplingFrequency));
}

/**
 * The quadratic-spline wavelet transform of one scale (Mallat & Zhong, IEEE Trans Pattern Anal Mach Intell
 * 1992;14:710; Martínez et al., IEEE Trans Biomed Eng 2004;51:570): the slope of the signal after smoothing.
 *
 * The à-trous bank's low-pass filter (1 3 3 1)/8 is three running means of two samples, so that its cascade up to scale
 * 2^k is three running means of 2^(k−1) samples, and the high-pass filter a difference over as many. Any box length is
 * therefore a scale: at 250 Hz the bank itself, at other frequencies its equivalent of the same duration, in a time that
 * does not depend on the scale. Boxes of even and odd lengths alike place the result halfway between samples.
 *
 * @param samples `[time]`, finite
 * @param box    samples in each box
 * @returns `[time]`: element n is the slope at n + ½, as twice the rise of the smoothed signal over one box; beyond its
 * ends the signal counts as constant
 */
export function splineWavelet(samples: ArrayLike<number>, box: number): Float64Array {
  const length = samples.length;
  const slopes = new Float64Array(length);
  if (length === 0) return slopes;
  // Four boxes reach two box lengths to each side.
  const reach = 2 * box;
  const sums = new Float64Array(length + 2 * reach);
  sums.fill(samples[0], 0, reach);
  sums.set(samples, reach);
  sums.fill(samples[length - 1], reach + length);
  for (let pass = 0; pass < 3; pass++) runningSum(sums, box);
  // Each sum stands at the first sample of its box: three of them and the difference lie 2 box − 3/2 samples ahead.
  const scale = 2 / box ** 3;
  for (let n = 0; n < length; n++) slopes[n] = scale * (sums[n + 2 + box] - sums[n + 2]);
  return slopes;
}

/** Replaces every sample by the sum of `box` samples from it on; past the last whole box nothing is meant. */
function runningSum(samples: Float64Array, box: number): void {
  if (box === 1) return;
  let sum = 0;
  for (let n = 0; n < box - 1; n++) sum += samples[n];
  for (let n = 0; n + box <= samples.length; n++) {
    sum += samples[n + box - 1];
    const first = samples[n];
    samples[n] = sum;
    sum -= first;
  }
}
