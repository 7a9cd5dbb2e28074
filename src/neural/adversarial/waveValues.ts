import * as tf from "@tensorflow/tfjs-core";
import { waveNames } from "../../domain/groundTruth.ts";
import {
  type WaveName,
  type WaveRule,
  type WaveWindow,
  waveBeatLength,
  waveWindows,
} from "../../signal/waveValues.ts";
import { customGradient } from "../ops/customGradient.ts";

/** Below any sample that a network gives. */
const never = -1e30;

/** Sample of each wave's peak, `[batch, 1]` each. */
type Peaks = Readonly<Record<WaveName, tf.Tensor>>;

const finders: Readonly<Record<WaveRule, (beats: tf.Tensor2D) => Peaks>> = {
  windows: peaksInWindows,
  signChanges: peaksBySlope,
};

/**
 * Amplitudes of P, Q, R, S, T as `signal/waveValues` finds them. Where a peak stands is not differentiated, its height is:
 * the gradient goes to the one sample of the peak. Nothing is read back from the device.
 * @param beats `[batch, 216]`
 * @returns `[batch, 5]`
 */
export function waveValues(beats: tf.Tensor2D, rule: WaveRule = "windows"): tf.Tensor2D {
  const operation = customGradient((given, save) => {
    const input = given as tf.Tensor2D;
    const peaks = finders[rule](input);
    const chosen = tf.stack(
      waveNames.map((name) => tf.cast(tf.equal(places(), peaks[name]), "float32")),
      1,
    ); // [batch, 5, 216]: 1 at the sample of each peak, otherwise 0
    (save as tf.GradSaveFunc)([chosen]);
    return {
      value: tf.sum(tf.mul(chosen, tf.expandDims(input, 1)), 2),
      gradFunc: (dy: tf.Tensor, [masks]: tf.Tensor[]) => tf.sum(tf.mul(masks, tf.expandDims(dy, 2)), 1),
    };
  });
  return operation(beats) as tf.Tensor2D;
}

/** Number of every sample, `[1, 216]`. */
const places = () =>
  tf.tensor2d(
    Float32Array.from({ length: waveBeatLength }, (_, at) => at),
    [1, waveBeatLength],
  );

function peaksInWindows(beats: tf.Tensor2D): Peaks {
  const [batch] = beats.shape;
  const all = places();
  const peaks: Partial<Record<WaveName, tf.Tensor>> = {};
  const edge = (bound: WaveWindow["from"]): tf.Tensor =>
    typeof bound === "number" ? tf.fill([batch, 1], bound) : (peaks[bound] as tf.Tensor);
  for (const [name, window] of Object.entries(waveWindows) as [WaveName, WaveWindow][]) {
    const isInside = tf.logicalAnd(
      tf.greaterEqual(all, edge(window.from)),
      tf.lessEqual(all, edge(window.to)),
    );
    const upright = window.extremum === "highest" ? beats : tf.neg(beats);
    const candidates = tf.where(isInside, upright, tf.fill(beats.shape, never));
    peaks[name] = tf.reshape(tf.cast(tf.argMax(candidates, 1), "float32"), [batch, 1]);
  }
  return peaks as Peaks;
}

/** Q and S are the changes of the slope's sign that are nearest to R, P and T the highest samples beyond them. */
function peaksBySlope(beats: tf.Tensor2D): Peaks {
  const { R } = peaksInWindows(beats);
  const last = waveBeatLength - 1;
  const all = places();
  const [left, right] = [shifted(beats, -1), shifted(beats, 1)];
  // The segments' own ends have slopes over one sample: at R and before it, and at the ends of the beat.
  const before = signOf(tf.where(tf.equal(all, tf.sub(R, 1)), tf.sub(left, beats), tf.sub(left, right)));
  const after = signOf(tf.where(tf.equal(all, R), tf.sub(right, beats), tf.sub(right, left)));
  const isBefore = tf.logicalAnd(tf.less(all, R), tf.greater(all, 0));
  const isAfter = tf.logicalAnd(tf.greaterEqual(all, R), tf.less(all, last));
  const turnsBefore = tf.logicalAnd(isBefore, tf.notEqual(before, shifted(before, -1)));
  const turnsAfter = tf.logicalAnd(isAfter, tf.notEqual(after, shifted(after, 1)));
  const Q = lastPlace(turnsBefore, all);
  const S = firstPlace(turnsAfter, all);
  const beyondQ = tf.lessEqual(all, Q);
  const beyondS = tf.greaterEqual(all, S);
  return {
    R,
    Q,
    S,
    P: lastPlace(isHighest(beats, beyondQ), all),
    T: firstPlace(isHighest(beats, beyondS), all),
  };
}

/** Every sample's neighbour, at the end of the beat the sample itself. @param by −1 for the one before, 1 for the one after */
function shifted(rows: tf.Tensor2D, by: -1 | 1): tf.Tensor2D {
  const [batch, length] = rows.shape;
  const end = tf.slice(rows, [0, by < 0 ? 0 : length - 1], [batch, 1]);
  const rest = tf.slice(rows, [0, by < 0 ? 0 : 1], [batch, length - 1]);
  return tf.concat(by < 0 ? [end, rest] : [rest, end], 1);
}

/** −1, 0 or 1. */
const signOf = (values: tf.Tensor): tf.Tensor2D =>
  tf.sub(tf.cast(tf.greater(values, 0), "float32"), tf.cast(tf.less(values, 0), "float32"));

const isHighest = (beats: tf.Tensor2D, isInside: tf.Tensor): tf.Tensor => {
  const candidates = tf.where(isInside, beats, tf.fill(beats.shape, never));
  return tf.logicalAnd(isInside, tf.equal(candidates, tf.max(candidates, 1, true)));
};

/** Of the samples that are meant the last; 0 where there is none. */
const lastPlace = (isMeant: tf.Tensor, all: tf.Tensor): tf.Tensor =>
  tf.max(tf.where(isMeant, all, tf.zerosLike(all)), 1, true);

/** Of the samples that are meant the first; the end of the beat where there is none. */
const firstPlace = (isMeant: tf.Tensor, all: tf.Tensor): tf.Tensor =>
  tf.min(tf.where(isMeant, all, tf.fill(all.shape, waveBeatLength - 1)), 1, true);
