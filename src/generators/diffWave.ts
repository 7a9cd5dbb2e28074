import * as tf from "@tensorflow/tfjs-core";
import type { Denoise } from "../neural/diffusion/denoiser.ts";
import { kaimingByInputs, pointwise } from "../neural/diffusion/layers.ts";
import { placesTold } from "../neural/diffusion/places.ts";
import { constant, normal, uniform } from "../neural/layers/initialisers.ts";
import type { Scope } from "../neural/layers/scope.ts";
import { silu } from "../neural/ops/activations.ts";
import { gatedUnit } from "../neural/ops/gatedUnit.ts";
import { project } from "../neural/ops/matMul.ts";
import { shiftOverTime } from "../neural/ops/overTime.ts";
import { tapConvolution } from "../neural/ops/tapConvolution.ts";
import { diffusionGenerator } from "./diffusionGenerator.ts";
import { diffusionSchema, embeddingSize, placeField, placesOf } from "./diffusionHyperparameters.ts";
import { defineGenerator } from "./generator.ts";

export interface DiffWaveShape {
  readonly layers: number;
  /** Dilations 1, 2, 4 … begin again after so many layers. */
  readonly cycle: number;
  readonly channels: number;
  /** Numbers of a step's embedding, and of its hidden layers. */
  readonly embedding: number;
  readonly hidden: number;
  /** Samples of signals whose waves stand at the same places, which the network is told; none where left out. */
  readonly places?: number;
}

const kernel = 3;
const classSize = 128;

/** Samples that one sample of the output sees. */
export function receptiveField({ layers, cycle }: Pick<DiffWaveShape, "layers" | "cycle">): number {
  let seen = 1;
  for (let layer = 0; layer < layers; layer++) seen += (kernel - 1) * 2 ** (layer % cycle);
  return seen;
}

/** DiffWave's network: gated dilated convolutions that see both sides, whose skips are added up. */
export function diffWaveNetwork(scope: Scope, shape: DiffWaveShape, classes: number): Denoise {
  const { layers, channels, embedding, hidden } = shape;
  const open = pointwise(scope.within("open"), 1, channels, { initialise: kaimingByInputs });
  const step1 = pointwise(scope.within("step1"), embedding, hidden);
  const step2 = pointwise(scope.within("step2"), hidden, hidden);
  // The last row stands for no class.
  const classTable = scope.parameter("classes", [classes + 1, classSize], normal(1)) as tf.Tensor;
  const blocks = Array.from({ length: layers }, (_, layer) =>
    residualLayer(scope.within(`layer${layer}`), shape, 2 ** (layer % shape.cycle)),
  );
  const close1 = pointwise(scope.within("close1"), channels, channels, { initialise: kaimingByInputs });
  // Zeros: the network begins by telling nothing.
  const close2 = pointwise(scope.within("close2"), channels, 1, { initialise: constant(0) });
  return ({ noisy, steps, classes: labels }) => {
    const [batch, time] = noisy.shape;
    const step = silu(step2(silu(step1(steps)))) as tf.Tensor2D; // [batch, hidden]
    const named = project(labels, classTable as tf.Tensor2D) as tf.Tensor2D; // [batch, 128]
    let x = tf.relu(open(tf.reshape(noisy, [batch, time, 1]))) as tf.Tensor3D; // [batch, time, channels]
    const skips: tf.Tensor[] = [];
    for (const block of blocks) {
      const { next, skip } = block(x, step, named);
      x = next;
      skips.push(skip);
    }
    const sum = tf.mul(tf.addN(skips), 1 / Math.sqrt(layers)); // [batch, time, channels]
    return tf.reshape(close2(tf.relu(close1(sum))), [batch, time]) as tf.Tensor2D;
  };
}

type ResidualLayer = (
  x: tf.Tensor3D,
  step: tf.Tensor2D,
  named: tf.Tensor2D,
) => { readonly next: tf.Tensor3D; readonly skip: tf.Tensor };

