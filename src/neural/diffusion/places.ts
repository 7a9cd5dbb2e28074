import * as tf from "@tensorflow/tfjs-core";
import type { Scope } from "../layers/scope.ts";
import { shiftOverSignals } from "../ops/shiftOverSignals.ts";
import { pointwise } from "./layers.ts";
import { stepEmbedding } from "./stepEmbedding.ts";

/** Numbers that tell a place. */
const size = 64;

/**
 * Tells every sample where it stands: sines and cosines of the time (Vaswani et al., NeurIPS 2017), mapped to the channels and
 * added. A convolution looks the same everywhere and finds the ends of a signal only through its zeros; beats have their R
 * peaks all at one place.
 * @param time samples of a signal
 * @returns `[batch, time, channels]` → the same
 */
export function placesTold(scope: Scope, time: number, channels: number): (x: tf.Tensor3D) => tf.Tensor3D {
  const places = Array.from({ length: time }, (_, place) => place);
  const sines = tf.tensor2d(stepEmbedding(places, size, "falling"), [time, size]);
  scope.owns(() => sines.dispose());
  const mapped = pointwise(scope, size, channels, { bias: false });
  return (x) => shiftOverSignals(x, mapped(sines) as tf.Tensor2D);
}
