import * as tf from "@tensorflow/tfjs-core";
import { normal } from "../layers/initialisers.ts";
import type { Mode, Scope } from "../layers/scope.ts";
import { matMul, turned } from "../ops/matMul.ts";

/**
 * Spectral normalisation (Miyato et al., ICLR 2018): the weight over its largest singular value, which one power iteration
 * a training pass follows. Its vectors are kept with the network; gradients reach the weight, not them.
 * @param weight `[…, outputs]`, all other axes taken as rows
 */
export function spectralNormalisation(scope: Scope, weight: tf.Variable): (mode: Mode) => tf.Tensor {
  const outputs = weight.shape[weight.shape.length - 1];
  const rows = weight.size / outputs;
  const right = scope.buffer("spectralRight", [outputs, 1], normal(1 / Math.sqrt(outputs)));
  const left = scope.buffer("spectralLeft", [rows, 1], normal(1 / Math.sqrt(rows)));
  const unit = (vector: tf.Tensor) => tf.div(vector, tf.add(tf.norm(vector), 1e-12));
  const asMatrix = () => tf.reshape(weight as tf.Tensor, [rows, outputs]);
  return ({ training }) => {
    if (training) {
      tf.tidy(() => {
        const matrix = asMatrix();
        left.assign(unit(tf.matMul(matrix as tf.Tensor2D, right as tf.Tensor as tf.Tensor2D)));
        right.assign(unit(tf.matMul(turned(matrix) as tf.Tensor2D, left as tf.Tensor as tf.Tensor2D)));
      });
    }
    const largest = tf.sum(tf.mul(matMul(asMatrix(), right as tf.Tensor), left as tf.Tensor));
    return tf.div(weight as tf.Tensor, largest);
  };
}
