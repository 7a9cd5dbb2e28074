import * as tf from "@tensorflow/tfjs-core";
import type { Architecture } from "../classifiers/architecture.ts";
import { beatLstm } from "../classifiers/beatLstm.ts";
import { probedNetwork } from "../classifiers/probedNetwork.ts";
import { resNet18 } from "../classifiers/resNet.ts";
import { s4 } from "../classifiers/s4.ts";
import { transformer } from "../classifiers/transformer.ts";
import { defaultsOf } from "../domain/schema.ts";
import { type BackendName, openBackend } from "../neural/backend/backends.ts";
import { normalTensor } from "../neural/ops/differentiable.ts";
import { Adam } from "../neural/training/adam.ts";
import { binaryCrossEntropy } from "../neural/training/losses.ts";
import { createRandom } from "../signal/random.ts";
import {
  type MakeVariable,
  type StockForward,
  stockLstm,
  stockResNet,
  stockStateSpaces,
  stockTransformer,
} from "./stockNetworks.ts";

/** What is trained in a measurement. */
export interface Size {
  /** Samples of a recording. */
  readonly length: number;
  readonly batch: number;
}

/** A network whose speed is measured, ours and as tfjs's own operations make it. */
export interface TrainingCase {
  readonly name: string;
  readonly architecture: Architecture;
  readonly full: Size;
  /** In plain JavaScript, and where a graphics card is imitated by the processor. */
  readonly small: Size;
  /** What the stock form is. */
  readonly baseline: string;
  readonly stock: (variable: MakeVariable, size: Size, backend: BackendName) => StockForward;
}

/** The networks of the training benchmarks. */
export const trainingCases: readonly TrainingCase[] = [
  {
    name: "ResNet-18",
    architecture: resNet18,
    full: { length: 5000, batch: 2 },
    small: { length: 256, batch: 1 },
    baseline: "tfjs's own convolution, or unfolded windows where it cannot be trained",
    stock: (variable, _, backend) => stockResNet(variable, backend !== "wasm"),
  },
  {
    name: "LSTM 2 × 512",
    architecture: beatLstm,
    full: { length: 216, batch: 20 },
    small: { length: 216, batch: 2 },
    baseline: "a cell of kernels a step under tfjs's own gradients",
    stock: (variable) => stockLstm(variable),
  },
  {
    name: "Transformer",
    architecture: transformer,
    full: { length: 5000, batch: 8 },
    small: { length: 500, batch: 2 },
    baseline: "the same layers under tfjs's own gradients",
    stock: (variable, { length }) => stockTransformer(variable, length),
  },
  {
    name: "S4",
    architecture: s4,
    full: { length: 5000, batch: 8 },
    small: { length: 500, batch: 2 },
    baseline: "the recurrence under tfjs's own gradients",
    stock: (variable, { length }) => stockStateSpaces(variable, length),
  },
];

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

/** Training steps a second of a case's network, on a backend. */
export async function ourRate(
  { architecture }: TrainingCase,
  size: Size,
  backend: BackendName,
): Promise<number> {
  await openBackend(backend);
  const context = { length: size.length, outputs: 1, random: createRandom(1) };
  const network = probedNetwork(
    architecture.build(defaultsOf(architecture.hyperparameters), context),
    size.batch,
    size.length,
  );
  const rate = await stepsPerSecond(network.step);
  network.dispose();
  return rate;
}

/** Training steps a second of the same network written with tfjs's own operations, on a backend. */
export async function stockRate({ stock }: TrainingCase, size: Size, backend: BackendName): Promise<number> {
  await openBackend(backend);
  const variables: tf.Variable[] = [];
  const forward = stock(
    (shape) => {
      const variable = tf.tidy(() => tf.variable(tf.mul(normalTensor(shape, variables.length + 1), 0.05)));
      variables.push(variable);
      return variable;
    },
    size,
    backend,
  );
  const signals = normalTensor([size.batch, size.length], 7) as tf.Tensor2D;
  const labels = tf.tensor2d(Array.from({ length: size.batch }, (_, row) => [row % 2]));
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
