import * as tf from "@tensorflow/tfjs-core";
import { customGradient } from "./customGradient.ts";

/** Steps of a sequence as tensors of their own: `[batch, width]` each. */
function stepsOf(sequence: tf.Tensor3D): tf.Tensor2D[] {
  return tf.unstack(sequence, 1) as tf.Tensor2D[];
}

const rowsOf = (steps: readonly tf.Tensor2D[]) => tf.concat([...steps], 0) as tf.Tensor2D;

/** Hidden states before each step, the first of them 0. */
function earlier(hidden: readonly tf.Tensor2D[]): tf.Tensor2D[] {
  return [tf.zerosLike(hidden[0]) as tf.Tensor2D, ...hidden.slice(0, -1)];
}

/** `lstm` as kernels alone: one product of the recurrent weights for all steps together, and what is kept are the gates. */
export function lstmOfKernels(projected: tf.Tensor3D, recurrent: tf.Tensor2D): tf.Tensor3D {
  const units = recurrent.shape[0];
  const operation = customGradient((given, weights, save) => {
    const [inputs, matrix] = [given as tf.Tensor3D, weights as tf.Tensor2D];
    const batch = inputs.shape[0];
    let hidden = tf.zeros([batch, units]) as tf.Tensor2D;
    let cell = tf.zeros([batch, units]) as tf.Tensor2D;
    const [gates, cells, states]: [tf.Tensor2D[], tf.Tensor2D[], tf.Tensor2D[]] = [[], [], []];
    for (const step of stepsOf(inputs)) {
      const [i, f, g, o] = tf.split(tf.add(step, tf.matMul(hidden, matrix)), 4, 1);
      const [input, forget, output] = [i, f, o].map((gate) => tf.sigmoid(gate));
      const candidate = tf.tanh(g);
      cell = tf.add(tf.mul(forget, cell), tf.mul(input, candidate)) as tf.Tensor2D;
      hidden = tf.mul(output, tf.tanh(cell)) as tf.Tensor2D;
      gates.push(tf.concat([input, forget, candidate, output], 1) as tf.Tensor2D);
      cells.push(cell);
      states.push(hidden);
    }
    const value = tf.stack(states, 1);
    (save as tf.GradSaveFunc)([matrix, value, tf.stack(gates, 1), tf.stack(cells, 1)]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [used, hiddens, kept, memory] = saved;
      const turned = tf.transpose(used) as tf.Tensor2D;
      const [upstream, before, open, held] = [dy, hiddens, kept, memory].map((each) =>
        stepsOf(each as tf.Tensor3D),
      );
      const heldBefore = earlier(held);
      let fromState = tf.zerosLike(before[0]) as tf.Tensor2D;
      let fromCell = tf.zerosLike(before[0]) as tf.Tensor2D;
      const steps: tf.Tensor2D[] = new Array(upstream.length);
      for (let t = upstream.length - 1; t >= 0; t--) {
        const [input, forget, candidate, output] = tf.split(open[t], 4, 1);
        const squashed = tf.tanh(held[t]);
        const dh = tf.add(upstream[t], fromState);
        const dc = tf.add(tf.mul(tf.mul(dh, output), slopeOfTanh(squashed)), fromCell);
        steps[t] = tf.concat(
          [
            tf.mul(tf.mul(dc, candidate), slopeOfSigmoid(input)),
            tf.mul(tf.mul(dc, heldBefore[t]), slopeOfSigmoid(forget)),
            tf.mul(tf.mul(dc, input), slopeOfTanh(candidate)),
            tf.mul(tf.mul(dh, squashed), slopeOfSigmoid(output)),
          ],
          1,
        ) as tf.Tensor2D;
        fromCell = tf.mul(dc, forget) as tf.Tensor2D;
        fromState = tf.matMul(steps[t], turned);
      }
      const weightGradient = tf.matMul(tf.transpose(rowsOf(earlier(before))) as tf.Tensor2D, rowsOf(steps));
      return [tf.stack(steps, 1), weightGradient];
    };
    return { value, gradFunc };
  });
  return operation(projected, recurrent) as tf.Tensor3D;
}

/** `gru` as kernels alone. */
export function gruOfKernels(projected: tf.Tensor3D, recurrent: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor3D {
  const units = recurrent.shape[0];
  const operation = customGradient((given, weights, offset, save) => {
    const [inputs, matrix] = [given as tf.Tensor3D, weights as tf.Tensor2D];
    let hidden = tf.zeros([inputs.shape[0], units]) as tf.Tensor2D;
    const [gates, states]: [tf.Tensor2D[], tf.Tensor2D[]] = [[], []];
    for (const step of stepsOf(inputs)) {
      const [xr, xz, xn] = tf.split(step, 3, 1);
      const [hr, hz, hn] = tf.split(tf.add(tf.matMul(hidden, matrix), offset as tf.Tensor1D), 3, 1);
      const reset = tf.sigmoid(tf.add(xr, hr));
      const update = tf.sigmoid(tf.add(xz, hz));
      const fresh = tf.tanh(tf.add(xn, tf.mul(reset, hn)));
      hidden = tf.add(fresh, tf.mul(update, tf.sub(hidden, fresh))) as tf.Tensor2D;
      gates.push(tf.concat([reset, update, fresh, hn], 1) as tf.Tensor2D);
      states.push(hidden);
    }
    const value = tf.stack(states, 1);
    (save as tf.GradSaveFunc)([matrix, value, tf.stack(gates, 1)]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [used, hiddens, kept] = saved;
      const turned = tf.transpose(used) as tf.Tensor2D;
      const [upstream, after, open] = [dy, hiddens, kept].map((each) => stepsOf(each as tf.Tensor3D));
      const before = earlier(after);
      let fromState = tf.zerosLike(after[0]) as tf.Tensor2D;
      const inputSteps: tf.Tensor2D[] = new Array(upstream.length);
      const recurrentSteps: tf.Tensor2D[] = new Array(upstream.length);
      for (let t = upstream.length - 1; t >= 0; t--) {
        const [reset, update, fresh, hn] = tf.split(open[t], 4, 1);
        const dh = tf.add(upstream[t], fromState);
        const dn = tf.mul(tf.mul(dh, tf.sub(1, update)), slopeOfTanh(fresh));
        const dz = tf.mul(tf.mul(dh, tf.sub(before[t], fresh)), slopeOfSigmoid(update));
        const dr = tf.mul(tf.mul(dn, hn), slopeOfSigmoid(reset));
        inputSteps[t] = tf.concat([dr, dz, dn], 1) as tf.Tensor2D;
        recurrentSteps[t] = tf.concat([dr, dz, tf.mul(dn, reset)], 1) as tf.Tensor2D;
        fromState = tf.add(tf.mul(dh, update), tf.matMul(recurrentSteps[t], turned)) as tf.Tensor2D;
      }
      const rows = rowsOf(recurrentSteps);
      const weightGradient = tf.matMul(tf.transpose(rowsOf(before)) as tf.Tensor2D, rows);
      return [tf.stack(inputSteps, 1), weightGradient, tf.sum(rows, 0)];
    };
    return { value, gradFunc };
  });
  return operation(projected, recurrent, bias) as tf.Tensor3D;
}

/** Slope of the logistic function where it has this value. */
const slopeOfSigmoid = (value: tf.Tensor) => tf.mul(value, tf.sub(1, value));

/** Slope of the hyperbolic tangent where it has this value. */
const slopeOfTanh = (value: tf.Tensor) => tf.sub(1, tf.square(value));
