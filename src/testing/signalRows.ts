import type { SignalRows } from "../evaluation/closeness/signalRows.ts";
import { createRandom } from "../signal/random.ts";

/** Rows written out. */
export function rowsFrom(rows: readonly (readonly number[])[]): SignalRows {
  return { values: Float32Array.from(rows.flat()), count: rows.length, length: rows[0].length };
}

/** Twelve and ten rows of three numbers that are easily made again in other programs: k = 1, 2, …; j = 0, 1, 2. */
export const waveRows = rowsFrom(
  Array.from({ length: 12 }, (_, k) => [0, 1, 2].map((j) => Math.sin((k + 1) * (j + 1)))),
);
export const otherWaveRows = rowsFrom(
  Array.from({ length: 10 }, (_, k) => [0, 1, 2].map((j) => 1.5 * Math.cos((k + 1) * (j + 2)) + 0.3 * j)),
);

export interface BeatRowsOptions {
  /** Standard deviation of white noise, mV. */
  readonly noise?: number;
  /** Samples; 72. */
  readonly length?: number;
}

/** Beats of three Gaussian waves at random heights and widths, mV, with a little white noise. */
export function beatRows(
  count: number,
  seed: number,
  { noise = 0.02, length = 72 }: BeatRowsOptions = {},
): SignalRows {
  const random = createRandom(seed);
  const values = new Float32Array(count * length);
  for (let row = 0; row < count; row++) {
    const waves = [
      { place: 0.15, width: 0.03 * (1 + 0.2 * random.normal()), height: 0.15 * (1 + 0.3 * random.normal()) },
      { place: 0.35, width: 0.015 * (1 + 0.1 * random.normal()), height: 1 + 0.15 * random.normal() },
      { place: 0.7, width: 0.06 * (1 + 0.2 * random.normal()), height: 0.3 * (1 + 0.3 * random.normal()) },
    ];
    for (let at = 0; at < length; at++) {
      for (const { place, width, height } of waves) {
        values[row * length + at] += height * Math.exp(-0.5 * ((at / length - place) / width) ** 2);
      }
    }
  }
  random.addNormal(values, noise);
  return { values, count, length };
}

/** The rows with white noise added. */
export function noisy(rows: SignalRows, standardDeviation: number, seed = 99): SignalRows {
  const values = rows.values.slice();
  createRandom(seed).addNormal(values, standardDeviation);
  return { ...rows, values };
}
