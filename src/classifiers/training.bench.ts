import * as tf from "@tensorflow/tfjs-core";
import { defaultsOf } from "../domain/schema.ts";
import { openBackend } from "../neural/backend/backends.ts";
import { normalTensor } from "../neural/ops/differentiable.ts";
import { samePadding, tapsOf } from "../neural/ops/windows.ts";
import { Adam } from "../neural/training/adam.ts";
import { binaryCrossEntropy } from "../neural/training/losses.ts";
import { createRandom } from "../signal/random.ts";
import type { Benchmark } from "../testing/benchmark.ts";
import type { Architecture } from "./architecture.ts";
import { beatLstm } from "./beatLstm.ts";
import { probedNetwork } from "./probedNetwork.ts";
import { resNet18 } from "./resNet.ts";

const timedSteps = 3;

/** Training steps a second: the median of some, after one that is not timed. */
async function stepsPerSecond(step: () => Promise<void>): Promise<number> {
  await step();
  const times: number[] = [];
  for (let index = 0; index < timedSteps; index++) {
    const began = performance.now();
    await step();
    times.push(performance.now() - began);
  }
  return 1000 / times.sort((one, other) => one - other)[Math.floor(timedSteps / 2)];
}

async function ours(architecture: Architecture, length: number, batch: number): Promise<number> {
  await openBackend("wasm");
  const context = { length, outputs: 1, random: createRandom(1) };
  const network = probedNetwork(
    architecture.build(defaultsOf(architecture.hyperparameters), context),
    batch,
    length,
  );
  const rate = await stepsPerSecond(network.step);
  network.dispose();
  return rate;
}

/** The same network written with tfjs's own operations and its own gradients. */
async function stock(
  build: (variable: (shape: number[]) => tf.Variable) => (signals: tf.Tensor2D) => tf.Tensor2D,
  length: number,
  batch: number,
): Promise<number> {
  await openBackend("wasm");
  const variables: tf.Variable[] = [];
  const forward = build((shape) => {
    const variable = tf.tidy(() => tf.variable(tf.mul(normalTensor(shape, variables.length + 1), 0.05)));
    variables.push(variable);
    return variable;
  });
  const signals = normalTensor([batch, length], 7) as tf.Tensor2D;
  const labels = tf.tensor2d(Array.from({ length: batch }, (_, row) => [row % 2]));
  const adam = new Adam(variables, { learningRate: 1e-3 });
  const rate = await stepsPerSecond(async () => {
    const { loss, gradientNorm } = adam.minimise(() => binaryCrossEntropy(forward(signals), labels));
    await loss.data();
    tf.dispose([loss, gradientNorm]);
  });
  adam.dispose();
  tf.dispose([...variables, signals, labels]);
  return rate;
}

/** ResNet-18 of unfolded windows and matrix products, since tfjs cannot train its own convolution on wasm. */
function stockResNet(variable: (shape: number[]) => tf.Variable) {
  const convolution = (inputs: number, outputs: number, kernel: number, stride: number) => {
    const weights = variable([kernel * inputs, outputs]);
    const [scale, offset] = [variable([outputs]), variable([outputs])];
    return (x: tf.Tensor3D) => {
      const [batch, length] = x.shape;
      const padding = samePadding(length, kernel, stride);
      const unfolded = tf.concat(tapsOf(x, { kernel, stride, dilation: 1, padding }), 2);
      const count = unfolded.shape[1];
      const rows = tf.reshape(unfolded, [batch * count, kernel * inputs]) as tf.Tensor2D;
      const y = tf.reshape(tf.matMul(rows, weights as tf.Tensor as tf.Tensor2D), [batch, count, outputs]);
      const { mean, variance } = tf.moments(y, [0, 1]);
      return tf.batchNorm(
        y,
        mean as tf.Tensor1D,
        variance as tf.Tensor1D,
        offset as tf.Tensor as tf.Tensor1D,
        scale as tf.Tensor as tf.Tensor1D,
      ) as tf.Tensor3D;
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
function stockLstm(variable: (shape: number[]) => tf.Variable) {
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

export const benchmarks: readonly Benchmark[] = [
  {
    name: "training ResNet-18, 2 × 5,000 samples, wasm",
    unit: "steps/s",
    better: "higher",
    baseline: "unfolded windows under tfjs's own gradients",
    atLeastRatio: 3,
    measure: () => ours(resNet18, 5000, 2),
    measureBaseline: () => stock(stockResNet, 5000, 2),
  },
  {
    name: "training LSTM 2 × 512, 20 beats, wasm",
    unit: "steps/s",
    better: "higher",
    baseline: "a cell of kernels a step under tfjs's own gradients",
    atLeastRatio: 1,
    measure: () => ours(beatLstm, 216, 20),
    measureBaseline: () => stock(stockLstm, 216, 20),
  },
];
