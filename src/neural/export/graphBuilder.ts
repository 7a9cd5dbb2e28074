import type * as tf from "@tensorflow/tfjs-core";
import { Failure } from "../../domain/failure.ts";
import type { BatchNumber } from "./batchSizes.ts";

/** A shape as TensorFlow writes it; −1 for any size. */
export interface ShapeValue {
  readonly dim: readonly { readonly size: string }[];
}

/** A value of an attribute of a node, as TensorFlow's graphs are written in JSON. */
export type AttributeValue =
  | { readonly i: number }
  | { readonly f: number }
  | { readonly b: boolean }
  | { readonly s: string }
  | { readonly type: string }
  | { readonly shape: ShapeValue }
  | { readonly list: { readonly i: readonly number[] } }
  | { readonly tensor: { readonly dtype: string; readonly tensorShape: ShapeValue } };

/** An operation of a TensorFlow graph. */
export interface NodeDefinition {
  readonly name: string;
  readonly op: string;
  /** Names of nodes; of their further outputs with a number, `Unpack_3:1`. */
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, AttributeValue>>;
}

/** Values of a constant. */
export interface ConstantValues {
  readonly shape: readonly number[];
  readonly dtype: tf.DataType;
  readonly values: ArrayLike<number>;
}

const typeNames: Readonly<Partial<Record<tf.DataType, string>>> = {
  float32: "DT_FLOAT",
  int32: "DT_INT32",
  bool: "DT_BOOL",
};

/** The name that TensorFlow has for a type. @throws Failure for texts and complex numbers */
export function typeName(dtype: tf.DataType): string {
  const name = typeNames[dtype];
  if (name !== undefined) return name;
  throw new Failure(
    "graph-number-type",
    `Tensors of the type ${dtype} are not written into graph models.`,
    "model",
    "Keep real and imaginary parts as tensors of their own, and texts outside the model.",
  );
}

export const shapeValue = (shape: readonly number[]): ShapeValue => ({
  dim: shape.map((size) => ({ size: String(size) })),
});

/** Texts stand in graphs as base64. */
export const textValue = (text: string): AttributeValue => ({ s: btoa(text) });

/** Constants up to this size are compared with earlier ones, so that each number is kept once. */
const smallest = 16;

/** Puts a graph together, node by node, with the values of its constants. */
export class GraphBuilder {
  readonly nodes: NodeDefinition[] = [];
  readonly weightSpecs: tf.io.WeightsManifestEntry[] = [];
  private readonly chunks: Uint8Array[] = [];
  private readonly names = new Set<string>();
  private readonly known = new Map<string, string>();
  private batchNode: string | undefined;

  /** A name that no other node has, as close to the wanted one as TensorFlow allows. */
  claim(wanted: string): string {
    const allowed = wanted.replace(/[^A-Za-z0-9_./-]/g, "_").replace(/^[^A-Za-z0-9.]/, "n$&");
    const base = allowed === "" ? "node" : allowed;
    let name = base;
    for (let count = 1; this.names.has(name); count++) name = `${base}_${count}`;
    this.names.add(name);
    return name;
  }

  /** Adds a node under a name that has been claimed, and gives the name. */
  add(
    name: string,
    op: string,
    input: readonly string[],
    attr: Readonly<Record<string, AttributeValue>> = {},
  ): string {
    this.nodes.push({ name, op, input, attr });
    return name;
  }

  /** A constant under a name that has been claimed. */
  weight(name: string, { shape, dtype, values }: ConstantValues): string {
    const type = typeName(dtype);
    this.weightSpecs.push({ name, shape: [...shape], dtype });
    this.chunks.push(bytesOf(dtype, values));
    return this.add(name, "Const", [], {
      dtype: { type },
      value: { tensor: { dtype: type, tensorShape: shapeValue(shape) } },
    });
  }

  /** A constant without a name of its own; small ones are shared. */
  constant(constant: ConstantValues): string {
    const { shape, dtype, values } = constant;
    const make = () => this.weight(this.claim("constant"), constant);
    if (values.length > smallest) return make();
    // -0 is not 0 here.
    const texts = Array.from(values, (value) => (Object.is(value, -0) ? "-0" : String(value)));
    return this.once([dtype, shape.join("x"), ...texts].join(), make);
  }

  /** A list of whole numbers. */
  integers(values: readonly number[]): string {
    return this.constant({ shape: [values.length], dtype: "int32", values });
  }

  /** A list of whole numbers that grow with the batch of an input: factor · batch + offset. */
  batchNumbers(numbers: readonly BatchNumber[]): string {
    const factors = numbers.map(({ factor }) => factor);
    const offsets = numbers.map(({ offset }) => offset);
    return this.once(`batch ${factors} ${offsets}`, () => {
      const scaled = this.add(this.claim("scaledBatch"), "Mul", [this.batch(), this.integers(factors)]);
      return this.add(this.claim("batchNumbers"), "AddV2", [scaled, this.integers(offsets)]);
    });
  }

  /** The input from which the size of the batch is taken. */
  takeBatchFrom(node: string): void {
    this.batchNode = node;
  }

  /** Values of all constants, in the order of their specifications. */
  weightData(): ArrayBuffer {
    const data = new Uint8Array(this.chunks.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const chunk of this.chunks) {
      data.set(chunk, at);
      at += chunk.length;
    }
    return data.buffer;
  }

  private batch(): string {
    return this.once("batch", () => {
      const shape = this.add(this.claim("inputShape"), "Shape", [this.batchNode as string]);
      return this.add(this.claim("batch"), "Slice", [shape, this.integers([0]), this.integers([1])]);
    });
  }

  private once(key: string, make: () => string): string {
    const name = this.known.get(key) ?? make();
    this.known.set(key, name);
    return name;
  }
}

/** Little-endian, as graph models keep them. */
function bytesOf(dtype: tf.DataType, values: ArrayLike<number>): Uint8Array {
  if (dtype === "bool") return Uint8Array.from(values);
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < values.length; index++) {
    if (dtype === "int32") view.setInt32(index * 4, values[index], true);
    else view.setFloat32(index * 4, values[index], true);
  }
  return bytes;
}
