import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { programsMayRun } from "./portable.ts";
import { columnSumsProgram, partsOf } from "./wgsl/columnSumsProgram.ts";

/**
 * Sums over all rows, without a gradient. As a product with ones: reductions over leading axes are transposed first by tfjs
 * and then run on one thread. On WebGPU by a program, since a product with one row is slow there.
 * @param rows `[rows, columns]`
 * @returns `[1, columns]`
 */
export function columnSums(rows: tf.Tensor2D): tf.Tensor2D {
  const [count, columns] = rows.shape;
  if (!programsMayRun()) return tf.matMul(tf.ones([1, count]) as tf.Tensor2D, rows);
  const parts = partsOf(count);
  const partial = launch(rows, columnSumsProgram(parts, columns));
  return parts === 1 ? partial : launch(partial, columnSumsProgram(1, columns));
}

function launch(rows: tf.Tensor2D, program: ReturnType<typeof columnSumsProgram>): tf.Tensor2D {
  const info = (tf.backend() as WebGPUBackend).runWebGPUProgram(program, [rows], "float32");
  return tf.engine().makeTensorFromTensorInfo(info) as tf.Tensor2D;
}
