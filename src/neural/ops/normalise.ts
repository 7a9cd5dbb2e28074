import * as tf from "@tensorflow/tfjs-core";
import { columnSums } from "./columnSums.ts";
import { customGradient } from "./customGradient.ts";

/** What a normalisation over the batch gives; the caller disposes of the statistics. */
export interface BatchNormalised {
  /** As the input. */
  readonly value: tf.Tensor;
  /** `[channels]` */
  readonly mean: tf.Tensor1D;
  /** `[channels]`, population variance. */
  readonly variance: tf.Tensor1D;
}

/**
 * Batch normalisation by the statistics of the batch itself (Ioffe & Szegedy, ICML 2015): channel by channel to mean 0
 * and variance 1 over all other axes, then scaled and shifted.
 * @param x      `[…, channels]`
 * @param scale  `[channels]`
 * @param offset `[channels]`
 */
export function normaliseBatch(
  x: tf.Tensor,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  epsilon: number,
): BatchNormalised {
  const channels = scale.shape[0];
  const count = x.size / channels;
  const statistics: { mean?: tf.Tensor1D; variance?: tf.Tensor1D } = {};
  const operation = customGradient((given, gain, shift, save) => {
    const rows = tf.reshape(given as tf.Tensor, [count, channels]) as tf.Tensor2D;
    const mean = tf.div(columnSums(rows), count);
    const centred = tf.sub(rows, mean) as tf.Tensor2D;
    const variance = tf.div(columnSums(tf.square(centred)), count);
    // They leave this function beside its value, which alone would outlive it.
    statistics.mean = tf.keep(tf.reshape(mean, [channels]) as tf.Tensor1D);
    statistics.variance = tf.keep(tf.reshape(variance, [channels]) as tf.Tensor1D);
    const inverse = tf.rsqrt(tf.add(variance, epsilon));
    (save as tf.GradSaveFunc)([centred, inverse, gain as tf.Tensor]);
    const scaled = tf.mul(centred, tf.mul(inverse, gain as tf.Tensor));
    const value = tf.reshape(tf.add(scaled, shift as tf.Tensor), x.shape);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [middle, inverseDeviation, used] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D];
      const upstream = tf.reshape(dy, [count, channels]) as tf.Tensor2D;
      const offsetGradient = columnSums(upstream);
      const against = tf.mul(columnSums(tf.mul(upstream, middle)), inverseDeviation);
      // dx = γ/σ · (dy − mean dy − x̂ · mean (dy · x̂)), x̂ = middle / σ
      const along = tf.mul(middle, tf.mul(inverseDeviation, tf.div(against, count)));
      const rest = tf.sub(tf.sub(upstream, tf.div(offsetGradient, count)), along);
      return [
        tf.reshape(tf.mul(rest, tf.mul(inverseDeviation, used)), x.shape),
        tf.reshape(against, [channels]),
        tf.reshape(offsetGradient, [channels]),
      ];
    };
    return { value, gradFunc };
  });
  const value = operation(x, scale, offset);
  return { value, mean: statistics.mean as tf.Tensor1D, variance: statistics.variance as tf.Tensor1D };
}

/**
 * Layer normalisation (Ba, Kiros & Hinton 2016): every vector of the last axis to mean 0 and variance 1, then scaled and
 * shifted.
 * @param x      `[…, channels]`
 * @param scale  `[channels]`
 * @param offset `[channels]`
 */
export function normaliseLayer(
  x: tf.Tensor,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  epsilon = 1e-5,
): tf.Tensor {
  const channels = scale.shape[0];
  const count = x.size / channels;
  const operation = customGradient((given, gain, shift, save) => {
    const rows = tf.reshape(given as tf.Tensor, [count, channels]);
    const centred = tf.sub(rows, tf.mean(rows, 1, true));
    const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), 1, true), epsilon));
    const normal = tf.mul(centred, inverse);
    (save as tf.GradSaveFunc)([normal, inverse, gain as tf.Tensor]);
    const value = tf.reshape(tf.add(tf.mul(normal, gain as tf.Tensor), shift as tf.Tensor), x.shape);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [unit, inverseDeviation, used] = saved;
      const upstream = tf.reshape(dy, [count, channels]) as tf.Tensor2D;
      const inner = tf.mul(upstream, used);
      const along = tf.mul(unit, tf.mean(tf.mul(inner, unit), 1, true));
      const rest = tf.sub(tf.sub(inner, tf.mean(inner, 1, true)), along);
      return [
        tf.reshape(tf.mul(rest, inverseDeviation), x.shape),
        tf.reshape(columnSums(tf.mul(upstream, unit) as tf.Tensor2D), [channels]),
        tf.reshape(columnSums(upstream), [channels]),
      ];
    };
    return { value, gradFunc };
  });
  return operation(x, scale, offset);
}

/**
 * Every vector of the last axis to root mean square 1, then scaled (Zhang & Sennrich, NeurIPS 2019).
 * @param x     `[…, channels]`
 * @param scale `[channels]`
 */
export function normaliseRootMeanSquare(x: tf.Tensor, scale: tf.Tensor1D, epsilon = 1e-8): tf.Tensor {
  const channels = scale.shape[0];
  const count = x.size / channels;
  const operation = customGradient((given, gain, save) => {
    const rows = tf.reshape(given as tf.Tensor, [count, channels]);
    const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(rows), 1, true), epsilon));
    const unit = tf.mul(rows, inverse);
    (save as tf.GradSaveFunc)([unit, inverse, gain as tf.Tensor]);
    const value = tf.reshape(tf.mul(unit, gain as tf.Tensor), x.shape);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [normal, inverseRoot, used] = saved;
      const upstream = tf.reshape(dy, [count, channels]) as tf.Tensor2D;
      const inner = tf.mul(upstream, used);
      const along = tf.mul(normal, tf.mean(tf.mul(inner, normal), 1, true));
      return [
        tf.reshape(tf.mul(tf.sub(inner, along), inverseRoot), x.shape),
        tf.reshape(columnSums(tf.mul(upstream, normal) as tf.Tensor2D), [channels]),
      ];
    };
    return { value, gradFunc };
  });
  return operation(x, scale);
}
