import * as tf from "@tensorflow/tfjs-core";
import { chosenNumber, numberAt, type Schema, type Values } from "../domain/schema.ts";
import { type Forward, inChannels } from "../neural/adversarial/convolutionalNetworks.ts";
import {
  adversarialWeights,
  convolution,
  discriminatorWeights,
  type Layer,
  transposedConvolution,
} from "../neural/adversarial/convolutionLayers.ts";
import { spectralLinear } from "../neural/adversarial/denseNetworks.ts";
import { leakyRectifier } from "../neural/adversarial/leakyRectifier.ts";
import { orderedDifference } from "../neural/adversarial/orderedDifference.ts";
import type { Guidance } from "../neural/adversarial/training.ts";
import { waveValues } from "../neural/adversarial/waveValues.ts";
import { linear } from "../neural/layers/linear.ts";
import { batchNorm } from "../neural/layers/normalisation.ts";
import type { Mode, Scope } from "../neural/layers/scope.ts";
import { samePadding } from "../neural/ops/windows.ts";
import { waveValues as wavesOfBeats } from "../signal/waveValues.ts";
import { type AdversarialParts, adversarialGenerator, latentSize } from "./adversarialGenerator.ts";
import { beatLength, defineGenerator, type GeneratorContext } from "./generator.ts";
import {
  adversarialSchema,
  amountField,
  crossEntropyPlan,
  discriminatorWidth,
  generatorWidth,
  poolOptions,
  scalingSchema,
} from "./hyperparameters.ts";
import { drawnRows, type ScaledPool, scaledPool } from "./scaledSignals.ts";

/** The generator gives three beats in a row (paper); the middle one alone is judged and has its waves compared. */
const beatsInOutput = 3;

/** Samples after each stretch. The paper tells neither sizes nor kernels: these are of its author's own library. */
const stretches = [54, 108, 216] as const;
const firstLength = 27;
const kernel = 5;
const stride = 2;

/** z → linear → three transposed convolutions → linear. @returns `[batch, 100]` → `[batch, 648]` */
function threeBeatGenerator(scope: Scope, width: number): Forward {
  let inputs = 4 * width;
  const open = linear(scope.within("open"), latentSize, firstLength * inputs, {
    initialise: adversarialWeights,
  });
  const openNorm = batchNorm(scope.within("open").within("norm"), inputs);
  const openChannels = inputs;
  const layers = stretches.map((length, index): Layer => {
    const own = scope.within(`layer${index + 1}`);
    const outputs = inputs / 2;
    const motion = { kernel, stride, padding: samePadding(length, kernel, stride) };
    const spread = transposedConvolution(own.within("spread"), inputs, outputs, length, motion, true);
    const norm = batchNorm(own.within("norm"), outputs);
    inputs = outputs;
    return (x, mode) => tf.relu(norm(spread(x), mode));
  });
  const close = linear(scope.within("close"), beatLength * inputs, beatsInOutput * beatLength, {
    initialise: adversarialWeights,
  });
  return (latents, mode) => {
    const opened = tf.reshape(open(latents), [-1, firstLength, openChannels]); // [batch, 27, 4 × width]
    let x: tf.Tensor = tf.relu(openNorm(opened, mode));
    for (const layer of layers) x = layer(x, mode); // … [batch, 216, width / 2]
    return close(tf.reshape(x, [x.shape[0], -1])) as tf.Tensor2D; // [batch, 648]
  };
}

interface FourLayerShape {
  readonly width: number;
  readonly isSpectral: boolean;
  readonly isNormalised: boolean;
  readonly seesSpread: boolean;
}

/**
 * Four convolutions and a linear layer, 216 → 108, 54, 27, 14 samples.
 * @returns `[batch, 216, or twice as many with the spread]` → `[batch, 1]`
 */
export function fourLayerDiscriminator(scope: Scope, shape: FourLayerShape): Forward {
  const { width, isSpectral, isNormalised, seesSpread } = shape;
  const signals = seesSpread ? 2 : 1;
  let [inputs, length]: [number, number] = [signals, beatLength];
  const initialise = discriminatorWeights(isNormalised);
  const layers = [1, 2, 4, 8].map((multiple, index): Layer => {
    const own = scope.within(`layer${index + 1}`);
    const outputs = multiple * width;
    const motion = { kernel, stride, padding: samePadding(length, kernel, stride) };
    const convolve = convolution(own.within("convolution"), inputs, outputs, motion, {
      isSpectral,
      initialise,
    });
    const norm: Layer = index > 0 && isNormalised ? batchNorm(own.within("norm"), outputs) : (x) => x;
    [inputs, length] = [outputs, Math.ceil(length / stride)];
    return (x, mode) => leakyRectifier(norm(convolve(x, mode), mode));
  });
  const size = length * inputs;
  const closing = scope.within("logit");
  const logit: (x: tf.Tensor, mode: Mode) => tf.Tensor = isSpectral
    ? spectralLinear(closing, size, 1)
    : linear(closing, size, 1, { initialise });
  return (beats, mode) => {
    let x: tf.Tensor = inChannels(beats, signals, 0); // [batch, 216, signals]
    for (const layer of layers) x = layer(x, mode); // … [batch, 14, 8 × width]
    return logit(tf.reshape(x, [x.shape[0], size]), mode) as tf.Tensor2D;
  };
}

