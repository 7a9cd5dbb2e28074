import * as tf from "@tensorflow/tfjs-core";
import type { Initialiser } from "../layers/initialisers.ts";
import { linear } from "../layers/linear.ts";
import { batchNorm } from "../layers/normalisation.ts";
import type { Mode, Scope } from "../layers/scope.ts";
import { type ConditionedInputs, withLoudClasses } from "./classConditions.ts";
import { convolution, discriminatorWeights, type Layer, transposedConvolution } from "./convolutionLayers.ts";
import { leakyRectifier } from "./leakyRectifier.ts";

/** `[batch, values]` → `[batch, outputs]` */
export type Forward = (x: tf.Tensor2D, mode: Mode) => tf.Tensor2D;

const none = [0, 0] as const;
const one = [1, 1] as const;

/** Layers of SimGAN's generator (released program): channels as multiples of the width, 1 → 216 samples. */
const spreading = [
  { multiple: 32, kernel: 4, stride: 1, padding: none, length: 4 },
  { multiple: 16, kernel: 4, stride: 1, padding: none, length: 7 },
  { multiple: 8, kernel: 4, stride: 2, padding: one, length: 14 },
  // A kernel of 3 here, and an odd length: 216 is no power of two.
  { multiple: 4, kernel: 3, stride: 2, padding: one, length: 27 },
  { multiple: 2, kernel: 4, stride: 2, padding: one, length: 54 },
  { multiple: 1, kernel: 4, stride: 2, padding: one, length: 108 },
] as const;
const lastSpreading = { kernel: 4, stride: 2, padding: one } as const;
const beatLength = 216;

export interface ConvolutionalGeneratorShape {
  /** Numbers of a latent vector and of its class: the channels of the first layer's one sample. */
  readonly inputs: ConditionedInputs;
  /** Channels of the last hidden layer, ngf. */
  readonly width: number;
  readonly hasBias: boolean;
}

/**
 * SimGAN's generator of seven transposed convolutions; its last layer is linear.
 * @returns `[batch, values + conditions]` → `[batch, 216]`
 */
export function convolutionalGenerator(scope: Scope, shape: ConvolutionalGeneratorShape): Forward {
  const { width, hasBias } = shape;
  let inputs = shape.inputs.values + shape.inputs.conditions;
  const layers = spreading.map(({ multiple, length, ...motion }, index): Layer => {
    const own = scope.within(`layer${index + 1}`);
    const outputs = multiple * width;
    const spread = transposedConvolution(own.within("spread"), inputs, outputs, length, motion, hasBias);
    const norm = batchNorm(own.within("norm"), outputs);
    inputs = outputs;
    return (x, mode) => tf.relu(norm(spread(x), mode));
  });
  const last = transposedConvolution(
    scope.within("layer7").within("spread"),
    inputs,
    1,
    beatLength,
    lastSpreading,
    hasBias,
  );
  return (latents, mode) => {
    let x: tf.Tensor = tf.expandDims(withLoudClasses(latents, shape.inputs), 1); // [batch, 1, values + conditions]
    for (const layer of layers) x = layer(x, mode); // … [batch, 108, width]
    return tf.squeeze(last(x), [2]) as tf.Tensor2D;
  };
}

/** Convolutions of SimGAN's discriminator before its last: 216 → 108, 54, 27, 13, 6 samples. */
const narrowing = [1, 2, 4, 8, 16] as const;
const narrowingMotion = { kernel: 4, stride: 2, padding: one } as const;
/** Over the last six samples. */
const closingMotion = { kernel: 5, stride: 2, padding: none } as const;

export interface DiscriminatorShape {
  /** Channels of the first layer, ndf. */
  readonly width: number;
  readonly isSpectral: boolean;
  /** Batch normalisation between the layers; a gradient penalty forbids it (Gulrajani et al., NeurIPS 2017). */
  readonly isNormalised: boolean;
  /**
   * `code`: the sixth convolution gives the logit. `paper`: it gives as many channels as the fifth, with normalisation after
   * every layer, and a linear layer gives the logit; the paper tells no sizes.
   */
  readonly form: "code" | "paper";
  /** Whether the spread of the batch stands behind a beat, as a channel of its own. */
  readonly seesSpread: boolean;
  /** Numbers behind a beat that tell its class: each is a channel of the first layer, the same at every sample. */
  readonly conditions: number;
}

/** SimGAN's discriminator. @returns `[batch, 216, or twice as many with the spread, + conditions]` → logits `[batch, 1]` */
export function convolutionalDiscriminator(scope: Scope, shape: DiscriminatorShape): Forward {
  const { width, isSpectral, isNormalised, form, seesSpread, conditions } = shape;
  const signals = seesSpread ? 2 : 1;
  let inputs = signals + conditions;
  const initialise = discriminatorWeights(isNormalised);
  const narrow = (name: string, outputs: number, motion: typeof narrowingMotion | typeof closingMotion) => {
    const own = scope.within(name);
    const convolve = convolution(own.within("convolution"), inputs, outputs, motion, {
      isSpectral,
      initialise,
    });
    const hasNorm = isNormalised && (form === "paper" || name !== "layer1");
    const norm: Layer = hasNorm ? batchNorm(own.within("norm"), outputs) : (x) => x;
    inputs = outputs;
    return (x: tf.Tensor, mode: Mode) => leakyRectifier(norm(convolve(x, mode), mode));
  };
  const layers = narrowing.map((multiple, index) =>
    narrow(`layer${index + 1}`, multiple * width, narrowingMotion),
  );
  const close: Layer =
    form === "code"
      ? convolution(scope.within("layer6").within("convolution"), inputs, 1, closingMotion, {
          isSpectral,
          initialise,
        })
      : closedByLinear(narrow("layer6", inputs, closingMotion), scope.within("logit"), inputs, initialise);
  return (beats, mode) => {
    let x: tf.Tensor = inChannels(beats, signals, conditions); // [batch, 216, signals + conditions]
    for (const layer of layers) x = layer(x, mode); // … [batch, 6, 16 × width]
    return tf.reshape(close(x, mode), [-1, 1]) as tf.Tensor2D; // [batch, 1, 1] → [batch, 1]
  };
}

/**
 * Signals that stand behind each other in a row, and marks of its class, as channels.
 * @param x `[batch, signals × 216 + conditions]`
 * @returns `[batch, 216, signals + conditions]`
 */
export function inChannels(x: tf.Tensor2D, signals: number, conditions: number): tf.Tensor3D {
  // A split into one part has no gradient in tfjs.
  if (signals === 1 && conditions === 0) return tf.expandDims(x, 2);
  const sizes = new Array<number>(signals).fill(beatLength);
  const parts = tf.split(x, conditions > 0 ? [...sizes, conditions] : sizes, 1);
  const channels = parts.map((part, at) =>
    at < signals ? tf.expandDims(part, 2) : tf.tile(tf.expandDims(part, 1), [1, beatLength, 1]),
  );
  return tf.concat(channels, 2) as tf.Tensor3D;
}

function closedByLinear(layer: Layer, scope: Scope, inputs: number, initialise: Initialiser): Layer {
  const logit = linear(scope, inputs, 1, { initialise });
  return (x, mode) => logit(layer(x, mode));
}
