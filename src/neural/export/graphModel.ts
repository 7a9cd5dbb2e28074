import * as tf from "@tensorflow/tfjs-core";
import { Failure } from "../../domain/failure.ts";
import { batchNumber, batchSizes, type PairedTrace, pairTraces } from "./batchSizes.ts";
import { GraphBuilder, type NodeDefinition, shapeValue, typeName } from "./graphBuilder.ts";
import { type InferenceFunction, type Source, type Trace, traceCalls } from "./graphTrace.ts";
import { addKernel } from "./kernelConversion.ts";

/** An input of a model. */
export interface GraphInput {
  /** Without the batch, which is the first axis of every input. */
  readonly shape: readonly number[];
  /** Single precision where none is given. */
  readonly dtype?: "float32" | "int32";
}

/** What is exported. */
export interface GraphModelRequest {
  readonly inputs: Readonly<Record<string, GraphInput>>;
  /** Called with two batches; the tensors that it makes are disposed of, those that it uses are left alone. */
  readonly run: InferenceFunction;
  /** Names for tensors that the function uses; constants that have none are numbered. */
  readonly weights?: ReadonlyMap<tf.Tensor, string>;
  /** Goes into the model. `signature` and `structuredOutputKeys` have a meaning for tfjs and are not free. */
  readonly metadata?: Readonly<Record<string, string | number | boolean>>;
}

/** A model as `tf.loadGraphModel` takes it. */
export type GraphModelArtifacts = Required<
  Pick<
    tf.io.ModelArtifacts,
    "weightSpecs" | "format" | "generatedBy" | "convertedBy" | "userDefinedMetadata" | "signature"
  >
> & {
  readonly modelTopology: {
    readonly node: readonly NodeDefinition[];
    readonly library: object;
    readonly versions: { readonly producer: number };
  };
  readonly weightData: ArrayBuffer;
};

/**
 * Writes a function of tensors as a graph model for plain TensorFlow.js. The function is run with two batch sizes, on the
 * backend in use, and the kernels that it calls become the operations of the graph; sizes that differ between the two
 * follow the batch. What the function decides by itself, such as dropout that is on or off, is fixed in the model.
 *
 * Not covered: loops and conditions by values, chance, texts and complex numbers, and whatever `kernelTable` has no rule
 * for. The graph is for tfjs: TensorFlow itself asks for further attributes.
 * @throws Failure where the function cannot be written as a graph for all batch sizes
 */
export async function exportGraphModel(request: GraphModelRequest): Promise<GraphModelArtifacts> {
  const traces: Trace[] = [];
  try {
    for (const batch of batchSizes) traces.push(traceWith(request, batch));
    const [first, second] = traces;
    const paired = pairTraces(first, second);
    const builder = new GraphBuilder();
    const inputs = placeholders(builder, request);
    const outputNames = Object.keys(paired.outputs).map((name) => [name, builder.claim(name)] as const);
    const constants = await addConstants(builder, paired, first, second, request.weights ?? new Map());
    const kernels: string[] = [];
    const nodeOf = (source: Source): string => {
      if (source.kind === "input") return inputs[source.name];
      if (source.kind === "constant") return constants[source.constant];
      return source.index === 0 ? kernels[source.call] : `${kernels[source.call]}:${source.index}`;
    };
    for (const call of paired.calls) kernels.push(addKernel(builder, call, nodeOf));
    for (const [name, node] of outputNames) builder.add(node, "Identity", [nodeOf(paired.outputs[name])]);
    return artifacts(builder, request, inputs, Object.fromEntries(outputNames), paired, first);
  } finally {
    for (const trace of traces) trace.dispose();
  }
}

/** A model as files beside each other. */
export function graphModelFiles(
  model: GraphModelArtifacts,
): Readonly<Record<"model.json" | "group1-shard1of1.bin", Uint8Array>> {
  const { modelTopology, weightSpecs, weightData, ...rest } = model;
  const weights = "group1-shard1of1.bin";
  const description = {
    ...rest,
    modelTopology,
    weightsManifest: [{ paths: [weights], weights: weightSpecs }],
  } satisfies tf.io.ModelJSON;
  return {
    "model.json": new TextEncoder().encode(JSON.stringify(description)),
    [weights]: new Uint8Array(weightData),
  };
}

/** The kernels for a batch of made-up signals, others for every batch size. */
function traceWith({ inputs, run }: GraphModelRequest, batch: number): Trace {
  const given = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, dtype = "float32" }]) => {
      const whole = [batch, ...shape];
      const size = whole.reduce((product, each) => product * each, 1);
      // Whole numbers may be places in a table: 0 is one of any.
      const values = Float32Array.from({ length: size }, (_, at) =>
        dtype === "int32" ? 0 : Math.sin(at * batch + 1),
      );
      return [name, tf.tensor(values, whole, dtype)];
    }),
  );
  try {
    return traceCalls(run, given);
  } finally {
    tf.dispose(given);
  }
}