/** Hyper-parameters of the ECG GAN and of the personal one. */
export const ecgGanSchema = {
  generatorWidth: {
    ...generatorWidth,
    description:
      "Channels of the second of three stretched layers; the others have twice and half as many. Sizes are not told; 64 is a guess, 16 trains in a tab.",
  },
  discriminatorWidth: {
    ...discriminatorWidth,
    description: "Channels of the first of four layers, doubled by each. Sizes are not told; 64 is a guess.",
  },
  waveWeight: amountField("Waves", "paper", 1, 100, 0.01, {
    label: "Weight of the waves",
    description:
      "How much the heights of P, Q, R, S, T count beside the discriminator; the paper adds both plainly.",
  }),
  waveRule: {
    kind: "choice",
    label: "Finding of the waves",
    description:
      "Fixed windows about R need one beat alone. By the slope as NeuroKit, which the paper used: Q and S where it first changes its sign on the way from R, P and T the highest samples beyond; ripples of a network that has just begun are waves for it. Both look at the middle beat alone, so that P and T end where it does.",
    section: "Waves",
    provenance: "reconstruction",
    advanced: true,
    default: "windows",
    options: [
      { value: "windows", label: "In fixed windows" },
      { value: "signChanges", label: "By the slope (paper, NeuroKit)" },
    ],
  },
  wavePairing: {
    kind: "choice",
    label: "Pairing of the waves",
    description:
      "Which real beat a generated one follows; the paper does not tell. One drawn by chance pulls every beat to the mean of all; in order of height, wave by wave, a set that has the real spread is left as it is.",
    section: "Waves",
    provenance: "reconstruction",
    default: "drawn",
    options: [
      { value: "drawn", label: "Drawn by chance" },
      { value: "ordered", label: "In order of height" },
    ],
  },
  ...adversarialSchema,
  generatorSteps: {
    ...adversarialSchema.generatorSteps,
    provenance: "paper",
    default: 2,
    description: "Updates of the generator in an iteration: 2 in the paper.",
  },
  ...scalingSchema,
} satisfies Schema;

/** Where the middle beat begins in the generator's output. */
const middle = beatLength;

/**
 * The wish that the five wave heights of generated beats are those of real ones: the sum over the waves of the mean squared
 * difference (paper, equation 4), of beats that are paired by chance or, wave by wave, in order of height.
 */
function waveGuidance(values: Values, references: ScaledPool): Guidance {
  const weight = numberAt(values, "waveWeight");
  const isOrdered = values["wavePairing"] === "ordered";
  const rule = values["waveRule"] === "signChanges" ? "signChanges" : "windows";
  const waves = wavesOfBeats(references.samples, rule);
  const pool = { samples: waves, count: references.count, length: waves.length / references.count };
  return {
    measure: "waveLoss",
    weightAt: () => weight,
    loss(output, random) {
      const [batch] = output.shape;
      const drawn = drawnRows(pool, batch, (n) => random.integer(n));
      const found = waveValues(tf.slice(output, [0, middle], [batch, beatLength]), rule);
      if (isOrdered) return orderedDifference(found, drawn);
      const wanted = tf.tensor2d(drawn, [batch, pool.length]);
      return tf.sum(tf.mean(tf.squaredDifference(found, wanted), 0)) as tf.Scalar;
    },
  };
}

/** The ECG GAN's networks with wave heights of a pool of beats to follow. */
export function ecgGanParts(values: Values, references: ScaledPool): AdversarialParts {
  const plan = crossEntropyPlan(values);
  return {
    generator: (scope) => threeBeatGenerator(scope, chosenNumber(values, "generatorWidth")),
    discriminator: (scope) =>
      fourLayerDiscriminator(scope, {
        width: chosenNumber(values, "discriminatorWidth"),
        isSpectral: values["spectralNormalisation"] === true,
        isNormalised: plan.gradientPenalty === 0,
        seesSpread: plan.seesSpread,
      }),
    plan,
    guidance: waveGuidance(values, references),
    beatAt: middle,
  };
}

export const ecgGan = defineGenerator({
  title: "ECG GAN",
  description:
    "Three beats in a row, with heights of P, Q, R, S, T as real beats of the class have them. The middle one alone is judged and kept: real neighbours are not shown, so the outer two learn nothing of their own.",
  paper: "Golany & Radinsky, AAAI 2019",
  forms: ["beats"],
  isConditional: false,
  isPersonal: false,
  isTrained: true,
  hyperparameters: ecgGanSchema,
  build: (values, context: GeneratorContext) =>
    adversarialGenerator(values, context, ecgGanParts(values, scaledPool(context, poolOptions(values)))),
});
