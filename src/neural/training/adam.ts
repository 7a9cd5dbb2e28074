import * as tf from "@tensorflow/tfjs-core";
import { elementwise, type Formula } from "../ops/elementwise.ts";
import { gradientNorm } from "./gradientNorm.ts";

export interface AdamOptions {
  readonly learningRate: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** Largest norm of all gradients together; larger ones are scaled down to it. */
  readonly clipNorm?: number;
  /** Share of every variable that a step of rate 1 takes off, whatever its gradient; 0 where not given. */
  readonly weightDecay?: number;
}

/** What an optimiser has to remember to go on exactly where it stopped. */
export interface AdamState {
  readonly step: number;
  /** Means of the gradients and of their squares, by the order of the variables. */
  readonly first: readonly Float32Array[];
  readonly second: readonly Float32Array[];
}

/**
 * Adam (Kingma & Ba, ICLR 2015) with the bias corrections of PyTorch: ε = 1e-8 is added after the root. tfjs's own keeps
 * its state to itself; this one gives it out for checkpoints. With a weight decay it is AdamW (Loshchilov & Hutter, ICLR 2019).
 */
export class Adam {
  private step = 0;
  private readonly first: tf.Variable[];
  private readonly second: tf.Variable[];

  constructor(
    private readonly variables: readonly tf.Variable[],
    private readonly options: AdamOptions,
  ) {
    const zeros = () =>
      variables.map((variable) => tf.tidy(() => tf.variable(tf.zeros(variable.shape), false)));
    this.first = zeros();
    this.second = zeros();
  }

  /**
   * Moves the variables against the gradients of a loss.
   * @param rate of this step, where it differs from that of the options
   * @returns the loss and the norm of all gradients before clipping; the caller disposes of both
   */
  minimise(
    loss: () => tf.Scalar,
    rate = this.options.learningRate,
  ): { readonly loss: tf.Scalar; readonly gradientNorm: tf.Scalar } {
    const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, clipNorm, weightDecay = 0 } = this.options;
    this.step++;
    return tf.tidy(() => {
      const { value, grads } = tf.variableGrads(loss, [...this.variables]);
      // A variable on which the loss does not depend has no gradient and stays, as in PyTorch.
      const gradients = this.variables.map(({ name }) => (grads[name] ?? null) as tf.Tensor | null);
      const norm = gradientNorm(gradients.flatMap((gradient) => gradient ?? []));
      const scale = clipNorm === undefined ? null : tf.minimum(1, tf.div(clipNorm, tf.add(norm, 1e-6)));
      const [firstCorrection, secondCorrection] = [1 - beta1 ** this.step, 1 - beta2 ** this.step];
      const meanFormula: Formula = (each, [mean, gradient]) =>
        each.add(each.scale(mean, beta1), each.scale(gradient, 1 - beta1));
      const squareFormula: Formula = (each, [mean, gradient]) =>
        each.add(each.scale(mean, beta2), each.scale(each.square(gradient), 1 - beta2));
      const moveFormula: Formula = (each, [value, mean, square]) => {
        const root = each.shift(each.sqrt(each.over(square, secondCorrection)), epsilon);
        const kept = weightDecay === 0 ? value : each.scale(value, 1 - rate * weightDecay);
        return each.sub(kept, each.div(each.scale(mean, rate / firstCorrection), root));
      };
      this.variables.forEach((variable, index) => {
        const raw = gradients[index];
        if (raw === null) return;
        const gradient = scale === null ? raw : tf.mul(raw, scale);
        const [first, second] = [this.first[index], this.second[index]];
        first.assign(elementwise([first, gradient], meanFormula));
        second.assign(elementwise([second, gradient], squareFormula));
        variable.assign(elementwise([variable, first, second], moveFormula));
      });
      return { loss: value, gradientNorm: norm };
    });
  }

  /** The state, read from the device. */
  async state(): Promise<AdamState> {
    const read = (list: readonly tf.Variable[]) =>
      Promise.all(list.map(async (each) => Float32Array.from(await each.data())));
    return { step: this.step, first: await read(this.first), second: await read(this.second) };
  }

  /** Goes on from a state. */
  restore({ step, first, second }: AdamState): void {
    this.step = step;
    const write = (list: readonly tf.Variable[], values: readonly Float32Array[]) =>
      list.forEach((each, index) => {
        tf.tidy(() => each.assign(tf.tensor(values[index], each.shape)));
      });
    write(this.first, first);
    write(this.second, second);
  }

  dispose(): void {
    tf.dispose([...this.first, ...this.second]);
  }
}
