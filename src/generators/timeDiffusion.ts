import * as tf from "@tensorflow/tfjs-core";
import type { Denoise } from "../neural/diffusion/denoiser.ts";
import { groupNorm, pointwise, sameConvolution } from "../neural/diffusion/layers.ts";
import { placesTold } from "../neural/diffusion/places.ts";
import {
  type Block,
  convolutionOfAll,
  residualBlock,
  selfAttention,
} from "../neural/diffusion/unetBlocks.ts";
import { constant, normal } from "../neural/layers/initialisers.ts";
import type { Scope } from "../neural/layers/scope.ts";
import { gelu, silu } from "../neural/ops/activations.ts";
import { project } from "../neural/ops/matMul.ts";
import { doubled, halved } from "../neural/ops/resampleByTwo.ts";
import { diffusionGenerator } from "./diffusionGenerator.ts";
import { diffusionSchema, embeddingSize, placeField, placesOf } from "./diffusionHyperparameters.ts";
import { defineGenerator } from "./generator.ts";

/** Channels that tell the class at the input (code). */
const classChannels = 6;
const stemKernel = 5;

export interface CorrectedShape {
  /** Channels of each level, the full rate first. */
  readonly channels: readonly number[];
  readonly embedding: number;
  readonly hidden: number;
  readonly heads: number;
  readonly groups: number;
  /** Samples of signals whose waves stand at the same places, which the network is told; none where left out. */
  readonly places?: number;
}

const blocksInLevel = 2;

/**
 * The network as it was meant: every block is told the step and the class, the first and last convolutions work at the full
 * rate, and the output is a layer of its own. Ours, after section 3 of the released program's defects.
 */
export function correctedNetwork(scope: Scope, shape: CorrectedShape, classes: number): Denoise {
  const { channels, embedding, hidden, heads, groups } = shape;
  const block = (own: Scope, inputs: readonly number[], outputs: number) =>
    residualBlock(own, { inputs, hidden: outputs, outputs, groups, activation: silu, condition: hidden });
  const step1 = pointwise(scope.within("step1"), embedding, hidden);
  const step2 = pointwise(scope.within("step2"), hidden, hidden);
  // The last rows stand for no class.
  const classTable = scope.parameter("classes", [classes + 1, hidden], normal(1)) as tf.Tensor2D;
  const inputTable = scope.parameter("classChannels", [classes + 1, classChannels], normal(1)) as tf.Tensor2D;
  const stem = convolutionOfAll(scope.within("stem"), [1, classChannels], channels[0], stemKernel, true);
  const { places } = shape;
  const placed =
    places === undefined ? null : placesTold(scope.within("places"), wholeLength(places), channels[0]);
  const down = channels.map((outputs, level) => {
    const own = scope.within(`down${level}`);
    const inputs = channels[Math.max(0, level - 1)];
    return blocksOf((index) => block(own.within(index), [index === 0 ? inputs : outputs], outputs));
  });
  const deepest = channels[channels.length - 1];
  const middle1 = block(scope.within("middle1"), [deepest], deepest);
  const attend = selfAttention(scope.within("attention"), deepest, heads, groups);
  const middle2 = block(scope.within("middle2"), [deepest], deepest);
  const up = channels.map((outputs, level) => {
    const own = scope.within(`up${level}`);
    const below = channels[Math.min(channels.length - 1, level + 1)];
    return blocksOf((index) => block(own.within(index), index === 0 ? [below, outputs] : [outputs], outputs));
  });
  const closeNorm = groupNorm(scope.within("closeNorm"), channels[0], groups);
  // Zeros: the network begins by telling nothing.
  const close = sameConvolution(scope.within("close"), channels[0], 1, {
    kernel: 3,
    initialise: constant(0),
  });
  return ({ noisy, steps, classes: labels }) => {
    const [batch, time] = noisy.shape;
    const whole = wholeLength(time);
    const before = Math.floor((whole - time) / 2);
    const named = project(labels, classTable); // [batch, hidden]
    const condition = silu(tf.add(step2(silu(step1(steps))), named)) as tf.Tensor2D; // [batch, hidden]
    const padded = edgePadded(noisy, before, whole - time - before); // [batch, whole, 1]
    const stemmed = stem([padded, atAllTimes(project(labels, inputTable), whole)]) as tf.Tensor3D;
    let x = placed === null ? stemmed : placed(stemmed); // [batch, whole, channels₀]
    const skips: tf.Tensor3D[] = [];
    for (const level of down) {
      for (const each of level) x = each([x], condition);
      skips.push(x);
      x = halved(x); // [batch, whole / 2, channels of the level], and so on
    }
    x = middle2([attend(middle1([x], condition))], condition);
    for (const [index, level] of [...up.entries()].reverse()) {
      x = doubled(x);
      level.forEach((each, at) => {
        x = each(at === 0 ? [x, skips[index]] : [x], condition);
      });
    }
    const told = close(silu(closeNorm(x))); // [batch, whole, 1]
    return tf.slice(tf.reshape(told, [batch, whole]), [0, before], [batch, time]) as tf.Tensor2D;
  };
}

