/** Frequencies from 1 to 10⁴ radians a step (DiffWave), or from 1 down to 10⁻⁴ (SSSD-ECG; Vaswani et al. 2017). */
export type StepFrequencies = "rising" | "falling";

/**
 * Sines and cosines of a step, `[sin(t fⱼ) … cos(t fⱼ) …]`; between two whole steps their rows are mixed linearly, as
 * DiffWave looks them up (Kong et al., ICLR 2021, equation 3 and appendix C).
 * @param times steps, whole or not
 * @param size  numbers of an embedding, even
 * @returns `[times, size]`
 */
export function stepEmbedding(
  times: readonly number[],
  size: number,
  frequencies: StepFrequencies,
): Float32Array {
  const half = size / 2;
  const sign = frequencies === "rising" ? 1 : -1;
  const rates = Array.from({ length: half }, (_, j) => 10 ** (sign * ((4 * j) / (half - 1))));
  const rows = new Float32Array(times.length * size);
  times.forEach((time, row) => {
    const before = Math.floor(time);
    const share = time - before;
    rates.forEach((rate, j) => {
      const between = (wave: (angle: number) => number) =>
        (1 - share) * wave(before * rate) + (share === 0 ? 0 : share * wave((before + 1) * rate));
      rows[row * size + j] = between(Math.sin);
      rows[row * size + half + j] = between(Math.cos);
    });
  });
  return rows;
}
