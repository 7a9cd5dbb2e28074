import * as tf from "@tensorflow/tfjs-core";
import { samePadding, tapsOf } from "../neural/ops/windows.ts";

/** Networks as they are written with tfjs's own operations and its own gradients: what ours are measured against. */
export type StockForward = (signals: tf.Tensor2D) => tf.Tensor2D;

/** Makes a variable to be trained, of small random numbers. */
export type MakeVariable = (shape: number[]) => tf.Variable;

const asMatrix = (variable: tf.Variable) => variable as tf.Tensor as tf.Tensor2D;

/** Batch normalisation by the statistics of the batch. */
function normalised(y: tf.Tensor, scale: tf.Variable, offset: tf.Variable): tf.Tensor3D {
  const { mean, variance } = tf.moments(y, [0, 1]);
  const [gain, shift] = [scale, offset].map((each) => each as tf.Tensor as tf.Tensor1D);
  return tf.batchNorm(y, mean as tf.Tensor1D, variance as tf.Tensor1D, shift, gain) as tf.Tensor3D;
}

/**
 * ResNet-18. tfjs cannot train its own convolution on wasm: there the windows are unfolded and multiplied.
 * @param isOwnConvolution whether tfjs's own convolution is used
 */
export function stockResNet(variable: MakeVariable, isOwnConvolution: boolean): StockForward {
  const convolution = (inputs: number, outputs: number, kernel: number, stride: number) => {
    const weights = variable([kernel * inputs, outputs]);
    const [scale, offset] = [variable([outputs]), variable([outputs])];
    return (x: tf.Tensor3D) => {
      const [batch, length] = x.shape;
      const padding = samePadding(length, kernel, stride);
      if (isOwnConvolution) {
        const filter = tf.reshape(weights, [kernel, inputs, outputs]) as tf.Tensor3D;
        return normalised(
          tf.conv1d(
            tf.pad(x, [
              [0, 0],
              [padding[0], padding[1]],
              [0, 0],
            ]),
            filter,
            stride,
            "valid",
          ),
          scale,
          offset,
        );
      }
      const unfolded = tf.concat(tapsOf(x, { kernel, stride, dilation: 1, padding }), 2);
      const count = unfolded.shape[1];
      const rows = tf.reshape(unfolded, [batch * count, kernel * inputs]) as tf.Tensor2D;
      const y = tf.reshape(tf.matMul(rows, weights as tf.Tensor as tf.Tensor2D), [batch, count, outputs]);
      return normalised(y, scale, offset);
    };
  };
  const block = (inputs: number, outputs: number, stride: number) => {
    const [first, second] = [convolution(inputs, outputs, 3, stride), convolution(outputs, outputs, 3, 1)];
    const shortcut = inputs === outputs && stride === 1 ? null : convolution(inputs, outputs, 1, stride);
    return (x: tf.Tensor3D) =>
      tf.relu(
        tf.add(second(tf.relu(first(x)) as tf.Tensor3D), shortcut === null ? x : shortcut(x)),
      ) as tf.Tensor3D;
  };
  const stem = convolution(1, 64, 7, 2);
  const blocks = [64, 128, 256, 512].flatMap((channels, stage) => [
    block(stage === 0 ? 64 : channels / 2, channels, stage === 0 ? 1 : 2),
    block(channels, channels, 1),
  ]);
  const [features, first, last] = [variable([512, 256]), variable([256, 32]), variable([32, 1])];
  return (signals: tf.Tensor2D) => {
    const opened = tf.relu(stem(tf.expandDims(signals, 2) as tf.Tensor3D)) as tf.Tensor3D;
    const taps = tapsOf(opened, { kernel: 3, stride: 2, dilation: 1, padding: [1, 1] });
    let x = taps.reduce((most, tap) => tf.maximum(most, tap) as tf.Tensor3D);
    for (const each of blocks) x = each(x);
    const matrix = (weights: tf.Variable) => weights as tf.Tensor as tf.Tensor2D;
    const pooled = tf.matMul(tf.mean(x, 1) as tf.Tensor2D, matrix(features));
    return tf.matMul(tf.relu(tf.matMul(pooled, matrix(first))) as tf.Tensor2D, matrix(last)) as tf.Tensor2D;
  };
}