const blocksOf = (make: (index: number) => Block): Block[] =>
  Array.from({ length: blocksInLevel }, (_, index) => make(index));

/** Channels of the released networks' levels, each at half the rate of the one before, by the names of their runs. */
export const releasedChannels = { "124": [32, 64, 128], "1248": [32, 64, 128, 256] } as const;
const releasedAttention = 2;
const releasedBlocks = 3;
const headWidth = 32;
const middleBlocks = 6;

/**
 * The network as it was released (Núñez et al. 2024; run "1248-r3-a2" unless other channels are given), its defects with it: no block is told the step, none
 * works at the full rate, and the last block, with its activation, is the output.
 * @param leads of a recording, told and returned as channels
 */
export function releasedNetwork(
  scope: Scope,
  classes: number,
  leads = 1,
  channels: readonly number[] = releasedChannels["1248"],
): Denoise {
  const table = scope.parameter("classes", [classes, classChannels], normal(1)) as tf.Tensor2D;
  const block = (own: Scope, inputs: readonly number[], hidden: number, outputs: number) =>
    residualBlock(own, { inputs, hidden, outputs, groups: 1, activation: gelu, condition: 0 });
  const attend = (own: Scope, channels: number) =>
    selfAttention(own, channels, Math.max(1, Math.floor(channels / headWidth)), 1);
  type Level = (inputs: readonly tf.Tensor3D[]) => tf.Tensor3D;
  const levelOf = (
    own: Scope,
    blocks: readonly Block[],
    widths: readonly number[],
    attends: boolean,
  ): Level => {
    const attentions = attends
      ? widths.map((width, index) => attend(own.within(`attention${index}`), width))
      : [];
    return (inputs) =>
      blocks.reduce<readonly tf.Tensor3D[]>((x, each, index) => {
        const made = each(x);
        return [attends ? attentions[index](made) : made];
      }, inputs)[0];
  };
  const levels = channels.length;
  const down = channels.map((width, level) => {
    const own = scope.within(`down${level}`);
    const inputs = level === 0 ? [leads, classChannels] : [channels[level - 1]];
    const blocks = Array.from({ length: releasedBlocks }, (_, index) =>
      block(own.within(index), index === 0 ? inputs : [width], width, width),
    );
    const attends = level >= levels - releasedAttention;
    return levelOf(own, blocks, [width, width, width], attends);
  });
  const deepest = channels[levels - 1];
  const middle = scope.within("middle");
  const middleLevel = levelOf(
    middle,
    Array.from({ length: middleBlocks }, (_, index) =>
      block(middle.within(index), [deepest], deepest, deepest),
    ),
    Array.from({ length: middleBlocks }, () => deepest),
    true,
  );
  const up = [...channels].reverse().map((width, level) => {
    const own = scope.within(`up${level}`);
    const outputs = level === levels - 1 ? leads : channels[levels - 2 - level];
    const attends = level < releasedAttention;
    // Blocks with attention narrow at their beginning, the others at their end.
    const hidden = attends ? outputs : width;
    const blocks = [
      block(own.within(0), [width, width], hidden, hidden),
      block(own.within(1), [hidden], hidden, hidden),
      block(own.within(2), [hidden], hidden, outputs),
    ];
    return levelOf(own, blocks, [hidden, hidden, outputs], attends);
  });
  return ({ noisy, classes: labels }) => {
    const [batch, columns] = noisy.shape;
    const time = columns / leads;
    const whole = wholeLength(time);
    const signal = tf.pad(tf.reshape(noisy, [batch, time, leads]), [
      [0, 0],
      [0, whole - time],
      [0, 0],
    ]) as tf.Tensor3D;
    const known = tf.slice(labels, [0, 0], [batch, classes]) as tf.Tensor2D; // no class: zeros
    let x: readonly tf.Tensor3D[] = [signal, atAllTimes(project(known, table), whole)];
    const skips: tf.Tensor3D[] = [];
    for (const level of down) {
      x = [level(x.map(halved))]; // [batch, whole / 2, 32], and so on to [batch, whole / 16, 256]
      skips.push(x[0]);
    }
    let y = doubled(middleLevel([halved(x[0])]));
    for (const [index, level] of up.entries()) {
      y = doubled(level([y, skips[levels - 1 - index]])); // … [batch, whole, leads]
    }
    return tf.reshape(tf.slice(y, [0, 0, 0], [batch, time, leads]), [batch, columns]) as tf.Tensor2D;
  };
}

