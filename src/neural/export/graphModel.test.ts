import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import "../backend/registerGradients.ts";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import { describe, expect, test } from "vitest";
import { Failure } from "../../domain/failure.ts";
import { createRandom } from "../../signal/random.ts";
import { batchNorm } from "../layers/normalisation.ts";
import { Scope } from "../layers/scope.ts";
import { gelu, silu } from "../ops/activations.ts";
import { attention } from "../ops/attention.ts";
import { conv1d, conv1dTranspose } from "../ops/conv1d.ts";
import { depthwiseConv1d } from "../ops/depthwiseConv1d.ts";
import { longConvolution } from "../ops/longConvolution.ts";
import { project } from "../ops/matMul.ts";
import { normaliseBatch, normaliseLayer } from "../ops/normalise.ts";
import { averagePool1d, maxPool1d } from "../ops/pool1d.ts";
import { gruOfKernels, lstmOfKernels } from "../ops/recurrentKernels.ts";
import { shortTimeFourier } from "../ops/stft.ts";
import { samePadding } from "../ops/windows.ts";
import { exportGraphModel, type GraphModelRequest, graphModelFiles } from "./graphModel.ts";
import { traceCalls } from "./graphTrace.ts";
import { kernelTable } from "./kernelTable.ts";

// Before the tensors below are made.
await tf.setBackend("cpu");

function drawn(shape: number[], seed: number): tf.Tensor {
  const values = new Float32Array(tf.util.sizeFromShape(shape));
  createRandom(seed).addNormal(values, 1);
  return tf.tensor(values, shape);
}

/** Signals `[batch, time, channels]` of this form are what the functions below are given. */
const [time, channels] = [8, 6];
type OneInput = (x: tf.Tensor3D) => tf.Tensor;
const requestOf = (run: OneInput, more: Partial<GraphModelRequest> = {}): GraphModelRequest => ({
  inputs: { x: { shape: [time, channels] } },
  run: ({ x }) => ({ y: run(x as tf.Tensor3D) }),
  ...more,
});

/** Exports a function, loads it as anyone would, and compares the two for batches of several sizes. */
async function expectSame(run: OneInput, tolerance = 1e-6) {
  const model = await exportGraphModel(requestOf(run));
  const loaded = await loadGraphModel(tf.io.fromMemory(model));
  for (const batch of [1, 2, 5]) {
    const x = drawn([batch, time, channels], batch) as tf.Tensor3D;
    expectClose(loaded.predict(x) as tf.Tensor, run(x), tolerance);
  }
  loaded.dispose();
}

function expectClose(one: tf.Tensor, other: tf.Tensor, tolerance = 1e-6) {
  expect(one.shape).toEqual(other.shape);
  expect(one.dtype).toBe(other.dtype);
  const expected = other.dataSync<"float32">();
  const differences = one.dataSync<"float32">().map((value, index) => Math.abs(value - expected[index]));
  // Not a number, here and in the array's maximum, fails.
  expect(Math.max(0, ...differences)).toBeLessThanOrEqual(tolerance);
}

const four = (x: tf.Tensor) => tf.expandDims(x, 3) as tf.Tensor4D;
const filter = (inputs: number, outputs: number) => drawn([3, 2, inputs, outputs], 3) as tf.Tensor4D;
const square = drawn([3, 3, 1, 2], 3) as tf.Tensor4D;
const positive = (x: tf.Tensor) => tf.add(tf.abs(x), 0.1);
const other = (x: tf.Tensor) => tf.mul(tf.reverse(x, [1]), 1.5);
const rounded = (x: tf.Tensor) => tf.cast(tf.mul(x, 10), "int32");
const kernel = (name: string, x: tf.Tensor): tf.Tensor => tf.engine().runKernel(name, { x });
const limited = "Acos Asin Atanh".split(" ");
const fromAbove = "Acosh Log Log1p Reciprocal Rsqrt Sqrt".split(" ");
const explicit: [[number, number], [number, number], [number, number], [number, number]] = [
  [0, 0],
  [2, 1],
  [0, 1],
  [0, 0],
];
const pads: [number, number][] = [
  [0, 0],
  [1, 2],
  [0, 3],
];