/** Two layers of 512 as tfjs-layers runs them: a cell of kernels for every step, differentiated by the tape. */
export function stockLstm(variable: MakeVariable): StockForward {
  const [units, samples] = [512, 5];
  const layer = (inputs: number) => {
    const [kernel, recurrent, bias] = [
      variable([inputs, 4 * units]),
      variable([units, 4 * units]),
      variable([4 * units]),
    ];
    return (steps: tf.Tensor2D[]) => {
      let [hidden, cell] = [tf.zeros([steps[0].shape[0], units]), tf.zeros([steps[0].shape[0], units])];
      return steps.map((step) => {
        const fed = tf.add(
          tf.matMul(step, kernel as tf.Tensor as tf.Tensor2D),
          tf.matMul(hidden as tf.Tensor2D, recurrent as tf.Tensor as tf.Tensor2D),
        );
        const [i, f, g, o] = tf.split(tf.add(fed, bias), 4, 1);
        cell = tf.add(tf.mul(tf.sigmoid(f), cell), tf.mul(tf.sigmoid(i), tf.tanh(g)));
        hidden = tf.mul(tf.sigmoid(o), tf.tanh(cell));
        return hidden as tf.Tensor2D;
      });
    };
  };
  const layers = [layer(samples), layer(units)];
  const last = variable([units, 1]);
  return (signals: tf.Tensor2D) => {
    const [batch] = signals.shape;
    const whole = tf.reshape(tf.slice(signals, [0, 0], [batch, 215]), [batch, 43, samples]);
    let steps = tf.unstack(whole, 1) as tf.Tensor2D[];
    for (const each of layers) steps = each(steps);
    return tf.matMul(steps[steps.length - 1], last as tf.Tensor as tf.Tensor2D) as tf.Tensor2D;
  };
}

const width = 64;

/** Dense layer over the last axis. */
function dense(variable: MakeVariable, inputs: number, outputs: number): (x: tf.Tensor) => tf.Tensor {
  const [weights, bias] = [variable([inputs, outputs]), variable([outputs])];
  return (x) => {
    const rows = tf.reshape(x, [-1, inputs]) as tf.Tensor2D;
    return tf.reshape(tf.add(tf.matMul(rows, asMatrix(weights)), bias), [...x.shape.slice(0, -1), outputs]);
  };
}

/** Layer normalisation of elementary operations. */
function layerNorm(variable: MakeVariable, channels: number): (x: tf.Tensor) => tf.Tensor {
  const [scale, offset] = [variable([channels]), variable([channels])];
  return (x) => {
    const { mean, variance } = tf.moments(x, -1, true);
    const normal = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5)));
    return tf.add(tf.mul(normal, scale), offset);
  };
}

/** The exact form, as our networks have it. */
const gelu = (x: tf.Tensor) => tf.mul(tf.mul(x, 0.5), tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2))));

/** Dropout as a mask of random numbers; tfjs's own draws each by a slower generator. */
function dropped(x: tf.Tensor, rate: number): tf.Tensor {
  const mask = new Float32Array(x.size);
  for (let at = 0; at < mask.length; at++) mask[at] = Math.random() < rate ? 0 : 1 / (1 - rate);
  return tf.mul(x, tf.tensor(mask, x.shape));
}

/** Pieces of a recording as tokens, one of zeros in front. */
function tokensOf(variable: MakeVariable, length: number, chunk: number) {
  const embed = dense(variable, chunk, width);
  const count = Math.floor(length / chunk);
  return {
    count: count + 1,
    tokens: (signals: tf.Tensor2D) => {
      const whole = tf.slice(signals, [0, 0], [signals.shape[0], count * chunk]);
      const front = tf.pad2d(whole as tf.Tensor2D, [
        [0, 0],
        [chunk, 0],
      ]);
      return embed(tf.reshape(front, [signals.shape[0], count + 1, chunk]));
    },
  };
}

