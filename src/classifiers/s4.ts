import * as tf from "@tensorflow/tfjs-core";
import { type ChoiceField, chosenNumber, numberAt } from "../domain/schema.ts";
import { dropout } from "../neural/layers/dropout.ts";
import { constant, normal, uniformBetween } from "../neural/layers/initialisers.ts";
import { linear } from "../neural/layers/linear.ts";
import { layerNorm } from "../neural/layers/normalisation.ts";
import type { Mode, Scope } from "../neural/layers/scope.ts";
import { gelu } from "../neural/ops/activations.ts";
import { type LongConvolution, longConvolution } from "../neural/ops/longConvolution.ts";
import { matMul } from "../neural/ops/matMul.ts";
import { defineArchitecture } from "./architecture.ts";
import { head } from "./head.ts";
import { backboneWidth, chunkLength, depth, feedForwardWidth } from "./hyperparameters.ts";
import { modeFrequencies } from "./s4Modes.ts";
import { meanOverTokens, tokenFoot, tokenWidth } from "./tokens.ts";

const rate = 0.2;
/** Slowest decay that a mode may have, so that a kernel stays bounded. */
const slowest = 1e-4;

/** The parameters of a diagonal state space for each channel. */
export interface StateSpace {
  /** Logarithm of the step, `[channels, 1]`. */
  readonly logStep: tf.Tensor;
  /** Logarithm of the decay and frequency of each mode, `[channels, modes]`. */
  readonly logDecay: tf.Tensor;
  readonly frequency: tf.Tensor;
  /** Weight of each mode, real and imaginary part, `[channels, modes]`. */
  readonly outputReal: tf.Tensor;
  readonly outputImaginary: tf.Tensor;
}

/**
 * The convolution kernel of diagonal state spaces (Gu et al., NeurIPS 2022, S4D) discretised by zero-order hold:
 * K[l] = 2 Re Σₙ Cₙ (e^{ΔAₙ} − 1) / Aₙ · e^{lΔAₙ}.
 * @param lags `[1, time]`: 0, 1, 2 …
 * @returns `[time, channels]`
 */
export function stateSpaceKernel(space: StateSpace, lags: tf.Tensor): tf.Tensor2D {
  const step = tf.exp(space.logStep);
  const decay = tf.neg(tf.maximum(tf.exp(space.logDecay), slowest)); // Re A
  const real = tf.mul(decay, step);
  const imaginary = tf.mul(space.frequency, step);
  // (e^{ΔA} − 1) / A, as one fraction of real numbers
  const growth = tf.exp(real);
  const [top, side] = [tf.sub(tf.mul(growth, tf.cos(imaginary)), 1), tf.mul(growth, tf.sin(imaginary))];
  const square = tf.add(tf.square(decay), tf.square(space.frequency));
  const inputReal = tf.div(tf.add(tf.mul(top, decay), tf.mul(side, space.frequency)), square);
  const inputImaginary = tf.div(tf.sub(tf.mul(side, decay), tf.mul(top, space.frequency)), square);
  const weightReal = tf.sub(
    tf.mul(space.outputReal, inputReal),
    tf.mul(space.outputImaginary, inputImaginary),
  );
  const weightImaginary = tf.add(
    tf.mul(space.outputReal, inputImaginary),
    tf.mul(space.outputImaginary, inputReal),
  );
  const [channels, modes] = space.logDecay.shape;
  const column = (x: tf.Tensor) => tf.reshape(x, [channels, modes, 1]);
  const envelope = tf.exp(tf.mul(column(real), lags)); // [channels, modes, time]
  const angle = tf.mul(column(imaginary), lags);
  const row = (x: tf.Tensor) => tf.reshape(tf.mul(x, 2), [channels, 1, modes]);
  const kernel = tf.sub(
    matMul(row(weightReal), tf.mul(envelope, tf.cos(angle))),
    matMul(row(weightImaginary), tf.mul(envelope, tf.sin(angle))),
  ); // [channels, 1, time]
  return tf.transpose(tf.squeeze(kernel, [1])) as tf.Tensor2D;
}