function residualLayer(scope: Scope, shape: DiffWaveShape, dilation: number): ResidualLayer {
  const { channels, hidden, places } = shape;
  // Without biases: those of the convolutions beside them do the same.
  const ofStep = pointwise(scope.within("step"), hidden, channels, { bias: false });
  const gates = dilatedHalf(scope.within("gate"), channels, dilation);
  const contents = dilatedHalf(scope.within("content"), channels, dilation);
  const placed = places === undefined ? null : placesTold(scope.within("places"), places, channels);
  const residual = pointwise(scope.within("residual"), channels, channels, { initialise: kaimingByInputs });
  const skip = pointwise(scope.within("skip"), channels, channels, { initialise: kaimingByInputs });
  return (x, step, named) => {
    const stepped = shiftOverTime(x, ofStep(step) as tf.Tensor2D); // [batch, time, channels]
    const h = placed === null ? stepped : placed(stepped);
    const gated = gatedUnit(gates(h, named), contents(h, named)); // [batch, time, channels]
    return {
      next: tf.mul(tf.add(x, residual(gated)), Math.SQRT1_2) as tf.Tensor3D,
      skip: skip(gated),
    };
  };
}

/** Half of a dilated convolution's channels, moved by the class: the paper's one of twice the channels, not cut in two. */
function dilatedHalf(scope: Scope, channels: number, dilation: number) {
  const filter = scope.parameter("weight", [kernel, channels, channels], kaimingByInputs) as tf.Tensor;
  const bias = scope.parameter("bias", [channels], uniform(1 / Math.sqrt(kernel * channels)));
  const ofClass = pointwise(scope.within("class"), classSize, channels, { bias: false });
  return (h: tf.Tensor3D, named: tf.Tensor2D) =>
    shiftOverTime(
      tapConvolution(h, filter as tf.Tensor3D, dilation),
      tf.add(ofClass(named), bias) as tf.Tensor2D,
    ); // [batch, time, channels]
}

const hiddenSize = 128;

/** Sizes by name: the browser's for beats and for longer signals. */
export function diffWaveShape(size: string, length: number): DiffWaveShape {
  const browser = { embedding: embeddingSize, hidden: hiddenSize };
  if (size === "paper") return { layers: 30, cycle: 10, channels: 64, embedding: 128, hidden: 512 };
  if (size === "tiny") return { layers: 7, cycle: 7, channels: 8, ...browser };
  return length > 500
    ? { layers: 16, cycle: 8, channels: 48, ...browser }
    : { layers: 12, cycle: 6, channels: 32, ...browser };
}

export const diffWave = defineGenerator({
  title: "DiffWave",
  description:
    "A network of dilated convolutions takes the noise away from a signal, step by step, for each class that it is told.",
  paper:
    "Kong et al., ICLR 2021. The state-space variant of SSSD-ECG (Alcaraz & Strodthoff 2023), which Núñez et al. used, is not offered: its layers are too slow to train in a browser",
  forms: ["beats", "recordings"],
  isConditional: true,
  isPersonal: false,
  isTrained: true,
  isStepwise: true,
  hyperparameters: {
    size: {
      kind: "choice",
      label: "Size",
      description:
        "Browser: 12 layers of 32 channels on beats, 16 of 48 on recordings. Paper: 30 layers of 64, for a graphics card.",
      section: "Architecture",
      provenance: "reconstruction",
      default: "browser",
      options: [
        { value: "tiny", label: "Tiny, to try" },
        { value: "browser", label: "Browser" },
        { value: "paper", label: "Paper" },
      ],
    },
    stepFrequencies: {
      kind: "choice",
      label: "Embedding of the step",
      description:
        "Sines of 1 to 10⁴ radians a step, as in the paper, or of 1 down to 10⁻⁴, by which neighbouring steps look alike, as in SSSD-ECG's program.",
      section: "Architecture",
      provenance: "paper",
      advanced: true,
      default: "rising",
      options: [
        { value: "rising", label: "Rising (DiffWave)" },
        { value: "falling", label: "Falling (SSSD-ECG)" },
      ],
    },
    tellsPlace: placeField,
    ...diffusionSchema,
  },
  build(values, context) {
    const shape = {
      ...diffWaveShape(String(values["size"]), context.length),
      ...placesOf(values, context.length),
    };
    const frequencies = values["stepFrequencies"] === "falling" ? "falling" : "rising";
    return diffusionGenerator(values, context, {
      embedding: { embeddingSize: shape.embedding, frequencies },
      network: (scope, classes) => diffWaveNetwork(scope, shape, classes),
    });
  },
});
