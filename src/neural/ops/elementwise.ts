import type { MathBackendWebGL } from "@tensorflow/tfjs-backend-webgl";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { hostAlgebra } from "./elementwiseHost.ts";
import { isPortableNow } from "./portable.ts";

/** What a formula is written with: the same for kernels of tfjs, for arrays and for the text of a program. */
export interface Algebra<T> {
  add(one: T, other: T): T;
  sub(one: T, other: T): T;
  mul(one: T, other: T): T;
  div(one: T, other: T): T;
  /** Times a number. */
  scale(one: T, by: number): T;
  /** Over a number. */
  over(one: T, by: number): T;
  /** Plus a number. */
  shift(one: T, by: number): T;
  square(one: T): T;
  sqrt(one: T): T;
}

/** A result from the elements of some tensors at one place. Which operations it takes depends on nothing but the formula. */
export type Formula = <T>(algebra: Algebra<T>, inputs: readonly T[]) => T;

/** Numbers up to which wasm's kernels take longer to be called than loops to be run; both round alike. */
const fewOnWasm = 16_384;

/**
 * A formula over the elements of tensors of one shape, in the form that is fastest on the backend in use: one program where
 * a graphics card takes them, loops over arrays in plain JavaScript and for few numbers on wasm, kernels of tfjs otherwise.
 * Has no gradient.
 */
export function elementwise(inputs: readonly tf.Tensor[], formula: Formula): tf.Tensor {
  const backend = isPortableNow() ? "" : tf.getBackend();
  if (backend === "cpu" || (backend === "wasm" && inputs[0].size <= fewOnWasm)) {
    const arrays = inputs.map((input) => input.dataSync() as Float32Array);
    return tf.tensor(formula(hostAlgebra, arrays), inputs[0].shape);
  }
  if (backend === "webgpu") return onWebGpu(inputs, formula);
  if (backend === "webgl") return onWebGl(inputs, formula);
  return formula(kernelAlgebra, inputs);
}

const kernelAlgebra: Algebra<tf.Tensor> = {
  add: (one, other) => tf.add(one, other),
  sub: (one, other) => tf.sub(one, other),
  mul: (one, other) => tf.mul(one, other),
  div: (one, other) => tf.div(one, other),
  scale: (one, by) => tf.mul(one, by),
  over: (one, by) => tf.div(one, by),
  shift: (one, by) => tf.add(one, by),
  square: (one) => tf.square(one),
  sqrt: (one) => tf.sqrt(one),
};

/** A formula as an expression, which WGSL and GLSL write alike, of the inputs `x0`, `x1` … and the numbers in its order. */
export function expressionOf(
  formula: Formula,
  count: number,
  nameOf: (number: number) => string,
): { readonly expression: string; readonly numbers: readonly number[] } {
  const numbers: number[] = [];
  const named = (value: number) => {
    numbers.push(value);
    return nameOf(numbers.length - 1);
  };
  const algebra: Algebra<string> = {
    add: (one, other) => `(${one} + ${other})`,
    sub: (one, other) => `(${one} - ${other})`,
    mul: (one, other) => `(${one} * ${other})`,
    div: (one, other) => `(${one} / ${other})`,
    scale: (one, by) => `(${one} * ${named(by)})`,
    over: (one, by) => `(${one} / ${named(by)})`,
    shift: (one, by) => `(${one} + ${named(by)})`,
    square: (one) => `(${one} * ${one})`,
    sqrt: (one) => `sqrt(${one})`,
  };
  const inputs = Array.from({ length: count }, (_, index) => `x${index}`);
  return { expression: formula(algebra, inputs), numbers };
}

/** Threads of a workgroup. */
const threads = 64;

function onWebGpu(inputs: readonly tf.Tensor[], formula: Formula): tf.Tensor {
  const { shape, size } = inputs[0];
  const { expression, numbers } = expressionOf(formula, inputs.length, (at) => `uniforms.number${at}`);
  const variableNames = inputs.map((_, index) => `input${index}`);
  const info = (tf.backend() as WebGPUBackend).runWebGPUProgram(
    {
      shaderKey: `elementwise ${expression}`,
      outputShape: [...shape],
      variableNames,
      uniforms: numbers.map((_, at) => `number${at} : f32, `).join(""),
      size: true,
      dispatchLayout: { x: shape.map((_, axis) => axis) },
      dispatch: [Math.ceil(size / threads), 1, 1],
      workgroupSize: [threads, 1, 1],
      getUserCode: () => `
      fn main(index: i32) {
        if (index < uniforms.size) {
          ${variableNames.map((name, at) => `let x${at} = ${name}[index];`).join("\n          ")}
          result[index] = ${expression};
        }
      }`,
    },
    [...inputs],
    "float32",
    numbers.map((value) => ({ type: "float32", data: [value] })),
  );
  return tf.engine().makeTensorFromTensorInfo(info);
}

function onWebGl(inputs: readonly tf.Tensor[], formula: Formula): tf.Tensor {
  const { expression, numbers } = expressionOf(formula, inputs.length, (at) => `number${at}`);
  const info = (tf.backend() as MathBackendWebGL).runWebGLProgram(
    {
      // tfjs reads them by functions that it makes of these names.
      variableNames: inputs.map((_, index) => `X${index}`),
      outputShape: [...inputs[0].shape],
      // Four numbers at a time, as tfjs's own kernels leave them.
      packedInputs: true,
      packedOutput: true,
      customUniforms: numbers.map((_, at) => ({ name: `number${at}`, type: "float" as const })),
      userCode: `
      void main() {
        ${inputs.map((_, at) => `vec4 x${at} = getX${at}AtOutCoords();`).join("\n        ")}
        setOutput(${expression});
      }`,
    },
    [...inputs],
    "float32",
    numbers.map((value) => [value]),
  );
  return tf.engine().makeTensorFromTensorInfo(info);
}
