import { textValue } from "./graphBuilder.ts";
import type { KernelCall } from "./graphTrace.ts";
import {
  filled,
  type KernelRule,
  type NodeRule,
  numbersOf,
  previous,
  real,
  refused,
  sizes,
  tensor,
} from "./kernelRules.ts";

/** A step along height and width as TensorFlow writes it, for batch and channels too; tfjs has it once or twice. */
const perAxis = (key: string) => (call: KernelCall) => {
  const [height, width] = numbersOf(call, key);
  return { list: { i: [1, height, width ?? height, 1] } };
};

/** Zeros around the input: a rule by name, or numbers before and after each axis. */
function paddingOf(call: KernelCall): { readonly name: string; readonly explicit: readonly number[] } {
  const { pad, dataFormat, dimRoundingMode } = call.attributes;
  if (dataFormat !== undefined && dataFormat !== "NHWC") {
    throw refused(call, "channels before time", "Keep channels in the last axis.");
  }
  if (dimRoundingMode !== undefined && dimRoundingMode !== null && dimRoundingMode !== "floor") {
    throw refused(call, "rounding other than down", "Pad the signal first and convolve without padding.");
  }
  if (pad === "same" || pad === "valid") return { name: pad.toUpperCase(), explicit: [] };
  const numbers = numbersOf(call, "pad");
  if (numbers.length > 1) return { name: "EXPLICIT", explicit: numbers };
  if (!isSquare(call)) {
    throw refused(call, "one number of zeros around a window that is not square", "Use `same` or `valid`.");
  }
  const [each] = numbers;
  if (each === 0) return { name: "VALID", explicit: [] };
  return { name: "EXPLICIT", explicit: [0, 0, each, each, each, each, 0, 0] };
}

/** Whether height and width are treated alike: for one number of zeros, tfjs counts both outputs by the height alone. */
function isSquare(call: KernelCall): boolean {
  const window = call.inputs["filter"]?.shape ?? numbersOf(call, "filterSize");
  return [window, numbersOf(call, "strides"), numbersOf(call, "dilations", [1])].every(
    ([height, width]) => width === undefined || height === width,
  );
}

const motion: NonNullable<NodeRule["attributes"]> = {
  strides: perAxis("strides"),
  padding: (call) => textValue(paddingOf(call).name),
  explicit_paddings: (call) => ({ list: { i: paddingOf(call).explicit } }),
  data_format: () => textValue("NHWC"),
};

const convolutionRule = (operation: string): NodeRule => ({
  operation,
  operands: [tensor("x"), tensor("filter")],
  attributes: { ...motion, dilations: perAxis("dilations") },
});

export const convolution = convolutionRule("Conv2D");
export const depthwiseConvolution = convolutionRule("DepthwiseConv2dNative");

/** The transposed convolution. */
export const convolutionGradient: NodeRule = {
  operation: "Conv2DBackpropInput",
  operands: [sizes((call) => numbersOf(call, "inputShape")), tensor("filter"), tensor("dy")],
  attributes: { ...motion, dilations: () => ({ list: { i: [1, 1, 1, 1] } }) },
};

export const pooling =
  (operation: string): KernelRule =>
  (call) => {
    if (paddingOf(call).name === "EXPLICIT") {
      throw refused(call, "a number of zeros", "Pad the signal first and pool without padding.");
    }
    return [
      {
        operation,
        operands: [tensor("x")],
        attributes: { ...motion, ksize: perAxis("filterSize") },
      },
    ];
  };

/** What follows a product in a fused kernel, by the kernel's name for it. */
const activations: Readonly<Record<string, NodeRule | null>> = {
  linear: null,
  relu: { operation: "Relu", operands: [previous] },
  relu6: { operation: "Relu6", operands: [previous] },
  elu: { operation: "Elu", operands: [previous] },
  sigmoid: { operation: "Sigmoid", operands: [previous] },
  prelu: { operation: "Prelu", operands: [previous, tensor("preluActivationWeights")] },
  leakyrelu: {
    operation: "LeakyRelu",
    operands: [previous],
    attributes: { alpha: real("leakyreluAlpha") },
  },
};

/** A product with a bias and an activation, one operation each. */
export const fused =
  (product: NodeRule): KernelRule =>
  (call) => {
    const bias: NodeRule[] =
      call.inputs["bias"] === undefined ? [] : [{ operation: "AddV2", operands: [previous, tensor("bias")] }];
    const activation = activations[String(call.attributes["activation"] ?? "linear")];
    if (activation === undefined) {
      throw refused(
        call,
        `the activation ${call.attributes["activation"]}`,
        "Apply the activation after it.",
      );
    }
    return [product, ...bias, ...(activation === null ? [] : [activation])];
  };

/** Normalisation by statistics that are given. */
export const batchNormalisation: KernelRule = ({ inputs }) => [
  {
    operation: "FusedBatchNormV3",
    operands: [
      tensor("x"),
      inputs["scale"] === undefined ? filled("mean", 1) : tensor("scale"),
      inputs["offset"] === undefined ? filled("mean", 0) : tensor("offset"),
      tensor("mean"),
      tensor("variance"),
    ],
    attributes: {
      epsilon: real("varianceEpsilon"),
      data_format: () => textValue("NHWC"),
      is_training: () => ({ b: false }),
    },
  },
];
