import * as tf from "@tensorflow/tfjs-core";
import { tapsOf } from "../neural/ops/windows.ts";
import {
  asMatrix,
  batchNorm,
  convolution,
  dense,
  dropped,
  gelu,
  head,
  layerNorm,
  type StockContext,
  type StockLayer,
} from "./stockLayers.ts";

/** Classifiers as they are written with tfjs's own operations: `[batch, length]` → logits `[batch, 1]`. */
export type StockForward = (signals: tf.Tensor2D) => tf.Tensor2D;

/** ResNet-18. @param width of all layers, as a multiple of the full one */
export function stockResNet(context: StockContext, width: number): StockForward {
  const normalised = (inputs: number, outputs: number, kernel: number, stride: number): StockLayer => {
    const side = (kernel - 1) / 2;
    const convolve = convolution(context, inputs, outputs, { kernel, stride, padding: [side, side] });
    const norm = batchNorm(context, outputs);
    return (x) => norm(convolve(x));
  };
  const block = (inputs: number, outputs: number, stride: number): StockLayer => {
    const [first, second] = [normalised(inputs, outputs, 3, stride), normalised(outputs, outputs, 3, 1)];
    const shortcut: StockLayer =
      inputs === outputs && stride === 1 ? (x) => x : normalised(inputs, outputs, 1, stride);
    return (x) => tf.relu(tf.add(second(tf.relu(first(x))), shortcut(x)));
  };
  const full = [64, 128, 256, 512].map((channels) => channels * width);
  const stem = normalised(1, full[0], 7, 2);
  const blocks = full.flatMap((channels, stage) => [
    block(full[Math.max(0, stage - 1)], channels, stage === 0 ? 1 : 2),
    block(channels, channels, 1),
  ]);
  const classify = head(context, full[3]);
  return (signals) => {
    let x = pooled(tf.relu(stem(tf.expandDims(signals, 2))), context.hasOwnConvolution);
    for (const each of blocks) x = each(x);
    return classify(tf.mean(x, 1)) as tf.Tensor2D;
  };
}

/** The largest of three, every second time. tfjs's own pooling has a wrong gradient where it has no convolution to train. */
function pooled(x: tf.Tensor, isOwn: boolean): tf.Tensor {
  if (!isOwn) {
    const taps = tapsOf(x as tf.Tensor3D, { kernel: 3, stride: 2, dilation: 1, padding: [1, 1] });
    return taps.reduce((most, tap) => tf.maximum(most, tap) as tf.Tensor3D);
  }
  const padded = tf.pad(x, [
    [0, 0],
    [1, 1],
    [0, 0],
  ]);
  return tf.squeeze(tf.maxPool(tf.expandDims(padded, 2) as tf.Tensor4D, [3, 1], [2, 1], "valid"), [2]);
}

/** Two layers of 512 as tfjs-layers runs them: a cell of kernels for every step, differentiated by the tape. */
export function stockLstm(context: StockContext, length: number): StockForward {
  const [units, samples] = [512, 5];
  const count = Math.floor(length / samples);
  const layer = (inputs: number) => {
    const [kernel, recurrent, bias] = [
      context.variable([inputs, 4 * units]),
      context.variable([units, 4 * units]),
      context.variable([4 * units]),
    ];
    return (steps: tf.Tensor2D[]) => {
      let [hidden, cell] = [tf.zeros([steps[0].shape[0], units]), tf.zeros([steps[0].shape[0], units])];
      return steps.map((step) => {
        const fed = tf.add(
          tf.matMul(step, asMatrix(kernel)),
          tf.matMul(hidden as tf.Tensor2D, asMatrix(recurrent)),
        );
        const [i, f, g, o] = tf.split(tf.add(fed, bias), 4, 1);
        cell = tf.add(tf.mul(tf.sigmoid(f), cell), tf.mul(tf.sigmoid(i), tf.tanh(g)));
        hidden = tf.mul(tf.sigmoid(o), tf.tanh(cell));
        return hidden as tf.Tensor2D;
      });
    };
  };
  const layers = [layer(samples), layer(units)];
  const last = dense(context, units, 1);
  return (signals) => {
    const [batch] = signals.shape;
    const used = tf.slice(signals, [0, 0], [batch, count * samples]);
    const whole = tf.reshape(used, [batch, count, samples]);
    let steps = tf.unstack(whole, 1) as tf.Tensor2D[];
    for (const each of layers) steps = each(steps);
    return last(steps[steps.length - 1]) as tf.Tensor2D;
  };
}

