import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { replaceKernel } from "./replaceKernel.ts";

/**
 * Kernels of the wasm backend that tfjs implements with needless copies, anew: a clone copies all numbers although the
 * backend counts references (every operation clones what it saves for its gradient), and a slice copies the whole tensor out
 * of the heap first. Results are the same to the last bit.
 */

interface KernelArguments {
  readonly inputs: { readonly x: tf.TensorInfo };
  readonly attrs: object;
  readonly backend: BackendWasm;
}

type Kernel = (given: KernelArguments) => tf.TensorInfo | tf.TensorInfo[];

/** The same numbers as a tensor of its own. */
function shared({ dataId, shape, dtype }: tf.TensorInfo, backend: BackendWasm): tf.TensorInfo {
  backend.incRef(dataId);
  return { dataId, shape, dtype };
}

/** Runs of neighbours shorter than this are copied by a loop: a view of each costs more. */
const shortRun = 32;

/** A part of a tensor of at most four axes. */
function sliced(x: tf.TensorInfo, begin: readonly number[], size: number[], backend: BackendWasm) {
  const result = backend.makeOutput(size, x.dtype);
  // Views last only until the heap grows: both are made after the result has its place.
  const [source, target] = [backend.typedArrayFromHeap(x), backend.typedArrayFromHeap(result)];
  const missing = 4 - x.shape.length;
  const four = (axes: readonly number[], filling: number) => [
    ...new Array<number>(missing).fill(filling),
    ...axes,
  ];
  const [shape, from, count] = [four(x.shape, 1), four(begin, 0), four(size, 1)];
  const run = count[3];
  let at = 0;
  for (let a = from[0]; a < from[0] + count[0]; a++) {
    for (let b = from[1]; b < from[1] + count[1]; b++) {
      for (let c = from[2]; c < from[2] + count[2]; c++) {
        const start = ((a * shape[1] + b) * shape[2] + c) * shape[3] + from[3];
        if (run < shortRun) for (let step = 0; step < run; step++) target[at + step] = source[start + step];
        else target.set(source.subarray(start, start + run), at);
        at += run;
      }
    }
  }
  return result;
}

const isPlain = ({ dtype, shape }: tf.TensorInfo) => dtype !== "string" && shape.length <= 4;

/** What replaces a kernel, from the kernel that it replaces. */
const replacements: Readonly<Record<string, (original: Kernel) => Kernel>> = {
  [tf.Identity]: (original) => (given) =>
    given.inputs.x.dtype === "string" ? original(given) : shared(given.inputs.x, given.backend),
  [tf.Cast]: (original) => (given) => {
    const { x } = given.inputs;
    const { dtype } = given.attrs as tf.CastAttrs;
    return dtype === x.dtype && dtype !== "string" ? shared(x, given.backend) : original(given);
  },
  [tf.Slice]: (original) => (given) => {
    const { x } = given.inputs;
    if (!isPlain(x)) return original(given);
    const { begin, size } = given.attrs as tf.SliceAttrs;
    const [first, extent] = tf.slice_util.parseSliceParams(x, begin, size);
    return sliced(x, first, extent, given.backend);
  },
  [tf.SplitV]: (original) => (given) => {
    const { x } = given.inputs;
    if (!isPlain(x)) return original(given);
    const { numOrSizeSplits, axis } = given.attrs as tf.SplitVAttrs;
    const [along] = tf.util.parseAxisParam(axis, x.shape);
    const sizes = tf.backend_util.prepareSplitSize(x as tf.Tensor, numOrSizeSplits, along);
    let offset = 0;
    return sizes.map((size) => {
      const [first, extent] = [x.shape.map(() => 0), [...x.shape]];
      [first[along], extent[along]] = [offset, size];
      offset += size;
      return sliced(x, first, extent, given.backend);
    });
  },
};

let areReplaced = false;

/** Puts our kernels in the place of tfjs's, once the backend's own are registered. */
export function replaceWasmKernels(): void {
  if (areReplaced) return;
  areReplaced = true;
  for (const [name, replacement] of Object.entries(replacements)) {
    replaceKernel(name, "wasm", (original: Kernel) => replacement(original));
  }
}
