import * as tf from "@tensorflow/tfjs-core";
import type { Random } from "../../signal/random.ts";
import type { Initialiser } from "./initialisers.ts";

/** How a network is run: with dropout and the statistics of its batch, or as it was trained. */
export interface Mode {
  readonly training: boolean;
  /** Source of dropout; the same state gives the same masks. */
  readonly random: Random;
  /** Whether running statistics stay as they are while training: a look at the network is none of its updates. */
  readonly keepsStatistics?: boolean;
}

/** A variable with the name that it has in files. */
export interface NamedVariable {
  readonly name: string;
  readonly variable: tf.Variable;
}

/**
 * Where the layers of a network keep their variables, in the order in which they are made; names read as in PyTorch,
 * `stage1.block0.convolution1.weight`.
 */
export class Scope {
  private constructor(
    private readonly random: Random,
    private readonly prefix: string,
    private readonly store: {
      readonly parameters: NamedVariable[];
      readonly buffers: NamedVariable[];
      readonly others: (() => void)[];
    },
  ) {}

  /** @param random of the first values of all parameters */
  static root(random: Random): Scope {
    return new Scope(random, "", { parameters: [], buffers: [], others: [] });
  }

  /** A part of the network with a name of its own. */
  within(name: string | number): Scope {
    return new Scope(this.random, `${this.prefix}${name}.`, this.store);
  }

  /** A variable that is trained. */
  parameter(name: string, shape: readonly number[], initialise: Initialiser): tf.Variable {
    return this.make(this.store.parameters, name, shape, initialise);
  }

  /** A variable that is kept with the network but not trained, such as running statistics. */
  buffer(name: string, shape: readonly number[], initialise: Initialiser): tf.Variable {
    return this.make(this.store.buffers, name, shape, initialise);
  }

  /** What has to be disposed of with the network beside its variables. */
  owns(dispose: () => void): void {
    this.store.others.push(dispose);
  }

  get parameters(): readonly NamedVariable[] {
    return this.store.parameters;
  }

  get buffers(): readonly NamedVariable[] {
    return this.store.buffers;
  }

  dispose(): void {
    const { parameters, buffers, others } = this.store;
    for (const { variable } of [...parameters.splice(0), ...buffers.splice(0)]) variable.dispose();
    for (const dispose of others.splice(0)) dispose();
  }

  private make(
    list: NamedVariable[],
    name: string,
    shape: readonly number[],
    initialise: Initialiser,
  ): tf.Variable {
    const variable = tf.tidy(() =>
      tf.variable(tf.tensor(initialise(shape, this.random), [...shape]), list === this.store.parameters),
    );
    list.push({ name: `${this.prefix}${name}`, variable });
    return variable;
  }
}
