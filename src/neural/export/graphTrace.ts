import * as tf from "@tensorflow/tfjs-core";

/** Tensors by name in, tensors by name out; every input has the batch as its first axis. */
export type InferenceFunction = (
  inputs: Readonly<Record<string, tf.Tensor>>,
) => Readonly<Record<string, tf.Tensor>>;

/** Where a tensor comes from: the caller, another kernel, or outside the function. */
export type Source =
  | { readonly kind: "input"; readonly name: string }
  | { readonly kind: "output"; readonly call: number; readonly index: number }
  | { readonly kind: "constant"; readonly constant: number };

/** What is known of a tensor without its values. */
export interface TensorForm {
  readonly shape: readonly number[];
  readonly dtype: tf.DataType;
}

/** One call of a kernel. */
export interface KernelCall {
  readonly kernel: string;
  /** By the kernel's own names, or by number where it takes a list. */
  readonly inputs: Readonly<Record<string, TensorForm & { readonly source: Source }>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly outputs: readonly TensorForm[];
}

/** A tensor from outside the function. */
export interface TracedConstant {
  /** A clone, which outlives what it is a clone of. */
  readonly tensor: tf.Tensor;
  /** What the tensor itself holds; on some backends a clone holds a copy. */
  readonly dataId: object;
}

/** A function as the kernels that it calls. */
export interface Trace {
  readonly calls: readonly KernelCall[];
  readonly constants: readonly TracedConstant[];
  readonly outputs: Readonly<Record<string, Source>>;
  /** Of the constants. */
  dispose(): void;
}

/**
 * Runs a function and records every kernel that it calls through the engine, on whatever backend is in use. For the
 * duration the engine's `runKernel` is replaced; kernels that a kernel calls belong to it and are not recorded.
 * @returns the calls that the outputs depend on, in their order
 */
export function traceCalls(run: InferenceFunction, inputs: Readonly<Record<string, tf.Tensor>>): Trace {
  const engine = tf.engine();
  const original = engine.runKernel;
  const sources = new Map<unknown, Source>();
  for (const [name, tensor] of Object.entries(inputs)) sources.set(tensor, { kind: "input", name });
  const calls: KernelCall[] = [];
  const constants: TracedConstant[] = [];
  const dispose = () => tf.dispose(constants.map((constant) => constant.tensor));
  const sourceOf = (tensor: tf.Tensor): Source => {
    const known = sources.get(tensor);
    if (known !== undefined) return known;
    const source: Source = { kind: "constant", constant: constants.length };
    const clone = tf.keep(original.call(engine, "Identity", { x: tensor }) as tf.Tensor);
    constants.push({ tensor: clone, dataId: tensor.dataId });
    sources.set(tensor, source);
    return source;
  };
  let depth = 0;
  const record = <T extends tf.Tensor | tf.Tensor[]>(
    kernel: string,
    given: tf.NamedTensorMap,
    attributes: tf.NamedAttrMap = {},
  ): T => {
    // Before the kernel runs: it may dispose of what it is given.
    const named = Object.entries(given).filter(([, tensor]) => tensor != null);
    const inputsOf = () =>
      Object.fromEntries(
        named.map(([name, tensor]) => [name, { ...formOf(tensor), source: sourceOf(tensor) }]),
      );
    const recordedInputs = depth === 0 ? inputsOf() : {};
    depth++;
    let result: T;
    try {
      result = original.call(engine, kernel, given, attributes) as T;
    } finally {
      depth--;
    }
    if (depth > 0) return result;
    const outputs: tf.Tensor[] = Array.isArray(result) ? result : [result];
    for (const [index, tensor] of outputs.entries()) {
      sources.set(tensor, { kind: "output", call: calls.length, index });
    }
    calls.push({ kernel, inputs: recordedInputs, attributes, outputs: outputs.map(formOf) });
    return result;
  };
  try {
    const outputs: Record<string, Source> = {};
    tf.tidy(() => {
      engine.runKernel = record;
      try {
        for (const [name, tensor] of Object.entries(run(inputs))) outputs[name] = sourceOf(tensor);
      } finally {
        engine.runKernel = original;
      }
    });
    return { ...withoutDead(calls, outputs), constants, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

const formOf = ({ shape, dtype }: tf.Tensor): TensorForm => ({ shape: [...shape], dtype });

/** The calls on which the outputs depend, numbered anew. */
function withoutDead(
  calls: readonly KernelCall[],
  outputs: Readonly<Record<string, Source>>,
): Pick<Trace, "calls" | "outputs"> {
  const live = new Set<number>();
  const mark = (source: Source) => {
    if (source.kind === "output") live.add(source.call);
  };
  Object.values(outputs).forEach(mark);
  for (let index = calls.length - 1; index >= 0; index--) {
    if (live.has(index)) for (const { source } of Object.values(calls[index].inputs)) mark(source);
  }
  const order = [...live].sort((a, b) => a - b);
  const numbers = new Map(order.map((before, after) => [before, after]));
  const moved = (source: Source): Source =>
    source.kind === "output" ? { ...source, call: numbers.get(source.call) as number } : source;
  const mapped = <T, R>(record: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
  return {
    calls: order.map((index) => ({
      ...calls[index],
      inputs: mapped(calls[index].inputs, (input) => ({ ...input, source: moved(input.source) })),
    })),
    outputs: mapped(outputs, moved),
  };
}
