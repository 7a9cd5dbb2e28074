import type { WebGPUBackend, WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { columnSums } from "./columnSums.ts";
import { customGradient } from "./customGradient.ts";
import { turnedTimes } from "./matMul.ts";
import { programsMayRun } from "./portable.ts";
import { gruCell, lstmCell } from "./wgsl/recurrentCells.ts";
import { backwardProgram, forwardProgram, mostUnits, type RecurrentCell } from "./wgsl/sequenceProgram.ts";

/** Numbers a unit and step that the wider of the two cells keeps. */
const mostKept = Math.max(lstmCell.kept, gruCell.kept);

/** Whether `lstmOnWebGpu` and `gruOnWebGpu` can compute a sequence: on that backend, and where it fits in the device. */
export function webGpuRuns(batch: number, time: number, units: number): boolean {
  if (!programsMayRun() || units > mostUnits) return false;
  return 4 * batch * time * mostKept * units <= webGpu().device.limits.maxStorageBufferBindingSize;
}

const webGpu = () => tf.backend() as WebGPUBackend;

/** Runs a program as one launch of the device. */
function launch(program: WebGPUProgram, inputs: tf.Tensor[]): tf.Tensor3D {
  return tf
    .engine()
    .makeTensorFromTensorInfo(webGpu().runWebGPUProgram(program, inputs, "float32")) as tf.Tensor3D;
}

/** Weights gate by gate, with zeros where a fourth gate would be: `[units before, 4, units]`. */
function gatesApart(recurrent: tf.Tensor2D, { gates }: RecurrentCell): tf.Tensor3D {
  const units = recurrent.shape[0];
  const apart = tf.reshape(recurrent, [units, gates, units]) as tf.Tensor3D;
  return tf.pad(apart, [
    [0, 0],
    [0, 4 - gates],
    [0, 0],
  ]);
}

/** Forward over the whole sequence: all that the cell keeps, `[batch, time, kept × units]`. */
function forward(
  cell: RecurrentCell,
  projected: tf.Tensor3D,
  recurrent: tf.Tensor2D,
  constants: tf.Tensor[],
): tf.Tensor3D {
  const [batch, time] = projected.shape;
  const program = forwardProgram(cell, { batch, time, units: recurrent.shape[0] });
  return launch(program, [projected, tf.transpose(gatesApart(recurrent, cell), [0, 2, 1]), ...constants]);
}

/** Backward over the whole sequence: what the cell's gradient writes, `[batch, time, 4 × units]`. */
function backward(
  cell: RecurrentCell,
  upstream: tf.Tensor,
  kept: tf.Tensor,
  recurrent: tf.Tensor2D,
): tf.Tensor3D {
  const [batch, time, units] = upstream.shape;
  const program = backwardProgram(cell, { batch, time, units });
  return launch(program, [upstream, kept, tf.transpose(gatesApart(recurrent, cell), [2, 0, 1])]);
}

/** The hidden states among what a cell keeps. */
function statesOf({ kept: count }: RecurrentCell, kept: tf.Tensor): tf.Tensor3D {
  const [batch, time, width] = kept.shape;
  const units = width / count;
  return tf.slice(kept, [0, 0, width - units], [batch, time, units]) as tf.Tensor3D;
}

/** Σ over all steps of hᵀ(t − 1) · d(t): the gradient of the recurrent weights, as one product. */
function weightGradient(states: tf.Tensor3D, gradients: tf.Tensor2D): tf.Tensor {
  const [batch, time, units] = states.shape;
  const before = tf.concat([tf.zeros([batch, 1, units]), tf.slice(states, 0, [batch, time - 1, units])], 1);
  return turnedTimes(tf.reshape(before, [-1, units]), gradients);
}

/** `lstm` with one launch forward and one backward: a kernel a step and gate costs more in launches than in work. */
export function lstmOnWebGpu(projected: tf.Tensor3D, recurrent: tf.Tensor2D): tf.Tensor3D {
  const operation = customGradient((inputs, weights, save) => {
    const matrix = weights as tf.Tensor2D;
    const kept = forward(lstmCell, inputs as tf.Tensor3D, matrix, []);
    (save as tf.GradSaveFunc)([matrix, kept]);
    const gradFunc = (dy: tf.Tensor, [used, all]: tf.Tensor[]) => {
      const steps = backward(lstmCell, dy, all, used as tf.Tensor2D);
      const rows = tf.reshape(steps, [-1, steps.shape[2]]) as tf.Tensor2D;
      return [steps, weightGradient(statesOf(lstmCell, all), rows)];
    };
    return { value: statesOf(lstmCell, kept), gradFunc };
  });
  return operation(projected, recurrent) as tf.Tensor3D;
}

/** `gru` with one launch forward and one backward. */
export function gruOnWebGpu(projected: tf.Tensor3D, recurrent: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor3D {
  const operation = customGradient((inputs, weights, offset, save) => {
    const matrix = weights as tf.Tensor2D;
    const kept = forward(gruCell, inputs as tf.Tensor3D, matrix, [offset as tf.Tensor]);
    (save as tf.GradSaveFunc)([matrix, kept]);
    const gradFunc = (dy: tf.Tensor, [used, all]: tf.Tensor[]) => {
      const units = dy.shape[2] as number;
      // Gradients of the reset, update and candidate sums, and of the product that the reset gate acts on
      const [gates, candidate, through] = tf.split(
        backward(gruCell, dy, all, used as tf.Tensor2D),
        [2 * units, units, units],
        2,
      );
      const rows = tf.reshape(tf.concat([gates, through], 2), [-1, 3 * units]) as tf.Tensor2D;
      return [
        tf.concat([gates, candidate], 2),
        weightGradient(statesOf(gruCell, all), rows),
        tf.reshape(columnSums(rows), [3 * units]),
      ];
    };
    return { value: statesOf(gruCell, kept), gradFunc };
  });
  return operation(projected, recurrent, bias) as tf.Tensor3D;
}