/** Four encoder layers of 16 heads, as the Transformer's defaults. */
export function stockTransformer(variable: MakeVariable, length: number): StockForward {
  const [heads, hidden] = [16, 128];
  const { tokens, count } = tokensOf(variable, length, 50);
  const layers = Array.from({ length: 4 }, () => {
    const [query, key, value, join] = Array.from({ length: 4 }, () => dense(variable, width, width));
    const [first, second] = [dense(variable, width, hidden), dense(variable, hidden, width)];
    const [before, after] = [layerNorm(variable, width), layerNorm(variable, width)];
    const apart = (x: tf.Tensor) =>
      tf.transpose(tf.reshape(x, [x.shape[0], count, heads, width / heads]), [0, 2, 1, 3]);
    return (x: tf.Tensor) => {
      const scores = tf.mul(tf.matMul(apart(query(x)), apart(key(x)), false, true), Math.sqrt(heads / width));
      const seen = tf.matMul(dropped(tf.softmax(scores), 0.1), apart(value(x)));
      const joined = tf.reshape(tf.transpose(seen, [0, 2, 1, 3]), [x.shape[0], count, width]);
      const middle = before(tf.add(x, dropped(join(joined), 0.1)));
      return after(tf.add(middle, dropped(second(dropped(gelu(first(middle)), 0.1)), 0.1)));
    };
  });
  const classify = dense(variable, width, 1);
  return (signals) => {
    let x = tokens(signals);
    for (const layer of layers) x = layer(x);
    return classify(tf.mean(x, 1)) as tf.Tensor2D;
  };
}

/** Four blocks of diagonal state spaces with 64 modes a channel, run as the recurrences that define them. */
export function stockStateSpaces(variable: MakeVariable, length: number): StockForward {
  const modes = 64;
  const { tokens, count } = tokensOf(variable, length, 50);
  const blocks = Array.from({ length: 4 }, () => {
    const [decay, frequency, real, imaginary] = Array.from({ length: 4 }, () => variable([width, modes]));
    const direct = variable([width]);
    const mix = dense(variable, width, 2 * width);
    const norm = layerNorm(variable, width);
    return (x: tf.Tensor) => {
      const shrink = tf.exp(tf.neg(tf.exp(decay)));
      const [turn, side] = [tf.mul(shrink, tf.cos(frequency)), tf.mul(shrink, tf.sin(frequency))];
      let [stateReal, stateImaginary] = [
        tf.zeros([x.shape[0], width, modes]),
        tf.zeros([x.shape[0], width, modes]),
      ];
      const outputs = (tf.unstack(x, 1) as tf.Tensor[]).map((step) => {
        const fed = tf.add(
          tf.sub(tf.mul(turn, stateReal), tf.mul(side, stateImaginary)),
          tf.expandDims(step, 2),
        );
        stateImaginary = tf.add(tf.mul(side, stateReal), tf.mul(turn, stateImaginary));
        stateReal = fed;
        return tf.sum(tf.sub(tf.mul(real, stateReal), tf.mul(imaginary, stateImaginary)), 2);
      });
      const seen = tf.add(tf.stack(outputs, 1), tf.mul(x, direct));
      const [content, gate] = tf.split(mix(dropped(gelu(tf.reshape(seen, [-1, count, width])), 0.2)), 2, 2);
      return norm(tf.add(x, dropped(tf.mul(content, tf.sigmoid(gate)), 0.2)));
    };
  });
  const classify = dense(variable, width, 1);
  return (signals) => {
    let x = tokens(signals);
    for (const block of blocks) x = block(x);
    return classify(tf.mean(x, 1)) as tf.Tensor2D;
  };
}
