import * as tf from "@tensorflow/tfjs-core";
import type { DiffWaveShape } from "../generators/diffWave.ts";
import type { Denoise } from "../neural/diffusion/denoiser.ts";
import { normal } from "../neural/layers/initialisers.ts";
import type { Scope } from "../neural/layers/scope.ts";

/**
 * DiffWave's network as tfjs's own operations make it: its dilated convolution has no gradient, so that shifted signals are laid
 * side by side for one product; channels are split, and gradients are tfjs's.
 */
export function stockDiffWave(scope: Scope, shape: DiffWaveShape, classes: number): Denoise {
  const { layers, cycle, channels, embedding, hidden } = shape;
  const weight = (name: string, size: readonly number[]) =>
    scope.parameter(name, size, normal(0.1)) as tf.Tensor;
  const affine = (name: string, inputs: number, outputs: number) => {
    const [w, b] = [weight(`${name}.weight`, [inputs, outputs]), weight(`${name}.bias`, [outputs])];
    return (x: tf.Tensor) => {
      const rows = tf.matMul(tf.reshape(x, [-1, inputs]) as tf.Tensor2D, w as tf.Tensor2D);
      return tf.reshape(tf.add(rows, b), [...x.shape.slice(0, -1), outputs]);
    };
  };
  const swish = (x: tf.Tensor) => tf.mul(x, tf.sigmoid(x));
  const open = affine("open", 1, channels);
  const [step1, step2] = [affine("step1", embedding, hidden), affine("step2", hidden, hidden)];
  const table = weight("classes", [classes + 1, hidden]) as tf.Tensor2D;
  const blocks = Array.from({ length: layers }, (_, layer) => ({
    dilation: 2 ** (layer % cycle),
    ofStep: affine(`${layer}.step`, hidden, channels),
    ofClass: affine(`${layer}.class`, hidden, 2 * channels),
    dilated: affine(`${layer}.dilated`, 3 * channels, 2 * channels),
    out: affine(`${layer}.out`, channels, 2 * channels),
  }));
  const [close1, close2] = [affine("close1", channels, channels), affine("close2", channels, 1)];
  return ({ noisy, steps, classes: labels }) => {
    const [batch, time] = noisy.shape;
    const step = swish(step2(swish(step1(steps))));
    const named = tf.matMul(labels, table);
    let x = tf.relu(open(tf.reshape(noisy, [batch, time, 1])));
    const skips: tf.Tensor[] = [];
    for (const { dilation, ofStep, ofClass, dilated, out } of blocks) {
      const padded = tf.pad(tf.add(x, tf.expandDims(ofStep(step), 1)), [
        [0, 0],
        [dilation, dilation],
        [0, 0],
      ]);
      const taps = [0, 1, 2].map((tap) => tf.slice(padded, [0, tap * dilation, 0], [batch, time, channels]));
      const y = tf.add(dilated(tf.concat(taps, 2)), tf.expandDims(ofClass(named), 1));
      const [gates, contents] = tf.split(y, 2, 2);
      const [residual, skip] = tf.split(out(tf.mul(tf.sigmoid(gates), tf.tanh(contents))), 2, 2);
      x = tf.mul(tf.add(x, residual), Math.SQRT1_2);
      skips.push(skip);
    }
    const sum = tf.mul(tf.addN(skips), 1 / Math.sqrt(layers));
    return tf.reshape(close2(tf.relu(close1(sum))), [batch, time]) as tf.Tensor2D;
  };
}