/** What makes tfjs call each kernel of the table that takes more than one tensor and no settings. */
const kernelCases: Readonly<Record<string, OneInput>> = {
  Add: (x) => tf.add(x, drawn([channels], 4)),
  Atan2: (x) => tf.atan2(x, other(x)),
  Equal: (x) => tf.equal(rounded(x), rounded(other(x))),
  FloorDiv: (x) => tf.floorDiv(x, positive(other(x))),
  Greater: (x) => tf.greater(x, other(x)),
  GreaterEqual: (x) => tf.greaterEqual(x, other(x)),
  Less: (x) => tf.less(x, other(x)),
  LessEqual: (x) => tf.lessEqual(x, other(x)),
  LogicalAnd: (x) => tf.logicalAnd(tf.less(x, 0.5), tf.greater(x, -0.5)),
  LogicalOr: (x) => tf.logicalOr(tf.less(x, -0.5), tf.greater(x, 0.5)),
  LogicalNot: (x) => tf.logicalNot(tf.greater(x, 0.5)),
  Maximum: (x) => tf.maximum(x, other(x)),
  Minimum: (x) => tf.minimum(x, 0.1),
  Mod: (x) => tf.mod(x, 0.3),
  Multiply: (x) => tf.mul(2, x),
  NotEqual: (x) => tf.notEqual(rounded(x), rounded(other(x))),
  Pow: (x) => tf.pow(positive(x), 1.7),
  RealDiv: (x) => tf.div(x, positive(other(x))),
  SquaredDifference: (x) => tf.squaredDifference(x, other(x)),
  Sub: (x) => tf.sub(1, x),
  AddN: (x) => tf.addN([x, other(x), x]),
  ClipByValue: (x) => tf.clipByValue(x, -0.4, 0.7),
  LeakyRelu: (x) => tf.leakyRelu(x, 0.03),
  Prelu: (x) => tf.prelu(x, drawn([channels], 5)),
  Step: (x) => tf.step(x),
  Select: (x) => tf.where(tf.greater(x, 0), x, tf.exp(x)),
  Softmax: (x) => tf.softmax(x),
  Cast: (x) => tf.cast(tf.mul(x, 5), "int32"),
  All: (x) => tf.all(tf.greater(x, -1), 2),
  Any: (x) => tf.any(tf.greater(x, 1), 1, true),
  Max: (x) => tf.max(x, 2),
  Mean: (x) => tf.mean(x, [1, 2], true),
  Min: (x) => tf.min(x, -1),
  Prod: (x) => tf.prod(x, 1),
  Sum: (x) => tf.sum(x),
  ArgMax: (x) => tf.argMax(x, 2),
  ArgMin: (x) => tf.argMin(x, 1),
  Cumprod: (x) => tf.cumprod(x, 1),
  Cumsum: (x) => tf.cumsum(x, 1, true, true),
  TopK: (x) =>
    tf.concat(
      Object.values(tf.topk(x, 3)).map((each) => tf.cast(each, "float32")),
      2,
    ),
  BatchMatMul: (x) => tf.matMul(x, other(x), false, true),
  _FusedMatMul: (x) =>
    tf.fused.matMul({
      a: x,
      b: tf.tile(drawn([1, channels, 5], 6), [x.shape[0], 1, 1]),
      bias: drawn([5], 7),
      activation: "relu",
    }),
  Conv2D: (x) => tf.conv2d(four(x), filter(1, 5), [2, 1], explicit),
  FusedConv2D: (x) =>
    tf.fused.conv2d({
      x: four(x),
      filter: filter(1, 5),
      strides: 1,
      pad: "same",
      dilations: [2, 1],
      bias: drawn([5], 8) as tf.Tensor1D,
      activation: "leakyrelu",
      leakyreluAlpha: 0.1,
    }),
  DepthwiseConv2dNative: (x) => tf.depthwiseConv2d(four(x), filter(1, 2), 1, "valid"),
  FusedDepthwiseConv2D: (x) =>
    tf.fused.depthwiseConv2d({
      x: four(x),
      filter: square,
      strides: 2,
      pad: 1,
      activation: "elu",
    }),
  Conv2DBackpropInput: (x) =>
    tf.conv2dTranspose(four(x), filter(4, 1), [x.shape[0], 2 * time, channels, 4], [2, 1], "same"),
  MaxPool: (x) => tf.maxPool(four(x), [3, 2], [2, 1], "same"),
  AvgPool: (x) => tf.avgPool(four(x), [3, 1], [2, 1], "valid"),
  FusedBatchNorm: (x) =>
    tf.batchNorm(x, drawn([channels], 9) as tf.Tensor1D, positive(drawn([channels], 10)) as tf.Tensor1D),
  Reshape: (x) => tf.reshape(x, [-1, 3]),
  ExpandDims: (x) => tf.expandDims(x, -1),
  Transpose: (x) => tf.transpose(x, [2, 0, 1]),
  Slice: (x) => tf.slice(x, [0, 1, 2], [-1, 3, 4]),
  StridedSlice: (x) => tf.stridedSlice(x, [0, 1, 0], [x.shape[0], time, channels], [1, 2, 1], 0, 4),
  Concat: (x) => tf.concat([x, other(x), x], -1),
  Pack: (x) => tf.stack([x, other(x)], 2),
  Unpack: (x) => tf.sub(tf.unstack(x, 1)[3], tf.unstack(x, 1)[0]),
  SplitV: (x) => tf.split(x, [1, 2, 3], 2)[1],
  Tile: (x) => tf.tile(x, [1, 2, 3]),
  Reverse: (x) => tf.reverse(x, [1, 2]),
  PadV2: (x) => tf.pad(x, pads, -1.5),
  MirrorPad: (x) => tf.mirrorPad(x, pads, "reflect"),
  SpaceToBatchND: (x) => tf.spaceToBatchND(four(x), [2, 3], [pads[0], pads[0]]),
  BatchToSpaceND: (x) =>
    tf.batchToSpaceND(tf.concat([four(x), four(other(x))], 0), [2, 1], [[0, 1], pads[0]]),
  GatherV2: (x) => tf.gather(x, tf.tensor1d([3, 0, 3], "int32"), 2),
  OneHot: (x) => tf.oneHot(tf.argMax(x, 1) as tf.Tensor2D, time, 2, -1),
  Fill: (x) => tf.concat([x, tf.fill([x.shape[0], 1, channels], 0.5)], 1),
  Range: (x) =>
    tf.add(x, tf.engine().runKernel("Range", {}, { start: 0, stop: 6, step: 1, dtype: "float32" })),
  LinSpace: (x) => tf.mul(x, tf.linspace(0, 1, channels)),
};

