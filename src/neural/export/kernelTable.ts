import {
  alongAxis,
  axes,
  binary,
  inputCount,
  integerPairs,
  integers,
  type KernelRule,
  type NodeRule,
  numberOf,
  numbersOf,
  previous,
  reduction,
  refused,
  resultType,
  scalar,
  scalarOfResult,
  sizes,
  tensor,
  tensors,
  truth,
  unary,
  whole,
  word,
} from "./kernelRules.ts";
import {
  batchNormalisation,
  convolution,
  convolutionGradient,
  depthwiseConvolution,
  fused,
  pooling,
} from "./networkKernels.ts";

/** Kernels of one tensor `x` that are called the same in TensorFlow. */
const sameName = (
  "Abs Acos Acosh Asin Asinh Atan Atanh Ceil Cos Cosh Elu Erf Exp Expm1 Floor Identity IsFinite IsInf IsNan Log Log1p " +
  "LogicalNot Neg OnesLike Reciprocal Relu Relu6 Round Rsqrt Selu Sigmoid Sign Sin Sinh Softplus Sqrt Square Tan Tanh " +
  "ZerosLike"
).split(" ");

const matrixProduct: NodeRule = {
  operation: "BatchMatMulV2",
  operands: [tensor("a"), tensor("b")],
  attributes: { adj_x: truth("transposeA"), adj_y: truth("transposeB") },
};

