import * as tf from "@tensorflow/tfjs-core";
import { customGradient } from "./customGradient.ts";

/** Half of the eight symmetric taps of a cubic low-pass filter, from the outside in; all eight add up to 1. */
const outerToInner = [-0.01171875, -0.03515625, 0.11328125, 0.43359375] as const;
const taps = [...outerToInner, ...outerToInner.toReversed()];

/** Samples of each parity that are under the filter. */
const reach = taps.length / 2;

/**
 * A signal with samples beyond either end, which are those before it seen in a mirror. tfjs's own `mirrorPad` forgets them in
 * its gradient.
 */
function mirrored(x: tf.Tensor3D, samples: number): tf.Tensor3D {
  const [batch, time, channels] = x.shape;
  const turned = (from: number) =>
    tf.concat(
      Array.from({ length: samples }, (_, at) =>
        tf.slice3d(x, [0, from + samples - 1 - at, 0], [batch, 1, channels]),
      ),
      1,
    ) as tf.Tensor3D;
  return tf.concat([turned(1), x, turned(time - 1 - samples)], 1);
}

/**
 * Every second sample of a signal behind a cubic low-pass filter.
 * @param x `[batch, time, channels]`, an even number of times, at least 4
 * @returns `[batch, time / 2, channels]`
 */
export function halved(x: tf.Tensor3D): tf.Tensor3D {
  const padded = mirrored(x, 3);
  const operation = customGradient((given) => ({
    value: filtered(given as tf.Tensor3D, 1),
    gradFunc: (dy: tf.Tensor) => spread(dy as tf.Tensor3D, 1),
  }));
  return operation(padded) as tf.Tensor3D;
}

/**
 * A signal with a sample between every two, by the same filter turned around.
 * @param x `[batch, time, channels]`, at least 3 times
 * @returns `[batch, 2 × time, channels]`
 */
export function doubled(x: tf.Tensor3D): tf.Tensor3D {
  const [batch, time, channels] = x.shape;
  const padded = mirrored(x, 2);
  // Half of the samples are new: the filter's taps add up to 2.
  const operation = customGradient((given) => ({
    value: spread(given as tf.Tensor3D, 2),
    gradFunc: (dy: tf.Tensor) => filtered(dy as tf.Tensor3D, 2),
  }));
  return tf.slice3d(operation(padded) as tf.Tensor3D, [0, taps.length - 1, 0], [batch, 2 * time, channels]);
}

/** y[t] = Σₖ x[2t + k] · tapₖ. Even and odd samples are parted once; their runs are of whole signals. */
function filtered(x: tf.Tensor3D, factor: number): tf.Tensor3D {
  const [batch, time, channels] = x.shape;
  const pairs = time / 2;
  const outputs = pairs - reach + 1;
  const rows = tf.reshape(x, [batch * pairs, 2 * channels]) as tf.Tensor2D;
  const parts = [0, 1].flatMap((parity) => {
    const own = tf.slice2d(rows, [0, parity * channels], [batch * pairs, channels]);
    const signals = tf.reshape(own, [batch, pairs * channels]) as tf.Tensor2D;
    return Array.from({ length: reach }, (_, tap) => {
      const run = tf.slice2d(signals, [0, tap * channels], [batch, outputs * channels]);
      return tf.mul(run, factor * taps[2 * tap + parity]);
    });
  });
  return tf.reshape(tf.addN(parts), [batch, outputs, channels]);
}

/** The adjoint of `filtered`: each sample spread over as many as the filter has taps. */
function spread(x: tf.Tensor3D, factor: number): tf.Tensor3D {
  const [batch, time, channels] = x.shape;
  const pairs = time + reach - 1;
  const run = tf.reshape(x, [batch, time * channels]) as tf.Tensor2D;
  const [even, odd] = [0, 1].map((parity) => {
    const parts = Array.from({ length: reach }, (_, tap) =>
      tf.pad2d(tf.mul(run, factor * taps[2 * tap + parity]) as tf.Tensor2D, [
        [0, 0],
        [tap * channels, (reach - 1 - tap) * channels],
      ]),
    );
    return tf.reshape(tf.addN(parts), [batch * pairs, channels]) as tf.Tensor2D;
  });
  return tf.reshape(tf.concat([even, odd], 1), [batch, 2 * pairs, channels]);
}