const tokenWidth = 64;

/** Pieces of a recording as tokens, one of zeros in front. */
function tokensOf(context: StockContext, length: number, chunk: number) {
  const embed = dense(context, chunk, tokenWidth);
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
export function stockTransformer(context: StockContext, length: number): StockForward {
  const [heads, hidden] = [16, 128];
  const { tokens, count } = tokensOf(context, length, 50);
  const layers = Array.from({ length: 4 }, (): StockLayer => {
    const [query, key, value, join] = Array.from({ length: 4 }, () => dense(context, tokenWidth, tokenWidth));
    const [first, second] = [dense(context, tokenWidth, hidden), dense(context, hidden, tokenWidth)];
    const [before, after] = [layerNorm(context, tokenWidth), layerNorm(context, tokenWidth)];
    const apart = (x: tf.Tensor) =>
      tf.transpose(tf.reshape(x, [x.shape[0], count, heads, tokenWidth / heads]), [0, 2, 1, 3]);
    return (x) => {
      const scores = tf.mul(
        tf.matMul(apart(query(x)), apart(key(x)), false, true),
        Math.sqrt(heads / tokenWidth),
      );
      const seen = tf.matMul(dropped(tf.softmax(scores), 0.1), apart(value(x)));
      const joined = tf.reshape(tf.transpose(seen, [0, 2, 1, 3]), [x.shape[0], count, tokenWidth]);
      const middle = before(tf.add(x, dropped(join(joined), 0.1)));
      return after(tf.add(middle, dropped(second(dropped(gelu(first(middle)), 0.1)), 0.1)));
    };
  });
  const weigh = dense(context, count, 1);
  const classify = head(context, tokenWidth);
  return (signals) => {
    let x = tokens(signals);
    for (const layer of layers) x = layer(x);
    const pool = tf.squeeze(weigh(tf.transpose(x, [0, 2, 1])), [2]);
    return classify(pool) as tf.Tensor2D;
  };
}

/** Four blocks of diagonal state spaces with 64 modes a channel, run as the recurrences that define them. */
export function stockStateSpaces(context: StockContext, length: number): StockForward {
  const modes = 64;
  const { tokens, count } = tokensOf(context, length, 50);
  const blocks = Array.from({ length: 4 }, (): StockLayer => {
    const [decay, frequency, real, imaginary] = Array.from({ length: 4 }, () =>
      context.variable([tokenWidth, modes]),
    );
    const direct = context.variable([tokenWidth]);
    const mix = dense(context, tokenWidth, 2 * tokenWidth);
    const norm = layerNorm(context, tokenWidth);
    return (x) => {
      const shrink = tf.exp(tf.neg(tf.exp(decay)));
      const [turn, side] = [tf.mul(shrink, tf.cos(frequency)), tf.mul(shrink, tf.sin(frequency))];
      let [stateReal, stateImaginary] = [
        tf.zeros([x.shape[0], tokenWidth, modes]),
        tf.zeros([x.shape[0], tokenWidth, modes]),
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
      const [content, gate] = tf.split(
        mix(dropped(gelu(tf.reshape(seen, [-1, count, tokenWidth])), 0.2)),
        2,
        2,
      );
      return norm(tf.add(x, dropped(tf.mul(content, tf.sigmoid(gate)), 0.2, [x.shape[0], 1, tokenWidth])));
    };
  });
  const classify = head(context, tokenWidth);
  return (signals) => {
    let x = tokens(signals);
    for (const block of blocks) x = block(x);
    return classify(tf.mean(x, 1)) as tf.Tensor2D;
  };
}
