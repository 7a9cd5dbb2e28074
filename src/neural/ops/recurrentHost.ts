import * as tf from "@tensorflow/tfjs-core";
import { customGradient } from "./customGradient.ts";
import { turnedTimes } from "./matMul.ts";

/** 1 / (1 + e^−x) */
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
/** In double precision, so that little is lost near 0; twice as fast as the one of the language. */
const tanh = (x: number) => 2 / (1 + Math.exp(-2 * x)) - 1;

/** rows · matrix by a kernel, its result read: the part of a step that is worth one. */
function product(rows: Float32Array, count: number, matrix: tf.Tensor2D): Float32Array {
  const result = tf.tidy(() => tf.matMul(tf.tensor2d(rows, [count, rows.length / count]), matrix));
  const values = result.dataSync() as Float32Array;
  result.dispose();
  return values;
}

/** Σ over all steps of hᵀ(t − 1) · d(t): the gradient of the recurrent weights, as one product. */
function weightGradient(states: Float32Array, gradients: Float32Array, shape: Shape): tf.Tensor {
  const { batch, time, units } = shape;
  const earlier = new Float32Array(states.length);
  for (let row = 0; row < batch; row++) {
    const start = row * time * units;
    earlier.set(states.subarray(start, start + (time - 1) * units), start + units);
  }
  const rows = batch * time;
  return tf.tidy(() =>
    turnedTimes(tf.tensor2d(earlier, [rows, units]), tf.tensor2d(gradients, [rows, gradients.length / rows])),
  );
}

interface Shape {
  readonly batch: number;
  readonly time: number;
  readonly units: number;
}

/**
 * `lstm` with its gates computed between the kernels of the matrix products: for backends whose values are read at once,
 * where a dozen kernels a step cost several times as much as their work.
 */
export function lstmOnHost(projected: tf.Tensor3D, recurrent: tf.Tensor2D): tf.Tensor3D {
  const [batch, time, width] = projected.shape;
  const units = width / 4;
  const shape = { batch, time, units };
  const operation = customGradient((given, weights, save) => {
    const matrix = weights as tf.Tensor2D;
    const inputs = (given as tf.Tensor).dataSync() as Float32Array;
    // Input, forget, candidate and output gate, `[batch, time, 4 × units]`
    const gates = new Float32Array(batch * time * width);
    const [cells, states] = [new Float32Array(batch * time * units), new Float32Array(batch * time * units)];
    const hidden = new Float32Array(batch * units);
    for (let t = 0; t < time; t++) {
      const fed = t === 0 ? null : product(hidden, batch, matrix);
      for (let row = 0; row < batch; row++) {
        const [gate, state] = [(row * time + t) * width, (row * time + t) * units];
        for (let unit = 0; unit < units; unit++) {
          const sum = (part: number) => {
            const at = part * units + unit;
            return inputs[gate + at] + (fed === null ? 0 : fed[row * width + at]);
          };
          const [i, f, c, o] = [sigmoid(sum(0)), sigmoid(sum(1)), tanh(sum(2)), sigmoid(sum(3))];
          const cell = (t === 0 ? 0 : f * cells[state - units + unit]) + i * c;
          cells[state + unit] = cell;
          states[state + unit] = hidden[row * units + unit] = o * tanh(cell);
          gates[gate + unit] = i;
          gates[gate + units + unit] = f;
          gates[gate + 2 * units + unit] = c;
          gates[gate + 3 * units + unit] = o;
        }
      }
    }
    (save as tf.GradSaveFunc)([matrix]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const upstream = dy.dataSync() as Float32Array;
      const transposed = tf.transpose(saved[0]) as tf.Tensor2D;
      const gradients = new Float32Array(gates.length);
      const step = new Float32Array(batch * width);
      const fromCell = new Float32Array(batch * units);
      let fromState: Float32Array = new Float32Array(batch * units);
      for (let t = time - 1; t >= 0; t--) {
        for (let row = 0; row < batch; row++) {
          const [gate, state] = [(row * time + t) * width, (row * time + t) * units];
          for (let unit = 0; unit < units; unit++) {
            const i = gates[gate + unit];
            const f = gates[gate + units + unit];
            const c = gates[gate + 2 * units + unit];
            const o = gates[gate + 3 * units + unit];
            const squashed = tanh(cells[state + unit]);
            const at = row * units + unit;
            const dh = upstream[state + unit] + fromState[at];
            const dc = dh * o * (1 - squashed * squashed) + fromCell[at];
            const before = t === 0 ? 0 : cells[state - units + unit];
            const own = row * width + unit;
            step[own] = dc * c * i * (1 - i);
            step[own + units] = dc * before * f * (1 - f);
            step[own + 2 * units] = dc * i * (1 - c * c);
            step[own + 3 * units] = dh * squashed * o * (1 - o);
            fromCell[at] = dc * f;
          }
          gradients.set(step.subarray(row * width, (row + 1) * width), gate);
        }
        if (t > 0) fromState = product(step, batch, transposed);
      }
      return [tf.tensor3d(gradients, [batch, time, width]), weightGradient(states, gradients, shape)];
    };
    return { value: tf.tensor3d(states, [batch, time, units]), gradFunc };
  });
  return operation(projected, recurrent) as tf.Tensor3D;
}