/** The next length that can be halved five times. */
const wholeLength = (time: number) => 32 * Math.ceil(time / 32);

/** Numbers that stand at every time. @returns `[batch, size]` → `[batch, time, size]` */
function atAllTimes(values: tf.Tensor, time: number): tf.Tensor3D {
  return tf.tile(tf.expandDims(values, 1), [1, time, 1]) as tf.Tensor3D;
}

/** The first and the last sample repeated beyond the ends. @returns `[batch, time]` → `[batch, time + …, 1]` */
function edgePadded(x: tf.Tensor2D, before: number, after: number): tf.Tensor3D {
  const [batch, time] = x.shape;
  const first = tf.tile(tf.slice(x, [0, 0], [batch, 1]), [1, before]);
  const last = tf.tile(tf.slice(x, [0, time - 1], [batch, 1]), [1, after]);
  return tf.expandDims(tf.concat([first, x, last], 1), 2) as tf.Tensor3D;
}

/** Channels of the levels of the corrected network. */
const sizes = {
  tiny: () => ({ channels: [8, 16], groups: 4 }),
  browser: (length: number) => ({ channels: length > 500 ? [16, 32, 64, 128] : [32, 64, 128], groups: 8 }),
} as const;

const embedding = { embeddingSize, frequencies: "falling" } as const;
const hiddenSize = 128;
const heads = 4;

export const timeDiffusion = defineGenerator({
  title: "Time-Diffusion",
  description:
    "A network that looks at a noisy signal at several rates at once takes the noise away step by step, for each class that it is told.",
  paper: "Núñez, Arjona & Béjar 2024, arXiv 2411.18456; the corrected network is ours",
  forms: ["beats", "recordings"],
  isConditional: true,
  isPersonal: false,
  isTrained: true,
  isStepwise: true,
  hyperparameters: {
    network: {
      kind: "choice",
      label: "Network",
      description:
        "As released, ten million weights: its blocks are never told how much noise there is, none works at the full rate, so that nothing above a quarter of the sampling frequency can be made, and its output goes through an activation; the training as released sets all else that its program had, too. Corrected: step and class scale and shift every block, at all rates, with an output of its own.",
      section: "Architecture",
      provenance: "reconstruction",
      default: "corrected",
      options: [
        { value: "corrected", label: "Corrected" },
        { value: "released", label: "As released, with its defects" },
      ],
    },
    size: {
      kind: "choice",
      label: "Size of the corrected network",
      description: "Browser: 32, 64, 128 channels on beats; 16, 32, 64, 128 on recordings.",
      section: "Architecture",
      provenance: "reconstruction",
      default: "browser",
      options: [
        { value: "tiny", label: "Tiny, to try" },
        { value: "browser", label: "Browser" },
      ],
    },
    tellsPlace: placeField,
    ...diffusionSchema,
    schedule: { ...diffusionSchema.schedule, default: "cosine200" },
    prediction: { ...diffusionSchema.prediction, provenance: "reconstruction", default: "velocity" },
    batchSize: { ...diffusionSchema.batchSize, provenance: "reconstruction", default: 32 },
    warmUp: { ...diffusionSchema.warmUp, default: 500 },
    weightDecay: { ...diffusionSchema.weightDecay, provenance: "code", default: 1e-6 },
  },
  build: (values, context) =>
    diffusionGenerator(values, context, {
      embedding,
      network: (scope, classes) =>
        values["network"] === "released"
          ? releasedNetwork(scope, classes)
          : correctedNetwork(
              scope,
              {
                ...sizes[values["size"] === "tiny" ? "tiny" : "browser"](context.length),
                embedding: embeddingSize,
                hidden: hiddenSize,
                heads,
                ...placesOf(values, context.length),
              },
              classes,
            ),
    }),
});
