import * as tf from "@tensorflow/tfjs-core";

/**
 * Puts a kernel in the place of one that a backend has registered.
 * @param replacement makes it from the one that it replaces, which it may call
 */
export function replaceKernel<Kernel extends (...given: never[]) => unknown>(
  kernelName: string,
  backendName: string,
  replacement: (original: Kernel) => Kernel,
): void {
  const config = tf.getKernel(kernelName, backendName);
  tf.unregisterKernel(kernelName, backendName);
  const kernel = replacement(config.kernelFunc as unknown as Kernel);
  tf.registerKernel({ ...config, kernelFunc: kernel as unknown as tf.KernelFunc });
}