const initialisation: ChoiceField = {
  kind: "choice",
  label: "First frequencies",
  description: "Where the modes of each state space start.",
  section: "Architecture",
  provenance: "literature",
  default: "legS",
  options: [
    { value: "legS", label: "LegS (HiPPO)" },
    { value: "linear", label: "Lin" },
    { value: "inverse", label: "Inv" },
  ],
};

/** A state space for every channel, then a gated mixing of channels. `[batch, tokens, 64]` → the same */
function stateSpaceBlock(
  scope: Scope,
  frequencies: Float32Array,
  convolution: LongConvolution,
  lags: tf.Tensor,
): (x: tf.Tensor, mode: Mode) => tf.Tensor {
  const shape = [tokenWidth, frequencies.length];
  const space: StateSpace = {
    logStep: scope.parameter("logStep", [tokenWidth, 1], uniformBetween(Math.log(0.001), Math.log(0.1))),
    logDecay: scope.parameter("logDecay", shape, constant(Math.log(0.5))),
    frequency: scope.parameter("frequency", shape, ([channels, modes]) =>
      Float32Array.from({ length: channels * modes }, (_, index) => frequencies[index % modes]),
    ),
    // A complex normal deviate of variance 1
    outputReal: scope.parameter("outputReal", shape, normal(Math.SQRT1_2)),
    outputImaginary: scope.parameter("outputImaginary", shape, normal(Math.SQRT1_2)),
  };
  const direct = scope.parameter("direct", [tokenWidth], normal(1));
  const mix = linear(scope.within("mix"), tokenWidth, 2 * tokenWidth);
  const norm = layerNorm(scope.within("norm"), tokenWidth);
  return (x, mode) => {
    const kernel = stateSpaceKernel(space, lags);
    const seen = tf.add(convolution.convolve(x as tf.Tensor3D, kernel), tf.mul(x, direct));
    const [content, gate] = tf.split(mix(dropout(gelu(seen), rate, mode)), 2, 2);
    const mixed = tf.mul(content, tf.sigmoid(gate));
    const [batch, , channels] = x.shape;
    // Whole channels are dropped.
    return norm(tf.add(x, dropout(mixed, rate, mode, [batch, 1, channels as number])));
  };
}

export const s4 = defineArchitecture(
  {
    title: "S4",
    description: "Linear state spaces with long memories, in their diagonal form, run as long convolutions.",
    paper: "Gu et al., ICLR 2022 and NeurIPS 2022 (S4D)",
    family: "state space",
    hyperparameters: {
      chunkLength,
      depth,
      stateSize: {
        ...feedForwardWidth,
        default: "64",
        label: "State size",
        description: "Numbers in the state of each channel, N.",
      },
      initialisation,
      backboneWidth,
    },
  },
  (scope, values, { length, outputs }) => {
    const features = chosenNumber(values, "backboneWidth");
    const foot = tokenFoot(scope.within("tokens"), length, chosenNumber(values, "chunkLength"), true);
    const convolution = longConvolution(foot.count);
    const lags = tf.tidy(() => tf.reshape(tf.range(0, foot.count), [1, foot.count]));
    scope.owns(() => {
      convolution.dispose();
      lags.dispose();
    });
    const frequencies = modeFrequencies(String(values.initialisation), chosenNumber(values, "stateSize"));
    const blocks = Array.from({ length: numberAt(values, "depth") }, (_, index) =>
      stateSpaceBlock(scope.within("blocks").within(index), frequencies, convolution, lags),
    );
    const last = linear(scope.within("features"), tokenWidth, features);
    const classify = head(scope.within("head"), features, outputs);
    return (signals, mode) => {
      let x: tf.Tensor = foot.tokens(signals);
      for (const block of blocks) x = block(x, mode);
      return classify(last(meanOverTokens(x)), mode);
    };
  },
);
