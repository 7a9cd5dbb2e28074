import * as tf from "@tensorflow/tfjs-core";
import { customGradient } from "./customGradient.ts";

/**
 * Group normalisation (Wu & He, ECCV 2018): every signal's channels, as many as a group has, to mean 0 and variance 1 over
 * their channels and all times together, then scaled and shifted channel by channel. Means are products with constant
 * matrices: no axis is moved.
 * @param x      `[batch, time, channels]`
 * @param scale  `[channels]`
 * @param offset `[channels]`
 * @param groups divides the channels
 */
export function normaliseGroups(
  x: tf.Tensor3D,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  groups: number,
  epsilon = 1e-5,
): tf.Tensor3D {
  const [batch, time, channels] = x.shape;
  if (channels % groups !== 0)
    throw new RangeError(`${channels} channels do not divide into ${groups} groups`);
  const perGroup = channels / groups;
  /** Mean over a channel's group, for every channel: `[batch, 1, channels]`. */
  const groupMeans = (signal: tf.Tensor) => {
    const sums = tf.matMul(tf.ones([batch, 1, time]), signal as tf.Tensor3D); // [batch, 1, channels]
    const mixing = tf.tensor2d(
      Float32Array.from({ length: channels * channels }, (_, at) =>
        sameGroup(Math.floor(at / channels), at % channels, perGroup) ? 1 / (perGroup * time) : 0,
      ),
      [channels, channels],
    );
    return tf.reshape(tf.matMul(tf.reshape(sums, [batch, channels]) as tf.Tensor2D, mixing), [
      batch,
      1,
      channels,
    ]);
  };
  const operation = customGradient((given, gain, shift, save) => {
    const centred = tf.sub(given as tf.Tensor, groupMeans(given as tf.Tensor));
    const inverse = tf.rsqrt(tf.add(groupMeans(tf.square(centred)), epsilon));
    const normal = tf.mul(centred, inverse);
    (save as tf.GradSaveFunc)([normal, inverse, gain as tf.Tensor]);
    const value = tf.add(tf.mul(normal, gain as tf.Tensor), shift as tf.Tensor);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [unit, inverseDeviation, used] = saved;
      const inner = tf.mul(dy, used);
      // dx = (dy γ − mean dy γ − x̂ mean (dy γ x̂)) / σ
      const along = tf.mul(unit, groupMeans(tf.mul(inner, unit)));
      const rest = tf.sub(tf.sub(inner, groupMeans(inner)), along);
      const sums = (signal: tf.Tensor) =>
        tf.reshape(
          tf.matMul(
            tf.ones([1, batch * time]) as tf.Tensor2D,
            tf.reshape(signal, [batch * time, channels]) as tf.Tensor2D,
          ),
          [channels],
        );
      return [tf.mul(rest, inverseDeviation), sums(tf.mul(dy, unit)), sums(dy)];
    };
    return { value, gradFunc };
  });
  return operation(x, scale, offset) as tf.Tensor3D;
}

const sameGroup = (one: number, other: number, perGroup: number) =>
  Math.floor(one / perGroup) === Math.floor(other / perGroup);
