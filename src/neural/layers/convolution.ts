import type * as tf from "@tensorflow/tfjs-core";
import { type ConvolutionMotion, conv1d } from "../ops/conv1d.ts";
import { depthwiseConv1d } from "../ops/depthwiseConv1d.ts";
import { kaimingNormal, normal } from "./initialisers.ts";
import type { Scope } from "./scope.ts";

/** Kernel, stride and zeros of a convolution without bias, as one in front of a batch normalisation is. */
export type ConvolutionShape = Pick<ConvolutionMotion, "stride" | "padding"> & { readonly kernel: number };

/** @returns `[batch, time, inputs]` → `[batch, windows, outputs]` */
export function convolution(
  scope: Scope,
  inputs: number,
  outputs: number,
  { kernel, stride, padding }: ConvolutionShape,
): (x: tf.Tensor) => tf.Tensor3D {
  const weight = scope.parameter("weight", [kernel, inputs, outputs], kaimingNormal);
  return (x) =>
    conv1d(x as tf.Tensor3D, weight as tf.Tensor as tf.Tensor3D, { stride, padding, dilation: 1 });
}

/** @returns `[batch, time, channels]` → `[batch, windows, channels]` */
export function depthwiseConvolution(
  scope: Scope,
  channels: number,
  { kernel, stride, padding }: ConvolutionShape,
): (x: tf.Tensor) => tf.Tensor3D {
  // By its fan-out, one filter a channel: kernel alone.
  const weight = scope.parameter("weight", [kernel, channels], normal(Math.sqrt(2 / kernel)));
  return (x) =>
    depthwiseConv1d(x as tf.Tensor3D, weight as tf.Tensor as tf.Tensor2D, { stride, padding, dilation: 1 });
}