const unaryNames = Object.keys(kernelTable).filter((name) => kernelCases[name] === undefined);

describe("every kernel of the table", () => {
  test.each(unaryNames)("%s of one tensor", async (name) => {
    const prepared = (x: tf.Tensor) => {
      if (limited.includes(name)) return tf.mul(0.9, tf.tanh(x));
      return fromAbove.includes(name) ? tf.add(1.1, tf.abs(x)) : x;
    };
    await expectSame((x) => kernel(name, prepared(x)));
  });

  test.each(Object.entries(kernelCases))("%s", async (name, run) => {
    const trace = traceCalls(({ x }) => ({ y: run(x as tf.Tensor3D) }), { x: drawn([2, time, channels], 1) });
    expect(trace.calls.map((call) => call.kernel)).toContain(name);
    trace.dispose();
    await expectSame(run, 2e-6);
  });
});

describe("sizes that follow the batch", () => {
  test.each<[string, OneInput]>([
    ["two axes of a reshape", (x) => tf.reshape(tf.matMul(...rows(x)), [x.shape[0], x.shape[0], 1])],
    [
      "a slice that starts with the batch",
      (x) => tf.slice(tf.concat([x, x], 0), [x.shape[0], 0, 0], [1, 2, 3]),
    ],
    ["a slice in the middle", (x) => tf.slice(tf.concat([x, x, x], 0), [1, 0, 0], [x.shape[0], 2, 3])],
    ["parts of a split", (x) => tf.split(tf.concat([x, x, x], 0), [x.shape[0], 2 * x.shape[0]], 0)[1]],
    ["repetitions", (x) => tf.tile(tf.ones([1, 3]), [x.shape[0], 2])],
    ["a constant of one number", (x) => tf.add(tf.ones([x.shape[0], time, 1]), x)],
    ["nothing", (x) => tf.sum(x, 0)],
  ])("%s", (_, run) => expectSame(run, 1e-5));
});

const rows = (x: tf.Tensor): [tf.Tensor2D, tf.Tensor2D] => {
  const flat = tf.reshape(x, [x.shape[0], -1]) as tf.Tensor2D;
  return [flat, tf.transpose(flat)];
};