/** What stands for each kernel of tfjs in a graph model. */
export const kernelTable: Readonly<Record<string, KernelRule>> = {
  ...Object.fromEntries(sameName.map((name) => [name, unary(name)])),

  Add: binary("AddV2"),
  Atan2: binary("Atan2"),
  Equal: binary("Equal"),
  FloorDiv: binary("FloorDiv"),
  Greater: binary("Greater"),
  GreaterEqual: binary("GreaterEqual"),
  Less: binary("Less"),
  LessEqual: binary("LessEqual"),
  LogicalAnd: binary("LogicalAnd"),
  LogicalOr: binary("LogicalOr"),
  Maximum: binary("Maximum"),
  Minimum: binary("Minimum"),
  Mod: binary("FloorMod"),
  Multiply: binary("Mul"),
  NotEqual: binary("NotEqual"),
  Pow: binary("Pow"),
  RealDiv: binary("RealDiv"),
  SquaredDifference: binary("SquaredDifference"),
  Sub: binary("Sub"),
  AddN: { operation: "AddN", operands: [tensors], attributes: { N: inputCount } },

  ClipByValue: {
    operation: "ClipByValue",
    operands: [tensor("x"), scalarOfResult("clipValueMin"), scalarOfResult("clipValueMax")],
  },
  LeakyRelu: {
    operation: "LeakyRelu",
    operands: [tensor("x")],
    attributes: { alpha: (call) => ({ f: numberOf(call, "alpha") }) },
  },
  Prelu: { operation: "Prelu", operands: [tensor("x"), tensor("alpha")] },
  Step: (call) => {
    if (call.attributes["alpha"]) throw refused(call, "a slope below 0", "Use leakyRelu.");
    const zero = { shape: [], dtype: call.inputs["x"].dtype, values: [0] };
    return [
      { operation: "Greater", operands: [tensor("x"), { kind: "values", values: () => zero }] },
      { operation: "Cast", operands: [previous], attributes: { DstT: resultType } },
    ];
  },
  Select: { operation: "SelectV2", operands: [tensor("condition"), tensor("t"), tensor("e")] },
  // The only axis that tfjs takes is the last.
  Softmax: unary("Softmax", "logits"),
  Cast: { operation: "Cast", operands: [tensor("x")], attributes: { DstT: resultType } },

  All: reduction("All"),
  Any: reduction("Any"),
  Max: reduction("Max", "reductionIndices"),
  Mean: reduction("Mean"),
  Min: reduction("Min"),
  Prod: reduction("Prod"),
  Sum: reduction("Sum"),
  ArgMax: alongAxis("ArgMax"),
  ArgMin: alongAxis("ArgMin"),
  Cumprod: alongAxis("Cumprod", { exclusive: truth("exclusive"), reverse: truth("reverse") }),
  Cumsum: alongAxis("Cumsum", { exclusive: truth("exclusive"), reverse: truth("reverse") }),
  TopK: {
    operation: "TopKV2",
    operands: [tensor("x"), scalar("k")],
    attributes: { sorted: truth("sorted") },
  },

  BatchMatMul: matrixProduct,
  _FusedMatMul: fused(matrixProduct),
  Conv2D: convolution,
  FusedConv2D: fused(convolution),
  DepthwiseConv2dNative: depthwiseConvolution,
  FusedDepthwiseConv2D: fused(depthwiseConvolution),
  Conv2DBackpropInput: convolutionGradient,
  MaxPool: pooling("MaxPool"),
  AvgPool: pooling("AvgPool"),
  FusedBatchNorm: batchNormalisation,

  Reshape: {
    operation: "Reshape",
    operands: [
      tensor("x"),
      {
        kind: "sizes",
        sizes: (call) => call.outputs[0].shape,
        open: (call) => call.outputs[0].shape.map(() => true),
        openAtMost: 1,
      },
    ],
  },
  ExpandDims: { operation: "ExpandDims", operands: [tensor("input"), scalar("dim")] },
  Transpose: { operation: "Transpose", operands: [tensor("x"), integers("perm")] },
  Slice: {
    operation: "Slice",
    operands: [
      tensor("x"),
      sizes((call) => sliceStart(numbersOf(call, "begin"), call.outputs[0].shape.length)),
      {
        kind: "sizes",
        sizes: (call) => call.outputs[0].shape,
        open: (call) => {
          const { shape } = call.inputs["x"];
          const begin = sliceStart(numbersOf(call, "begin"), shape.length);
          return call.outputs[0].shape.map((size, axis) => begin[axis] + size === shape[axis]);
        },
      },
    ],
  },
  StridedSlice: {
    operation: "StridedSlice",
    operands: [
      tensor("x"),
      sizes((call) => numbersOf(call, "begin")),
      sizes((call) => numbersOf(call, "end")),
      integers("strides"),
    ],
    attributes: {
      begin_mask: whole("beginMask"),
      end_mask: whole("endMask"),
      ellipsis_mask: whole("ellipsisMask"),
      new_axis_mask: whole("newAxisMask"),
      shrink_axis_mask: whole("shrinkAxisMask"),
    },
  },
  Concat: { operation: "ConcatV2", operands: [tensors, scalar("axis")], attributes: { N: inputCount } },
  Pack: { operation: "Pack", operands: [tensors], attributes: { N: inputCount, axis: whole("axis") } },
  Unpack: {
    operation: "Unpack",
    operands: [tensor("value")],
    attributes: { num: (call) => ({ i: call.outputs.length }), axis: whole("axis") },
  },
  SplitV: {
    operation: "SplitV",
    operands: [
      tensor("x"),
      sizes((call) => call.outputs.map(({ shape }) => shape.at(numberOf(call, "axis")) as number)),
      scalar("axis"),
    ],
    attributes: { num_split: (call) => ({ i: call.outputs.length }) },
  },
  Tile: { operation: "Tile", operands: [tensor("x"), sizes((call) => numbersOf(call, "reps"))] },
  Reverse: { operation: "ReverseV2", operands: [tensor("x"), axes("dims")] },
  PadV2: {
    operation: "PadV2",
    operands: [tensor("x"), integerPairs("paddings"), scalarOfResult("constantValue")],
  },
  MirrorPad: {
    operation: "MirrorPad",
    operands: [tensor("x"), integerPairs("paddings")],
    attributes: { mode: word("mode") },
  },
  SpaceToBatchND: {
    operation: "SpaceToBatchND",
    operands: [tensor("x"), integers("blockShape"), integerPairs("paddings")],
  },
  BatchToSpaceND: {
    operation: "BatchToSpaceND",
    operands: [tensor("x"), integers("blockShape"), integerPairs("crops")],
  },
  GatherV2: {
    operation: "GatherV2",
    operands: [tensor("x"), tensor("indices"), scalar("axis")],
    attributes: { batch_dims: whole("batchDims") },
  },
  OneHot: {
    operation: "OneHot",
    operands: [tensor("indices"), scalar("depth"), scalarOfResult("onValue"), scalarOfResult("offValue")],
    attributes: { axis: () => ({ i: -1 }), T: resultType },
  },

  Fill: {
    operation: "Fill",
    operands: [sizes((call) => call.outputs[0].shape), scalarOfResult("value")],
    attributes: { T: resultType },
  },
  Range: {
    operation: "Range",
    operands: [scalarOfResult("start"), scalarOfResult("stop"), scalarOfResult("step")],
    attributes: { Tidx: resultType },
  },
  LinSpace: {
    operation: "LinSpace",
    operands: [scalarOfResult("start"), scalarOfResult("stop"), scalar("num")],
  },
};

/** Axes for which no start is given start at 0. */
const sliceStart = (begin: readonly number[], rank: number): readonly number[] =>
  Array.from({ length: rank }, (_, axis) => begin[axis] ?? 0);
