import * as tf from "@tensorflow/tfjs-core";
import type { Architecture } from "../classifiers/architecture.ts";
import { beatLstm } from "../classifiers/beatLstm.ts";
import { probedNetwork } from "../classifiers/probedNetwork.ts";
import { resNet18 } from "../classifiers/resNet.ts";
import { s4 } from "../classifiers/s4.ts";
import { transformer } from "../classifiers/transformer.ts";
import { resolveValues } from "../domain/schema.ts";
import { type BackendName, openBackend } from "../neural/backend/backends.ts";
import { normalTensor } from "../neural/ops/differentiable.ts";
import { createRandom } from "../signal/random.ts";
import { type PairedRates, pairedRates, type Steps, settled } from "./pairedRates.ts";
import { type StockContext, stockContext } from "./stockLayers.ts";
import {
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
  /** Channels of a convolutional network, as a multiple of its full width. */
  readonly width?: number;
}

/** A network whose speed is measured, ours and as tfjs's own operations make it. */
export interface TrainingCase {
  readonly name: string;
  readonly architecture: Architecture;
  readonly full: Size;
  /** In plain JavaScript, and where a graphics card is imitated by the processor. */
  readonly small: Size;
  /** What the stock form is, beside its layers, loss and optimiser, which are the same. */
  readonly baseline: string;
  readonly stock: (context: StockContext, size: Size) => StockForward;
}

/** The networks of the training benchmarks. */
export const trainingCases: readonly TrainingCase[] = [
  {
    name: "ResNet-18",
    architecture: resNet18,
    full: { length: 5000, batch: 2 },
    small: { length: 256, batch: 2, width: 0.25 },
    baseline: "tfjs's own convolution, or unfolded windows where it cannot be trained",
    stock: (context, { width = 1 }) => stockResNet(context, width),
  },
  {
    name: "LSTM 2 × 512",
    architecture: beatLstm,
    full: { length: 216, batch: 20 },
    small: { length: 110, batch: 2 },
    baseline: "a cell of kernels a step under tfjs's own gradients",
    stock: (context, { length }) => stockLstm(context, length),
  },
  {
    name: "Transformer",
    architecture: transformer,
    full: { length: 5000, batch: 8 },
    small: { length: 500, batch: 2 },
    baseline: "the same layers under tfjs's own gradients",
    stock: (context, { length }) => stockTransformer(context, length),
  },
  {
    name: "S4",
    architecture: s4,
    full: { length: 5000, batch: 8 },
    small: { length: 500, batch: 2 },
    baseline: "the recurrence under tfjs's own gradients",
    stock: (context, { length }) => stockStateSpaces(context, length),
  },
];

/** A network with what is trained, in words. */
export const titleOf = ({ name }: TrainingCase, { length, batch, width }: Size): string =>
  `${name}, ${width === undefined ? "" : `width ${width}, `}${batch} × ${length.toLocaleString("en")} samples`;

/** Training steps a second of a case's network, ours and stock, on a backend. */
export async function trainingRates(
  { architecture, stock }: TrainingCase,
  size: Size,
  backend: BackendName,
): Promise<PairedRates> {
  await openBackend(backend);
  return pairedRates(
    async () => ourSteps(architecture, size),
    async () => stockSteps((context) => stock(context, size), size, backend),
  );
}

function ourSteps(architecture: Architecture, { length, batch, width }: Size): Steps {
  const values = resolveValues(architecture.hyperparameters, width === undefined ? {} : { width });
  const classifier = architecture.build(values, { length, outputs: 1, random: createRandom(1) });
  const variables = classifier.parameters.map(({ variable }) => variable);
  const network = probedNetwork(classifier, batch, length);
  return {
    async step() {
      await network.step();
      await settled(variables);
    },
    dispose: () => network.dispose(),
  };
}

function stockSteps(
  build: (context: StockContext) => StockForward,
  { length, batch }: Size,
  backend: BackendName,
): Steps {
  const { context, variables, dispose } = stockContext(backend);
  const forward = build(context);
  const signals = normalTensor([batch, length], 7) as tf.Tensor2D;
  const labels = tf.tensor2d(Array.from({ length: batch }, (_, row) => [row % 2]));
  const adam = tf.train.adam(1e-3);
  return {
    async step() {
      const loss = adam.minimize(
        () => tf.losses.sigmoidCrossEntropy(labels, forward(signals)) as tf.Scalar,
        true,
        variables,
      ) as tf.Scalar;
      await loss.data();
      loss.dispose();
      await settled(variables);
    },
    dispose() {
      adam.dispose();
      dispose();
      tf.dispose([signals, labels]);
    },
  };
}
