import type * as tf from "@tensorflow/tfjs-core";
import { readsAreCheap } from "./portable.ts";
import { gruOnHost, lstmOnHost } from "./recurrentHost.ts";
import { gruOfKernels, lstmOfKernels } from "./recurrentKernels.ts";
import { gruOnWebGpu, lstmOnWebGpu, webGpuRuns } from "./recurrentWebGpu.ts";

/**
 * A long short-term memory over a whole sequence (Hochreiter & Schmidhuber 1997, with forget gates), its gradient by
 * backpropagation through time written out, in the form that is fastest on the backend in use.
 * @param projected `[batch, time, 4 × units]`, inputs times their weights and bias; gates in the order input, forget,
 *                  candidate, output, as PyTorch has them
 * @param recurrent `[units, 4 × units]`
 * @returns the hidden states, `[batch, time, units]`
 */
export function lstm(projected: tf.Tensor3D, recurrent: tf.Tensor2D): tf.Tensor3D {
  if (readsAreCheap()) return lstmOnHost(projected, recurrent);
  const [batch, time] = projected.shape;
  const form = webGpuRuns(batch, time, recurrent.shape[0]) ? lstmOnWebGpu : lstmOfKernels;
  return form(projected, recurrent);
}

/**
 * A gated recurrent unit over a whole sequence (Cho et al. 2014) in the form of PyTorch, whose reset gate acts on the
 * recurrent product: n = tanh(xₙ + r · (h Wₙ + bₙ)).
 * @param projected `[batch, time, 3 × units]`, inputs times their weights and bias; gates in the order reset, update, new
 * @param recurrent `[units, 3 × units]`
 * @param bias      `[3 × units]`, of the recurrent product
 * @returns the hidden states, `[batch, time, units]`
 */
export function gru(projected: tf.Tensor3D, recurrent: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor3D {
  if (readsAreCheap()) return gruOnHost(projected, recurrent, bias);
  const [batch, time] = projected.shape;
  const form = webGpuRuns(batch, time, recurrent.shape[0]) ? gruOnWebGpu : gruOfKernels;
  return form(projected, recurrent, bias);
}
