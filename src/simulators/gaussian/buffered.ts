import type { TrueBeat } from "../../domain/groundTruth.ts";
import type { Random } from "../../signal/random.ts";
import { cropBeat } from "../boundaries.ts";
import { addHeldNoise } from "../noise/held.ts";
import { gridPoints } from "./beat.ts";
import { addBeat } from "./fastBeat.ts";
import { noiseIndex } from "./parameters.ts";
import { perturbBeat } from "./perturbation.ts";
import type { Plan, Settled } from "./plan.ts";
import { type RhythmRun, shortestLength } from "./rhythms/rhythm.ts";
import { deltaAt } from "./rhythms/wpw.ts";
import { lengthIndex } from "./tableA1.ts";
import { trueBeat } from "./truth.ts";

/** The random streams that a recording of the author's and the paper's kind uses. */
export interface BufferedStreams {
  readonly beats: Random;
  readonly held: Random;
  readonly walk: Random;
  readonly crop: Random;
}

/** Two points more than a beat: the last value is held beyond the end, and rounding may just reach it. */
const grid = new Float64Array(gridPoints + 2);
/** Where the packed vector has the hold of each held noise; its rate follows. */
const heldIndices = [noiseIndex + 1, noiseIndex + 3] as const;
let buffer = new Float64Array(16384);
/** Draws the beat's table into these, so that a corpus of recordings allocates nothing a beat. */
const scratch = { beat: new Float64Array(32), around: new Float64Array(32) };

/**
 * Beats appended until the buffer is longer than it must be, then cropped (released code, step 2–5; paper: first
 * samples). Each beat lives on a grid of 500 points and is stretched to its length by linear interpolation.
 * @param samples filled with the recording
 * @param truth   receives the beats, or null where nobody asks for them
 */
export function synthesiseBuffered(
  plan: Plan,
  settled: Settled,
  run: RhythmRun,
  streams: BufferedStreams,
  samplingFrequency: number,
  samples: Float64Array,
  truth: TrueBeat[] | null,
): void {
  const { values } = settled;
  const [held, walk] = [values["noise"] === "held", values["baseline"] === "walk"];
  const randomCrop = values["crop"] === "random";
  const wanted = randomCrop ? Math.ceil(1.5 * samples.length) : samples.length;
  const beat = scratch.beat.subarray(0, plan.quantities.length);
  const around = scratch.around.subarray(0, plan.quantities.length);
  around.set(settled.packed);
  const beats: TrueBeat[] = [];
  let total = 0;
  while (total <= wanted) {
    perturbBeat(plan.table, around, streams.beats, beat);
    if (plan.cumulative) around.set(beat);
    const elapsed = total / samplingFrequency;
    const length = Math.max(
      shortestLength,
      run.beatLength(beat[lengthIndex], settled.packed[lengthIndex], elapsed),
    );
    const label = run.shape(beat, length, null);
    const count = Math.ceil(samplingFrequency * length);
    ensureRoom(total + count);
    stretchBeat(beat, total, count, gridPoints / (samplingFrequency * length));
    const delta = run.delta(beat);
    const unit = samplingFrequency * length;
    if (delta !== null) {
      const rPeak = beat[8] * unit;
      for (let index = 0; index < count; index++) {
        buffer[total + index] += deltaAt(delta, (index - rPeak) / samplingFrequency);
      }
    }
    if (held) {
      for (const at of heldIndices) {
        const standardDeviation = 1 / Math.max(1, Math.abs(beat[at + 1]));
        addHeldNoise(buffer, total, total + count, beat[at], standardDeviation, streams.held);
      }
    }
    if (walk) addDrift(total, count, streams.walk.normal() * beat[noiseIndex]);
    if (truth !== null) {
      const known = trueBeat(beat, label, delta, run.qrsParts(label), {
        origin: total,
        secondsPerUnit: length,
        samplingFrequency,
        window: [total, total + count - 1],
      });
      if (known !== null) beats.push(known);
    }
    total += count;
  }
  const offset = randomCrop ? streams.crop.integer(total - samples.length + 1) : 0;
  samples.set(buffer.subarray(offset, offset + samples.length));
  if (truth !== null) {
    for (const whole of beats) {
      const cropped = cropBeat(whole, offset, samples.length);
      if (cropped !== null) truth.push(cropped);
    }
    truth.sort((one, other) => one.rPeak - other.rPeak);
  }
}

function ensureRoom(length: number): void {
  if (length <= buffer.length) return;
  const larger = new Float64Array(2 * length);
  larger.set(buffer);
  buffer = larger;
}

function stretchBeat(beat: Float64Array, start: number, count: number, step: number): void {
  grid.fill(0);
  addBeat(grid, 0, gridPoints, beat, 0, gridPoints);
  grid[gridPoints] = grid[gridPoints - 1];
  grid[gridPoints + 1] = grid[gridPoints - 1];
  for (let index = 0; index < count; index++) {
    const position = index * step;
    const left = position | 0;
    const value = grid[left];
    buffer[start + index] = value + (position - left) * (grid[left + 1] - value);
  }
}

/** A straight line from the last value so far: the baseline's random walk. */
function addDrift(start: number, count: number, rise: number): void {
  const level = start === 0 ? 0 : buffer[start - 1];
  const slope = count > 1 ? rise / (count - 1) : 0;
  for (let index = 0; index < count; index++) buffer[start + index] += level + slope * index;
}
