import * as tf from "@tensorflow/tfjs-core";
import { replaceKernel } from "./replaceKernel.ts";
import { sumInGroups } from "./sumInGroups.ts";

interface WebGpuBackend {
  readonly device: { readonly limits: { readonly maxStorageBuffersPerShaderStage: number } };
  disposeData(dataId: object): boolean;
}

interface Terms {
  readonly inputs: readonly tf.TensorInfo[];
  readonly backend: WebGpuBackend;
  readonly attrs?: object;
}

type Kernel = (given: Terms) => tf.TensorInfo;

let isReplaced = false;

/**
 * Mends WebGPU's sum of many tensors, once the backend's kernels are registered: tfjs binds all of them to one program, which
 * is invalid where they and the result are more than a device allows (8 on most), and then leaves the result as it found it.
 */
export function replaceWebGpuKernels(): void {
  if (isReplaced) return;
  isReplaced = true;
  replaceKernel(tf.AddN, "webgpu", (original: Kernel) => ({ inputs, backend, ...rest }) => {
    const most = backend.device.limits.maxStorageBuffersPerShaderStage - 1;
    return sumInGroups(
      inputs,
      most,
      (terms) => original({ inputs: terms, backend, ...rest }),
      ({ dataId }) => backend.disposeData(dataId),
    );
  });
}
