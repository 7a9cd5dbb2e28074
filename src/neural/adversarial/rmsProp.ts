import * as tf from "@tensorflow/tfjs-core";
import { elementwise, type Formula } from "../ops/elementwise.ts";
import type { AdamState } from "../training/adam.ts";
import { gradientNorm } from "../training/gradientNorm.ts";

export interface RmsPropOptions {
  readonly learningRate: number;
  /** Share of the past in the mean of the squares. */
  readonly memory?: number;
  readonly epsilon?: number;
  /** Largest norm of all gradients together; larger ones are scaled down to it. */
  readonly clipNorm?: number;
}

/**
 * RMSprop (Tieleman & Hinton 2012) as PyTorch has it: memory 0.99, ε = 1e-8 after the root, neither centred nor with
 * momentum. Its state has the form of Adam's, without first moments.
 */
export class RmsProp {
  private step = 0;
  private readonly squares: tf.Variable[];

  constructor(
    private readonly variables: readonly tf.Variable[],
    private readonly options: RmsPropOptions,
  ) {
    this.squares = variables.map(({ shape }) => tf.tidy(() => tf.variable(tf.zeros(shape), false)));
  }

  /**
   * Moves the variables against the gradients of a loss.
   * @returns the loss and the norm of all gradients before clipping; the caller disposes of both
   */
  minimise(loss: () => tf.Scalar): { readonly loss: tf.Scalar; readonly gradientNorm: tf.Scalar } {
    const { learningRate, memory = 0.99, epsilon = 1e-8, clipNorm } = this.options;
    this.step++;
    return tf.tidy(() => {
      const { value, grads } = tf.variableGrads(loss, [...this.variables]);
      const present = this.variables.flatMap((variable, index) => {
        const gradient = (grads[variable.name] ?? null) as tf.Tensor | null;
        return gradient === null ? [] : [{ variable, gradient, square: this.squares[index] }];
      });
      const norm = gradientNorm(present.map(({ gradient }) => gradient));
      const scale = clipNorm === undefined ? null : tf.minimum(1, tf.div(clipNorm, tf.add(norm, 1e-6)));
      const squareFormula: Formula = (each, [mean, slope]) =>
        each.add(each.scale(mean, memory), each.scale(each.square(slope), 1 - memory));
      const moveFormula: Formula = (each, [value, slope, mean]) => {
        const root = each.shift(each.sqrt(mean), epsilon);
        return each.sub(value, each.scale(each.div(slope, root), learningRate));
      };
      for (const { variable, gradient, square } of present) {
        const used = scale === null ? gradient : tf.mul(gradient, scale);
        square.assign(elementwise([square, used], squareFormula));
        variable.assign(elementwise([variable, used, square], moveFormula));
      }
      return { loss: value, gradientNorm: norm };
    });
  }

  /** The state, read from the device. */
  async state(): Promise<AdamState> {
    const second = await Promise.all(this.squares.map(async (each) => Float32Array.from(await each.data())));
    return { step: this.step, first: [], second };
  }

  /** Goes on from a state. */
  restore({ step, second }: AdamState): void {
    this.step = step;
    this.squares.forEach((each, index) => {
      tf.tidy(() => each.assign(tf.tensor(second[index], each.shape)));
    });
  }

  dispose(): void {
    tf.dispose(this.squares);
  }
}
