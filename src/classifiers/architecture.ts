import type * as tf from "@tensorflow/tfjs-core";
import type { Schema, Values } from "../domain/schema.ts";
import { type Mode, type NamedVariable, Scope } from "../neural/layers/scope.ts";
import type { Random } from "../signal/random.ts";

/** What a network is built for. */
export interface ClassifierContext {
  /** Samples of an input. */
  readonly length: number;
  /** Logits: 1 for a question of yes or no, otherwise one a class. */
  readonly outputs: number;
  /** Source of the first values of all parameters. */
  readonly random: Random;
}

/** `[batch, time]`, standardised → logits `[batch, outputs]` */
export type ClassifierForward = (signals: tf.Tensor2D, mode: Mode) => tf.Tensor2D;

/** A network in two: its last hidden layer, and the linear layer behind it. */
export interface ClassifierParts {
  /** `[batch, time]` → `[batch, features]` */
  readonly features: ClassifierForward;
  /** `[batch, features]` → logits `[batch, outputs]` */
  readonly classify: (features: tf.Tensor2D) => tf.Tensor2D;
}

/** A network with its variables. */
export interface Classifier {
  readonly forward: ClassifierForward;
  /** What the last hidden layer says of signals, where the architecture tells it. */
  readonly features?: ClassifierForward;
  /** Trained variables. */
  readonly parameters: readonly NamedVariable[];
  /** Variables that belong to the network and are not trained. */
  readonly buffers: readonly NamedVariable[];
  dispose(): void;
}

/** What the page is told of an architecture. */
export interface ArchitectureDescription {
  readonly title: string;
  /** One sentence for the chooser. */
  readonly description: string;
  readonly paper: string;
  readonly family: "convolutional" | "recurrent" | "attention" | "state space";
  /** Made for single beats; otherwise for recordings. */
  readonly isOfBeats?: boolean;
  readonly hyperparameters: Schema;
}

/** An architecture of the registry. */
export interface Architecture extends ArchitectureDescription {
  build(values: Values, context: ClassifierContext): Classifier;
}

/** An architecture whose layers keep their variables in the scope that they are given. */
export function defineArchitecture(
  description: ArchitectureDescription,
  network: (scope: Scope, values: Values, context: ClassifierContext) => ClassifierForward | ClassifierParts,
): Architecture {
  return {
    ...description,
    build(values, context) {
      const scope = Scope.root(context.random);
      const built = network(scope, values, context);
      return {
        ...(typeof built === "function"
          ? { forward: built }
          : {
              features: built.features,
              forward: (signals: tf.Tensor2D, mode: Mode) => built.classify(built.features(signals, mode)),
            }),
        parameters: scope.parameters,
        buffers: scope.buffers,
        dispose: () => scope.dispose(),
      };
    },
  };
}

/** Trained numbers of a network. */
export const parameterCount = ({ parameters }: Pick<Classifier, "parameters">): number =>
  parameters.reduce((sum, { variable }) => sum + variable.size, 0);
