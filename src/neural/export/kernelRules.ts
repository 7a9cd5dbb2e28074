import type * as tf from "@tensorflow/tfjs-core";
import { Failure } from "../../domain/failure.ts";
import { type AttributeValue, textValue, typeName } from "./graphBuilder.ts";
import type { KernelCall } from "./graphTrace.ts";

/** Where an operand of a node comes from. */
export type Operand =
  /** An input of the kernel, by the kernel's own name. */
  | { readonly kind: "tensor"; readonly name: string }
  /** All inputs of a kernel that takes a list. */
  | { readonly kind: "tensors" }
  /** The first output of the node that the rule before made. */
  | { readonly kind: "previous" }
  /** A constant made of the kernel's attributes. */
  | {
      readonly kind: "values";
      readonly values: (call: KernelCall) => ConstantOperand;
    }
  /** A list of whole numbers that may grow with the batch. */
  | {
      readonly kind: "sizes";
      readonly sizes: (call: KernelCall) => readonly number[];
      /** Which of them may be written as −1, the size that is left. */
      readonly open?: (call: KernelCall) => readonly boolean[];
      /** How many may be. */
      readonly openAtMost?: number;
    };

/** A constant as it stands in a graph. */
export interface ConstantOperand {
  readonly shape: readonly number[];
  readonly dtype: tf.DataType;
  readonly values: readonly number[];
}

/** One TensorFlow operation in the place of a kernel. */
export interface NodeRule {
  readonly operation: string;
  readonly operands: readonly Operand[];
  readonly attributes?: Readonly<Record<string, (call: KernelCall) => AttributeValue>>;
}

/** What stands for a kernel in a graph: one operation, or a chain of them, the last giving the result. */
export type KernelRule = NodeRule | ((call: KernelCall) => readonly NodeRule[]);

/** A kernel whose settings no operation of a graph model has. */
export const refused = ({ kernel }: KernelCall, what: string, remedy: string) =>
  new Failure("graph-kernel-setting", `Graph models have no ${kernel} with ${what}.`, kernel, remedy);

export const tensor = (name: string): Operand => ({ kind: "tensor", name });
export const tensors: Operand = { kind: "tensors" };
export const previous: Operand = { kind: "previous" };

/** An attribute that is a number. @throws Error where it is none, which the kernel would not have accepted */
export function numberOf({ kernel, attributes }: KernelCall, key: string): number {
  const value = attributes[key];
  if (typeof value === "number" || typeof value === "boolean") return Number(value);
  throw new Error(`${kernel}: ${key} is no number`);
}

/** An attribute that is a number or a list of them, as a list; where it is absent, what is given instead. */
export function numbersOf(
  { kernel, attributes }: KernelCall,
  key: string,
  absent?: readonly number[],
): readonly number[] {
  const value = attributes[key] ?? absent;
  if (typeof value === "number") return [value];
  if (Array.isArray(value)) return value.flat();
  throw new Error(`${kernel}: ${key} is no list of numbers`);
}

const constantOperand = (values: (call: KernelCall) => ConstantOperand): Operand => ({
  kind: "values",
  values,
});

/** One number. */
export const scalar = (key: string, dtype: tf.DataType = "int32"): Operand =>
  constantOperand((call) => ({ shape: [], dtype, values: [numberOf(call, key)] }));

/** One number of the type of the result. */
export const scalarOfResult = (key: string): Operand =>
  constantOperand((call) => ({ shape: [], dtype: call.outputs[0].dtype, values: [numberOf(call, key)] }));

/** A list of whole numbers. */
export const integers = (key: string): Operand =>
  constantOperand((call) => {
    const values = numbersOf(call, key);
    return { shape: [values.length], dtype: "int32", values };
  });

/** Pairs of whole numbers, `[pairs, 2]`. */
export const integerPairs = (key: string): Operand =>
  constantOperand((call) => {
    const values = numbersOf(call, key);
    return { shape: [values.length / 2, 2], dtype: "int32", values };
  });

/** Axes of an input; all of them where the attribute is absent. */
export const axes = (key: string, input = "x"): Operand =>
  constantOperand((call) => {
    const values = numbersOf(
      call,
      key,
      call.inputs[input].shape.map((_, axis) => axis),
    );
    return { shape: [values.length], dtype: "int32", values };
  });

/** A number that does not depend on the call, in the type and a shape of an input. */
export const filled = (like: string, value: number): Operand =>
  constantOperand(({ inputs }) => {
    const { shape, dtype } = inputs[like];
    const size = shape.reduce((product, each) => product * each, 1);
    return { shape, dtype, values: new Array<number>(size).fill(value) };
  });

/** Sizes that may grow with the batch. */
export const sizes = (of: (call: KernelCall) => readonly number[]): Operand => ({ kind: "sizes", sizes: of });

export const whole = (key: string) => (call: KernelCall) => ({ i: numberOf(call, key) });
export const real = (key: string) => (call: KernelCall) => ({ f: numberOf(call, key) });
export const truth = (key: string) => (call: KernelCall) => ({ b: Boolean(call.attributes[key]) });
export const word = (key: string) => (call: KernelCall) =>
  textValue(String(call.attributes[key]).toUpperCase());
export const inputCount = (call: KernelCall) => ({ i: Object.keys(call.inputs).length });
export const resultType = (call: KernelCall) => ({ type: typeName(call.outputs[0].dtype) });

/** A kernel of one tensor that is an operation of the same kind. */
export const unary = (operation: string, input = "x"): NodeRule => ({
  operation,
  operands: [tensor(input)],
});

/** A kernel of two tensors that is an operation of the same kind. */
export const binary = (operation: string): NodeRule => ({
  operation,
  operands: [tensor("a"), tensor("b")],
});

/** A reduction over axes. */
export const reduction = (operation: string, key = "axis"): NodeRule => ({
  operation,
  operands: [tensor("x"), axes(key)],
  attributes: { keep_dims: truth("keepDims") },
});

/** An operation along one axis. */
export const alongAxis = (
  operation: string,
  attributes: NonNullable<NodeRule["attributes"]> = {},
): NodeRule => ({
  operation,
  operands: [tensor("x"), scalar("axis")],
  attributes,
});