describe("operations of this project", () => {
  const motion = { stride: 2, dilation: 1, padding: samePadding(time, 3, 2) };
  const pooling = { kernel: 3, stride: 2, padding: samePadding(time, 3, 2) };
  const [scale, offset] = [drawn([channels], 11) as tf.Tensor1D, drawn([channels], 12) as tf.Tensor1D];
  const matrix = (inputs: number, outputs: number) =>
    drawn([inputs, outputs], inputs + outputs) as tf.Tensor2D;
  const spectrum = shortTimeFourier(time, 4, 2);
  const long = longConvolution(time);
  const scope = Scope.root(createRandom(2));
  const normalise = batchNorm(scope, channels);
  for (const { variable } of [...scope.parameters, ...scope.buffers]) {
    variable.assign(positive(drawn([channels], 22)));
  }
  test.each<[string, OneInput]>([
    ["conv1d", (x) => conv1d(x, drawn([3, channels, 5], 13) as tf.Tensor3D, motion)],
    [
      "conv1d, dilated",
      (x) => conv1d(x, drawn([3, channels, 5], 14) as tf.Tensor3D, { ...motion, dilation: 2 }),
    ],
    [
      "conv1dTranspose",
      (x) =>
        conv1dTranspose(x, drawn([4, 5, channels], 15) as tf.Tensor3D, 16, { ...motion, padding: [1, 1] }),
    ],
    ["depthwiseConv1d", (x) => depthwiseConv1d(x, drawn([3, channels], 16) as tf.Tensor2D, motion)],
    ["maxPool1d", (x) => maxPool1d(x, pooling)],
    ["averagePool1d", (x) => averagePool1d(x, pooling)],
    ["normaliseLayer", (x) => normaliseLayer(x, scale, offset)],
    ["silu and gelu", (x) => gelu(silu(x))],
    ["logSoftmax", (x) => tf.logSoftmax(x)],
    ["batchNorm as it was trained", (x) => normalise(x, { training: false, random: createRandom(1) })],
    ["attention", (x) => attention(x, other(x), x, { heads: 2, scale: 0.5 })],
    ["lstm", (x) => lstmOfKernels(project(x, matrix(channels, 20)) as tf.Tensor3D, matrix(5, 20))],
    [
      "gru",
      (x) =>
        gruOfKernels(
          project(x, matrix(channels, 15)) as tf.Tensor3D,
          matrix(5, 15),
          drawn([15], 17) as tf.Tensor1D,
        ),
    ],
    ["longConvolution", (x) => long.convolve(x, drawn([time, channels], 18) as tf.Tensor2D)],
    [
      "shortTimeFourier",
      (x) => {
        const { real, imaginary } = spectrum.transform(tf.squeeze(tf.slice(x, [0, 0, 0], [-1, -1, 1]), [2]));
        return tf.sqrt(tf.add(tf.square(real), tf.square(imaginary)));
      },
    ],
  ])("%s", (_, run) => expectSame(run));

  test("normaliseBatch divides by a count that no graph knows, and is refused", async () => {
    const run: OneInput = (x) => normaliseBatch(x, scale, offset, 1e-5).value;
    await expect(exportGraphModel(requestOf(run))).rejects.toMatchObject({ code: "graph-depends-on-batch" });
  });
});

