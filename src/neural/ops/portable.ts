import * as tf from "@tensorflow/tfjs-core";

let isPortable = false;

/**
 * Runs a function in which every operation is made of plain kernels of tfjs, as exports need it, and nothing is computed
 * outside of them.
 */
export function portably<T>(run: () => T): T {
  const before = isPortable;
  isPortable = true;
  try {
    return run();
  } finally {
    isPortable = before;
  }
}

/** Whether operations are to be made of plain kernels. */
export const isPortableNow = (): boolean => isPortable;

/** Whether values may be read and worked on in between: where that costs less than a kernel does. */
export const readsAreCheap = (): boolean => !isPortable && ["wasm", "cpu"].includes(tf.getBackend());

/** Whether programs of our own may run: where a graphics card takes them, and no export listens for kernels. */
export const programsMayRun = (): boolean => !isPortable && tf.getBackend() === "webgpu";

/** Whether a product with a transposed factor takes longer than transposing it first; exports know the latter alone. */
export const turnedFactorsAreSlow = (): boolean => isPortable || tf.getBackend() === "wasm";
