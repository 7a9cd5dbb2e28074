import { numberAt } from "../../domain/schema.ts";
import { createRandom } from "../../signal/random.ts";
import { noises } from "../noise/index.ts";
import { gridPoints, plainBeat } from "./beat.ts";
import { perturbBeat } from "./perturbation.ts";
import { noiseStream, type Plan, settleDrawn, streams } from "./plan.ts";
import { shortestLength } from "./rhythms/rhythm.ts";
import { lengthIndex } from "./tableA1.ts";

const grid = Float64Array.from({ length: gridPoints }, (_, index) => index / gridPoints);
const streamOf = (noise: string) => noiseStream(Object.keys(noises).indexOf(noise));

/**
 * A drawn recording of the paper preset in normal rhythm, written down as plainly as the method reads: every wave at
 * every point by `Math.exp`, the baseline by `Math.sin`. The fast path is tested and measured against it.
 * @returns samples in SD
 */
export function plainRecording(
  plan: Plan,
  seed: number,
  length: number,
  samplingFrequency: number,
): Float64Array {
  const { packed, values } = settleDrawn(plan, createRandom(seed, streams.parameters));
  const beats = createRandom(seed, streams.beats);
  const signal = new Float64Array(length);
  const beat = new Float64Array(packed.length);
  for (let total = 0; total < length; ) {
    perturbBeat(plan.table, packed, beats, beat);
    const seconds = Math.max(shortestLength, beat[lengthIndex]);
    const shape = plainBeat(beat, grid);
    const step = gridPoints / (samplingFrequency * seconds);
    const count = Math.ceil(samplingFrequency * seconds);
    for (let index = 0; index < count && total + index < length; index++) {
      const left = Math.min(gridPoints - 1, Math.floor(index * step));
      const right = Math.min(gridPoints - 1, left + 1);
      signal[total + index] = shape[left] + (index * step - left) * (shape[right] - shape[left]);
    }
    total += count;
  }
  const noise = createRandom(seed, streamOf("white"));
  const phase = 2 * Math.PI * createRandom(seed, streamOf("wander")).uniform();
  const turn = (2 * Math.PI * numberAt(values, "baseline.frequency")) / samplingFrequency;
  const [deviation, amplitude] = [numberAt(values, "noise.whiteSd"), numberAt(values, "baseline.amplitude")];
  let sum = 0;
  for (let index = 0; index < length; index++) {
    signal[index] += deviation * noise.normal() + amplitude * Math.sin(turn * index + phase);
    sum += signal[index];
  }
  const mean = sum / length;
  let squares = 0;
  for (let index = 0; index < length; index++) squares += (signal[index] - mean) ** 2;
  const standardDeviation = Math.sqrt(squares / length);
  for (let index = 0; index < length; index++) signal[index] = (signal[index] - mean) / standardDeviation;
  return signal;
}
