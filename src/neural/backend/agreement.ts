import * as tf from "@tensorflow/tfjs-core";

/** A computation whose gradients backends are compared by; the same on every call. */
export interface GradientProbe {
  readonly name: string;
  /** Gradients on the backend in use, one array an input or parameter. */
  gradients(): Promise<Float32Array[]>;
}

/** Values of tensors, which are disposed of. */
export async function readAndDispose(tensors: readonly tf.Tensor[]): Promise<Float32Array[]> {
  const values = await Promise.all(tensors.map(async (tensor) => Float32Array.from(await tensor.data())));
  tf.dispose([...tensors]);
  return values;
}

/** Largest difference over the largest size of the reference, over all arrays; infinite where one is not finite. */
export function relativeDifference(
  reference: readonly Float32Array[],
  other: readonly Float32Array[],
): number {
  let [worst, largest] = [0, 0];
  reference.forEach((values, index) => {
    values.forEach((value, element) => {
      const difference = Math.abs(other[index][element] - value);
      worst = Number.isFinite(difference) ? Math.max(worst, difference) : Number.POSITIVE_INFINITY;
      largest = Math.max(largest, Math.abs(value));
    });
  });
  return worst / Math.max(largest, 1e-12);
}