describe("models", () => {
  const table = tf.variable(drawn([4, channels], 19));
  const request: GraphModelRequest = {
    inputs: { signal: { shape: [time, channels] }, label: { shape: [], dtype: "int32" } },
    run: ({ signal, label }) => {
      const row = tf.gather(table, label as tf.Tensor1D);
      const sum = tf.add(signal, tf.expandDims(row, 1));
      return { sum, largest: tf.max(sum, 2), label };
    },
    weights: new Map([[table, "embedding.weight:0"]]),
    metadata: { samplingFrequency: 250 },
  };
  const inputsOf = (batch: number) => ({
    signal: drawn([batch, time, channels], 20),
    label: tf.tensor1d(
      Array.from({ length: batch }, (_, at) => at % 4),
      "int32",
    ),
  });

  test("take several inputs and give several outputs by name, from files", async () => {
    const files = graphModelFiles(await exportGraphModel(request));
    const loaded = await loadGraphModel({
      load: async () => {
        const description: tf.io.ModelJSON = JSON.parse(new TextDecoder().decode(files["model.json"]));
        return tf.io.getModelArtifactsForJSON(description, async (manifest) => {
          expect(manifest.flatMap(({ paths }) => paths)).toEqual(["group1-shard1of1.bin"]);
          return [tf.io.getWeightSpecs(manifest), files["group1-shard1of1.bin"].slice().buffer];
        });
      },
    });
    for (const batch of [1, 2, 5]) {
      const given = inputsOf(batch);
      const expected = request.run(given);
      const outputs = loaded.predict(given) as tf.NamedTensorMap;
      expect(Object.keys(outputs)).toEqual(["sum", "largest", "label"]);
      for (const [name, tensor] of Object.entries(outputs)) expectClose(tensor, expected[name]);
    }
    expect(loaded.inputs.map(({ name, shape, dtype }) => [name, shape, dtype])).toEqual([
      ["signal", [-1, time, channels], "float32"],
      ["label", [-1], "int32"],
    ]);
    expect(loaded.metadata).toMatchObject({ samplingFrequency: 250 });
    expect(Object.keys(loaded.weights)).toContain("embedding.weight_0");
  });

  test("come from any backend, with the names of their weights", async () => {
    const model = await exportGraphModel(request);
    await tf.setBackend("wasm");
    const other = await exportGraphModel(request);
    await tf.setBackend("cpu");
    expect(other).toEqual(model);
  });

  test("hold no kernel that no output needs, and no constant twice", async () => {
    const model = await exportGraphModel(
      requestOf((x) => {
        tf.erf(x);
        return tf.mul(tf.add(tf.mul(x, 0.5), 0.5), tf.scalar(0.5));
      }),
    );
    expect(model.modelTopology.node.map(({ op }) => op)).toEqual([
      "Placeholder",
      "Const",
      "Mul",
      "AddV2",
      "Mul",
      "Identity",
    ]);
    expect(new Float32Array(model.weightData)).toEqual(Float32Array.of(0.5));
  });

  test("leave nothing behind, and the engine as it was", async () => {
    const [before, runKernel] = [tf.memory().numTensors, tf.engine().runKernel];
    await exportGraphModel(request);
    await expect(exportGraphModel(requestOf((x) => tf.addN(tf.unstack(x, 0))))).rejects.toThrow(Failure);
    const failing = requestOf((x) => {
      tf.add(x, 1);
      throw new RangeError("in the model");
    });
    await expect(exportGraphModel(failing)).rejects.toThrow("in the model");
    expect(tf.memory().numTensors).toBe(before);
    expect(tf.engine().runKernel).toBe(runKernel);
  });

  test("record no kernel that runs within another", () => {
    tf.registerKernel({
      kernelName: "NegTwice",
      backendName: "cpu",
      kernelFunc: ({ inputs }) => kernel("Neg", kernel("Neg", inputs["x"] as tf.Tensor)),
    });
    const trace = traceCalls(({ x }) => ({ y: tf.abs(kernel("NegTwice", x)) }), { x: drawn([2, 3], 21) });
    expect(trace.calls.map((call) => call.kernel)).toEqual(["NegTwice", "Abs"]);
    trace.dispose();
    tf.unregisterKernel("NegTwice", "cpu");
  });
});

describe("what no graph model has is refused with a reason", () => {
  const turn = tf.complex(1, 2);
  test.each<[string, string, OneInput]>([
    ["an unknown kernel", "graph-kernel-unknown", (x) => tf.einsum("bij,bij->b", x, x)],
    ["a loop over the batch", "graph-depends-on-batch", (x) => tf.addN(tf.unstack(x, 0))],
    ["chance", "graph-depends-on-batch", (x) => tf.mul(x, tf.randomUniform(x.shape))],
    ["a number read from the input", "graph-depends-on-batch", (x) => tf.mul(x, x.dataSync()[1])],
    [
      "a decision by values",
      "graph-depends-on-batch",
      (x) => (x.dataSync()[1] < -0.5 ? tf.abs(x) : tf.exp(x)),
    ],
    [
      "padding as long as the batch",
      "graph-depends-on-batch",
      (x) => tf.pad(x, [pads[0], [x.shape[0], 0], pads[0]]),
    ],
    ["pooling over zeros", "graph-kernel-setting", (x) => tf.maxPool(four(x), 3, 1, 1)],
    ["channels first", "graph-kernel-setting", (x) => tf.conv2d(four(x), filter(time, 2), 1, "same", "NCHW")],
    ["one number of zeros", "graph-kernel-setting", (x) => tf.conv2d(four(x), filter(1, 2), 1, 1)],
    ["complex numbers", "graph-kernel-unknown", (x) => tf.real(tf.complex(x, tf.zeros(x.shape)))],
    ["a complex constant", "graph-number-type", (x) => tf.mul(x, tf.real(turn))],
  ])("%s", async (_, code, run) => {
    const before = tf.memory().numTensors;
    const failure = await exportGraphModel(requestOf(run)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ code });
    expect(tf.memory().numTensors).toBe(before);
  });
});