function placeholders(
  builder: GraphBuilder,
  { inputs }: GraphModelRequest,
): Readonly<Record<string, string>> {
  const nodes = Object.entries(inputs).map(([name, { shape, dtype = "float32" }]) => {
    const attributes = { dtype: { type: typeName(dtype) }, shape: { shape: shapeValue([-1, ...shape]) } };
    return [name, builder.add(builder.claim(name), "Placeholder", [], attributes)] as const;
  });
  if (nodes.length === 0) throw new RangeError("a graph model has at least one input");
  builder.takeBatchFrom(nodes[0][1]);
  return Object.fromEntries(nodes);
}

/** Nodes of all constants, in the order of their pairs. */
async function addConstants(
  builder: GraphBuilder,
  { constants }: PairedTrace,
  first: Trace,
  second: Trace,
  weights: ReadonlyMap<tf.Tensor, string>,
): Promise<readonly string[]> {
  // By what they hold: a clone or a variable's value is the same weight.
  const names = new Map<object, { readonly shape: string; readonly name: string }>();
  for (const [tensor, name] of weights) names.set(tensor.dataId, { shape: tensor.shape.join(), name });
  const nodes: string[] = [];
  for (const [index, [one, other]] of constants.entries()) {
    const { tensor, dataId } = first.constants[one];
    const later = second.constants[other];
    const { shape, dtype } = tensor;
    typeName(dtype);
    const values = await tensor.data<"float32">();
    const weight = names.get(dataId);
    if (dataId === later.dataId || (await isSame(tensor, values, later.tensor))) {
      const isNamed = weight !== undefined && weight.shape === shape.join();
      const constant = { shape, dtype, values };
      nodes.push(isNamed ? builder.weight(builder.claim(weight.name), constant) : builder.constant(constant));
    } else {
      nodes.push(await addFilled(builder, tensor, values, later.tensor, `constant ${index + 1}`));
    }
  }
  return nodes;
}

async function isSame(tensor: tf.Tensor, values: Float32Array, other: tf.Tensor): Promise<boolean> {
  if (tensor.dtype !== other.dtype || tensor.shape.join() !== other.shape.join()) return false;
  const others = await other.data<"float32">();
  return values.every((value, index) => Object.is(value, others[index]));
}

/** A constant that grows with the batch can be written if it is one number all over, such as a state of zeros. */
async function addFilled(
  builder: GraphBuilder,
  tensor: tf.Tensor,
  values: Float32Array,
  other: tf.Tensor,
  place: string,
): Promise<string> {
  const others = await other.data<"float32">();
  const isFilled = [values, others].every((each) => each.every((value) => Object.is(value, values[0])));
  if (!isFilled || tensor.rank !== other.rank || tensor.dtype !== other.dtype || values.length === 0) {
    throw new Failure(
      "graph-depends-on-batch",
      `A constant [${tensor.shape}] for batches of ${batchSizes[0]} is another, [${other.shape}], for batches of ` +
        `${batchSizes[1]}.`,
      place,
      "Switch off dropout and other chance, and take what follows the batch from the inputs.",
    );
  }
  const { dtype } = tensor;
  const shape = builder.batchNumbers(tensor.shape.map((size, axis) => batchNumber(size, other.shape[axis])));
  const value = builder.constant({ shape: [], dtype, values: [values[0]] });
  return builder.add(builder.claim("filled"), "Fill", [shape, value], { T: { type: typeName(dtype) } });
}

function artifacts(
  builder: GraphBuilder,
  { inputs, metadata }: GraphModelRequest,
  inputNodes: Readonly<Record<string, string>>,
  outputNodes: Readonly<Record<string, string>>,
  { outputs, constants }: PairedTrace,
  trace: Trace,
): GraphModelArtifacts {
  const port = (node: string, dtype: tf.DataType, shape?: readonly number[]) => ({
    name: `${node}:0`,
    dtype: typeName(dtype),
    ...(shape === undefined ? {} : { tensorShape: shapeValue(shape) }),
  });
  const typeOf = (source: Source): tf.DataType => {
    if (source.kind === "input") return inputs[source.name].dtype ?? "float32";
    if (source.kind === "constant") return trace.constants[constants[source.constant][0]].tensor.dtype;
    return trace.calls[source.call].outputs[source.index].dtype;
  };
  const names = Object.keys(outputs);
  return {
    modelTopology: {
      node: builder.nodes,
      library: {},
      // Only ever shown: tfjs makes the model's version of it.
      versions: { producer: 27 },
    },
    weightSpecs: builder.weightSpecs,
    weightData: builder.weightData(),
    format: "graph-model",
    generatedBy: "ECG synthesis workbench",
    convertedBy: `TensorFlow.js ${tf.version_core}`,
    signature: {
      inputs: Object.fromEntries(
        Object.entries(inputs).map(([name, { shape, dtype = "float32" }]) => [
          name,
          port(inputNodes[name], dtype, [-1, ...shape]),
        ]),
      ),
      outputs: Object.fromEntries(
        names.map((name) => [name, port(outputNodes[name], typeOf(outputs[name]))]),
      ),
    },
    // With several outputs, `predict` gives them by name.
    userDefinedMetadata: { ...metadata, ...(names.length > 1 ? { structuredOutputKeys: names } : {}) },
  };
}
