import * as tf from "@tensorflow/tfjs-core";

type Arguments = readonly (tf.Tensor | tf.NamedTensorMap | tf.GradSaveFunc)[];
type Operation = (...given: Arguments) => {
  readonly value: tf.Tensor;
  readonly gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.Tensor | tf.Tensor[];
};

/**
 * `tf.customGrad` whose backward pass frees what it makes on the way. tfjs frees that of its own gradients at once, but that
 * of a custom one only with the whole step: for a deep network that is several times its activations.
 */
export function customGradient(operation: Operation): (...given: tf.Tensor[]) => tf.Tensor {
  return tf.customGrad((...given) => {
    const { value, gradFunc } = operation(...given);
    return { value, gradFunc: (dy, saved) => tf.tidy(() => gradFunc(dy, saved)) };
  });
}
