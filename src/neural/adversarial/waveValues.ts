import * as tf from "@tensorflow/tfjs-core";
import { waveNames } from "../../domain/groundTruth.ts";
import { type WaveWindow, waveBeatLength, waveWindows } from "../../signal/waveValues.ts";
import { customGradient } from "../ops/customGradient.ts";

type WaveName = keyof typeof waveWindows;

/** Below any sample that a network gives. */
const never = -1e30;

/**
 * Amplitudes of P, Q, R, S, T as `signal/waveValues` finds them. Where a peak stands is not differentiated, its height is:
 * the gradient goes to the one sample of the peak. Nothing is read back from the device.
 * @param beats `[batch, 216]`
 * @returns `[batch, 5]`
 */
export function waveValues(beats: tf.Tensor2D): tf.Tensor2D {
  const operation = customGradient((given, save) => {
    const input = given as tf.Tensor2D;
    const chosen = peakMasks(input); // [batch, 5, 216]
    (save as tf.GradSaveFunc)([chosen]);
    return {
      value: tf.sum(tf.mul(chosen, tf.expandDims(input, 1)), 2),
      gradFunc: (dy: tf.Tensor, [masks]: tf.Tensor[]) => tf.sum(tf.mul(masks, tf.expandDims(dy, 2)), 1),
    };
  });
  return operation(beats) as tf.Tensor2D;
}

/** 1 at the sample of each wave's peak, otherwise 0: `[batch, 5, 216]`. */
function peakMasks(beats: tf.Tensor2D): tf.Tensor3D {
  const [batch] = beats.shape;
  const places = tf.tensor2d(
    Float32Array.from({ length: waveBeatLength }, (_, at) => at),
    [1, waveBeatLength],
  );
  const peaks: Partial<Record<WaveName, tf.Tensor>> = {};
  const edge = (bound: WaveWindow["from"]): tf.Tensor =>
    typeof bound === "number" ? tf.fill([batch, 1], bound) : (peaks[bound] as tf.Tensor);
  for (const [name, window] of Object.entries(waveWindows) as [WaveName, WaveWindow][]) {
    const isInside = tf.logicalAnd(
      tf.greaterEqual(places, edge(window.from)),
      tf.lessEqual(places, edge(window.to)),
    );
    const upright = window.extremum === "highest" ? beats : tf.neg(beats);
    const candidates = tf.where(isInside, upright, tf.fill(beats.shape, never));
    peaks[name] = tf.reshape(tf.cast(tf.argMax(candidates, 1), "float32"), [batch, 1]);
  }
  return tf.stack(
    waveNames.map((name) => tf.cast(tf.equal(places, peaks[name] as tf.Tensor), "float32")),
    1,
  ) as tf.Tensor3D;
}