/** `gru` with its gates computed between the kernels of the matrix products, as `lstmOnHost`. */
export function gruOnHost(projected: tf.Tensor3D, recurrent: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor3D {
  const [batch, time, width] = projected.shape;
  const units = width / 3;
  const shape = { batch, time, units };
  const operation = customGradient((given, weights, offset, save) => {
    const matrix = weights as tf.Tensor2D;
    const inputs = (given as tf.Tensor).dataSync() as Float32Array;
    const offsets = (offset as tf.Tensor).dataSync() as Float32Array;
    // Reset and update gate, candidate, and what the reset gate lets through, `[batch, time, 4, units]`
    const kept = new Float32Array(batch * time * 4 * units);
    const states = new Float32Array(batch * time * units);
    const hidden = new Float32Array(batch * units);
    for (let t = 0; t < time; t++) {
      const fed = t === 0 ? null : product(hidden, batch, matrix);
      for (let row = 0; row < batch; row++) {
        const [input, state] = [(row * time + t) * width, (row * time + t) * units];
        const keep = 4 * state;
        for (let unit = 0; unit < units; unit++) {
          const recurrentSum = (part: number) => {
            const at = part * units + unit;
            return offsets[at] + (fed === null ? 0 : fed[row * width + at]);
          };
          const reset = sigmoid(inputs[input + unit] + recurrentSum(0));
          const update = sigmoid(inputs[input + units + unit] + recurrentSum(1));
          const through = recurrentSum(2);
          const fresh = tanh(inputs[input + 2 * units + unit] + reset * through);
          const before = hidden[row * units + unit];
          states[state + unit] = hidden[row * units + unit] = fresh + update * (before - fresh);
          kept[keep + unit] = reset;
          kept[keep + units + unit] = update;
          kept[keep + 2 * units + unit] = fresh;
          kept[keep + 3 * units + unit] = through;
        }
      }
    }
    (save as tf.GradSaveFunc)([matrix]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const upstream = dy.dataSync() as Float32Array;
      const transposed = tf.transpose(saved[0]) as tf.Tensor2D;
      const inputGradients = new Float32Array(batch * time * width);
      const recurrentGradients = new Float32Array(batch * time * width);
      const biasGradients = new Float32Array(width);
      const step = new Float32Array(batch * width);
      const direct = new Float32Array(batch * units);
      let fed: Float32Array = new Float32Array(batch * units);
      for (let t = time - 1; t >= 0; t--) {
        for (let row = 0; row < batch; row++) {
          const [input, state] = [(row * time + t) * width, (row * time + t) * units];
          const keep = 4 * state;
          for (let unit = 0; unit < units; unit++) {
            const reset = kept[keep + unit];
            const update = kept[keep + units + unit];
            const fresh = kept[keep + 2 * units + unit];
            const through = kept[keep + 3 * units + unit];
            const at = row * units + unit;
            const dh = upstream[state + unit] + direct[at] + fed[at];
            const before = t === 0 ? 0 : states[state - units + unit];
            const dn = dh * (1 - update) * (1 - fresh * fresh);
            const dz = dh * (before - fresh) * update * (1 - update);
            const dr = dn * through * reset * (1 - reset);
            inputGradients[input + unit] = dr;
            inputGradients[input + units + unit] = dz;
            inputGradients[input + 2 * units + unit] = dn;
            const own = row * width + unit;
            step[own] = dr;
            step[own + units] = dz;
            step[own + 2 * units] = dn * reset;
            direct[at] = dh * update;
          }
          recurrentGradients.set(step.subarray(row * width, (row + 1) * width), input);
          for (let column = 0; column < width; column++) biasGradients[column] += step[row * width + column];
        }
        if (t > 0) fed = product(step, batch, transposed);
      }
      return [
        tf.tensor3d(inputGradients, [batch, time, width]),
        weightGradient(states, recurrentGradients, shape),
        tf.tensor1d(biasGradients),
      ];
    };
    return { value: tf.tensor3d(states, [batch, time, units]), gradFunc };
  });
  return operation(projected, recurrent, bias) as tf.Tensor3D;
}
