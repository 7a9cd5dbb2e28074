import * as tf from "@tensorflow/tfjs-core";
import type { BackendName } from "../neural/backend/backends.ts";
import { normalTensor } from "../neural/ops/differentiable.ts";
import { addTaps, tapsOf, type WindowMotion } from "../neural/ops/windows.ts";

/**
 * Layers as they are written with tfjs's own operations and its own gradients: what ours are measured against. They do the
 * same work as ours, dropout and running statistics among it. On wasm they share our kernels for clones and slices, which
 * stand in for tfjs's: without them they would be slower still.
 */

/** Makes a variable to be trained, of small random numbers. */
export type MakeVariable = (shape: number[]) => tf.Variable;

/** Makes a variable that is not trained, such as running statistics. */
export type MakeStatistic = (shape: number[]) => tf.Variable;

/** What a stock network is made of. */
export interface StockContext {
  readonly variable: MakeVariable;
  readonly statistic: MakeStatistic;
  /** Whether tfjs can train its own convolution on the backend; on wasm it cannot, and windows are unfolded instead. */
  readonly hasOwnConvolution: boolean;
}

export type StockLayer = (x: tf.Tensor) => tf.Tensor;

/** Where a stock network keeps its variables; `variables` are those that are trained. */
export function stockContext(backend: BackendName): {
  readonly context: StockContext;
  readonly variables: tf.Variable[];
  readonly dispose: () => void;
} {
  const [variables, statistics]: [tf.Variable[], tf.Variable[]] = [[], []];
  return {
    variables,
    context: {
      variable: (shape) => {
        const made = tf.tidy(() => tf.variable(tf.mul(normalTensor(shape, variables.length + 1), 0.05)));
        variables.push(made);
        return made;
      },
      statistic: (shape) => {
        const made = tf.tidy(() => tf.variable(tf.ones(shape), false));
        statistics.push(made);
        return made;
      },
      hasOwnConvolution: backend !== "wasm",
    },
    dispose: () => tf.dispose([...variables, ...statistics]),
  };
}

export const asMatrix = (variable: tf.Variable) => variable as tf.Tensor as tf.Tensor2D;

/** Dense layer over the last axis. */
export function dense({ variable }: StockContext, inputs: number, outputs: number): StockLayer {
  const [weights, bias] = [variable([inputs, outputs]), variable([outputs])];
  return (x) => {
    const rows = tf.reshape(x, [-1, inputs]) as tf.Tensor2D;
    return tf.reshape(tf.add(tf.matMul(rows, asMatrix(weights)), bias), [...x.shape.slice(0, -1), outputs]);
  };
}

/** Layer normalisation of elementary operations. */
export function layerNorm({ variable }: StockContext, channels: number): StockLayer {
  const [scale, offset] = [variable([channels]), variable([channels])];
  return (x) => {
    const { mean, variance } = tf.moments(x, -1, true);
    const normal = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5)));
    return tf.add(tf.mul(normal, scale), offset);
  };
}

/** Batch normalisation by the statistics of the batch, which move the running ones, as in tfjs-layers. */
export function batchNorm({ variable, statistic }: StockContext, channels: number): StockLayer {
  const [scale, offset] = [variable([channels]), variable([channels])];
  const running = [statistic([channels]), statistic([channels])];
  return (x) => {
    const axes = x.shape.slice(1).map((_, axis) => axis);
    const { mean, variance } = tf.moments(x, axes);
    for (const [index, now] of [mean, variance].entries()) {
      running[index].assign(tf.sub(running[index], tf.mul(tf.sub(running[index], now), 0.1)));
    }
    const [gain, shift] = [scale, offset].map((each) => each as tf.Tensor as tf.Tensor1D);
    return tf.batchNorm(x, mean as tf.Tensor1D, variance as tf.Tensor1D, shift, gain, 1e-5);
  };
}

type Motion = Omit<WindowMotion, "dilation">;

/** A convolution without bias. `[batch, time, inputs]` → `[batch, windows, outputs]` */
export function convolution(
  { variable, hasOwnConvolution }: StockContext,
  inputs: number,
  outputs: number,
  motion: Motion,
): StockLayer {
  const { kernel, stride, padding } = motion;
  const filter = variable([kernel, inputs, outputs]) as tf.Tensor as tf.Tensor3D;
  return (x) => {
    if (hasOwnConvolution) {
      const padded = tf.pad(x, [[0, 0], [...padding], [0, 0]]) as tf.Tensor3D;
      return tf.conv1d(padded, filter, stride, "valid");
    }
    const unfolded = tf.concat(tapsOf(x as tf.Tensor3D, { ...motion, dilation: 1 }), 2);
    const [batch, count, width] = unfolded.shape;
    const rows = tf.reshape(unfolded, [batch * count, width]) as tf.Tensor2D;
    const product = tf.matMul(rows, tf.reshape(filter, [width, outputs]) as tf.Tensor2D);
    return tf.reshape(product, [batch, count, outputs]);
  };
}

/** A transposed convolution to a length. `[batch, windows, inputs]` → `[batch, length, outputs]` */
export function transposedConvolution(
  { variable, hasOwnConvolution }: StockContext,
  inputs: number,
  outputs: number,
  length: number,
  { hasBias, ...motion }: Motion & { readonly hasBias: boolean },
): StockLayer {
  const { kernel, stride, padding } = motion;
  const filter = variable([kernel, outputs, inputs]) as tf.Tensor as tf.Tensor3D;
  const bias = hasBias ? variable([outputs]) : null;
  const spread: StockLayer = (x) => {
    const [batch, count] = x.shape;
    if (hasOwnConvolution) {
      const y = tf.conv2dTranspose(
        tf.expandDims(x, 2) as tf.Tensor4D,
        tf.expandDims(filter, 1) as tf.Tensor4D,
        [batch, length, 1, outputs],
        [stride, 1],
        [[0, 0], [...padding], [0, 0], [0, 0]],
        "floor",
      );
      return tf.squeeze(y, [2]);
    }
    const rows = tf.reshape(x, [batch * count, inputs]) as tf.Tensor2D;
    const matrix = tf.reshape(filter, [kernel * outputs, inputs]) as tf.Tensor2D;
    const product = tf.reshape(tf.matMul(rows, matrix, false, true), [batch, count, kernel * outputs]);
    return addTaps(tf.split(product, kernel, 2) as tf.Tensor3D[], length, { ...motion, dilation: 1 });
  };
  return (x) => (bias === null ? spread(x) : tf.add(spread(x), bias));
}

/** The exact form, as our networks have it. */
export const gelu: StockLayer = (x) => tf.mul(tf.mul(x, 0.5), tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2))));

/** Dropout as a mask of random numbers; tfjs's own draws each by a slower generator. */
export function dropped(x: tf.Tensor, rate: number, shape: readonly number[] = x.shape): tf.Tensor {
  const mask = new Float32Array(shape.reduce((product, size) => product * size, 1));
  // Only time is taken of it: no seed, as whoever writes it plainly has none.
  for (let at = 0; at < mask.length; at++) mask[at] = Math.random() < rate ? 0 : 1 / (1 - rate);
  return tf.mul(x, tf.tensor(mask, [...shape]));
}

/** The head of every classifier of recordings. `[batch, inputs]` → `[batch, 1]` */
export function head(context: StockContext, inputs: number): StockLayer {
  const features = dense(context, inputs, 256);
  const [first, last] = [dense(context, 256, 32), dense(context, 32, 1)];
  return (x) => last(dropped(tf.relu(first(features(x))), 0.25));
}
