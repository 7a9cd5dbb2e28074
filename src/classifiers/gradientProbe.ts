import * as tf from "@tensorflow/tfjs-core";
import { resolveValues, type Values } from "../domain/schema.ts";
import { type GradientProbe, readAndDispose } from "../neural/backend/agreement.ts";
import { createRandom } from "../signal/random.ts";
import type { Architecture, Classifier } from "./architecture.ts";

/** A small form of an architecture, which runs in a moment on any backend. */
export function smallForm({ hyperparameters }: Pick<Architecture, "hyperparameters">): Values {
  const wanted: Values = {
    width: 0.125,
    backboneWidth: "16",
    chunkLength: "20",
    depth: 1,
    recurrentDepth: 1,
    recurrentUnits: "16",
    feedForwardWidth: "32",
    stateSize: "32",
    stepLength: 20,
    filters: "4",
    hidden: "16",
    hiddenLayers: 1,
  };
  return Object.fromEntries(Object.entries(wanted).filter(([key]) => hyperparameters[key] !== undefined));
}

/** A small network with two recordings to be run on, in training: dropout and the statistics of the batch take part. */
export interface SmallNetwork {
  readonly classifier: Classifier;
  /** Σ weights · logits, for weights drawn at random. */
  score(): tf.Scalar;
  dispose(): void;
}

export function smallNetwork(architecture: Architecture, seed = 1, length = 320, batch = 4): SmallNetwork {
  const values = resolveValues(architecture.hyperparameters, smallForm(architecture));
  const outputs = 3;
  const classifier = architecture.build(values, { length, outputs, random: createRandom(seed) });
  keepOffKinks(classifier);
  const drawn = (shape: [number, number], stream: number) => {
    const samples = new Float32Array(shape[0] * shape[1]);
    createRandom(seed, stream).addNormal(samples, 1);
    return tf.tensor2d(samples, shape);
  };
  const signals = drawn([batch, length], 1);
  const weights = drawn([batch, outputs], 2);
  return {
    classifier,
    score: () => {
      const mode = { training: true, random: createRandom(seed, 3) };
      return tf.sum(tf.mul(classifier.forward(signals, mode), weights)) as tf.Scalar;
    },
    dispose: () => {
      classifier.dispose();
      tf.dispose([signals, weights]);
    },
  };
}

/**
 * Moves what enters a rectifier far to one side or the other, channel by channel: both sides are then passed through, and
 * neither differences nor another backend's rounding cross the kink between them.
 */
function keepOffKinks({ parameters }: Classifier): void {
  for (const { name, variable } of parameters) {
    const distance = name.endsWith("norm.bias") ? 5 : name.endsWith("linear1.bias") ? 10 : null;
    if (distance === null) continue;
    const offsets = Float32Array.from({ length: variable.size }, (_, channel) =>
      channel % 2 === 0 ? distance : -distance,
    );
    tf.tidy(() => variable.assign(tf.tensor(offsets, variable.shape)));
  }
}

/** Gradients of all parameters of a small form of an architecture. */
export function architectureProbe(architecture: Architecture): GradientProbe {
  return {
    name: architecture.title,
    async gradients() {
      const network = smallNetwork(architecture);
      const variables = network.classifier.parameters.map(({ variable }) => variable);
      const { value, grads } = tf.variableGrads(network.score, variables);
      const values = await readAndDispose(
        variables.flatMap(({ name }) => (grads[name] as tf.Tensor | null) ?? []),
      );
      value.dispose();
      network.dispose();
      return values;
    },
  };
}
