import * as tf from "@tensorflow/tfjs-core";
import { chosenNumber, numberAt, type Schema } from "../domain/schema.ts";
import { convolution } from "../neural/layers/convolution.ts";
import { linear } from "../neural/layers/linear.ts";
import { batchNorm } from "../neural/layers/normalisation.ts";
import type { Mode, Scope } from "../neural/layers/scope.ts";
import { maxPool1d } from "../neural/ops/pool1d.ts";
import { type Architecture, defineArchitecture } from "./architecture.ts";
import { head } from "./head.ts";
import { backboneWidth, width } from "./hyperparameters.ts";

type Layer = (x: tf.Tensor, mode: Mode) => tf.Tensor;

/** A convolution with its batch normalisation. Zeros keep ⌈time / stride⌉ windows, as many on both sides. */
function normalised(scope: Scope, inputs: number, outputs: number, kernel: number, stride = 1): Layer {
  const side = (kernel - 1) / 2;
  const convolve = convolution(scope.within("convolution"), inputs, outputs, {
    kernel,
    stride,
    padding: [side, side],
  });
  const norm = batchNorm(scope.within("norm"), outputs);
  return (x, mode) => norm(convolve(x), mode);
}

interface BlockKind {
  /** Outputs over the stage's channels. */
  readonly expansion: number;
  /** The branch beside the shortcut: `[batch, time, inputs]` → `[batch, time / stride, expansion × channels]` */
  readonly branch: (scope: Scope, inputs: number, channels: number, stride: number) => Layer;
}

/** Two convolutions of 3. */
const basic: BlockKind = {
  expansion: 1,
  branch(scope, inputs, channels, stride) {
    const first = normalised(scope.within("first"), inputs, channels, 3, stride);
    const second = normalised(scope.within("second"), channels, channels, 3);
    return (x, mode) => second(tf.relu(first(x, mode)), mode);
  },
};

/** A convolution of 3 between two of 1 that narrow and widen. */
const bottleneck: BlockKind = {
  expansion: 4,
  branch(scope, inputs, channels, stride) {
    const narrow = normalised(scope.within("narrow"), inputs, channels, 1);
    const middle = normalised(scope.within("middle"), channels, channels, 3, stride);
    const widen = normalised(scope.within("widen"), channels, 4 * channels, 1);
    return (x, mode) => widen(tf.relu(middle(tf.relu(narrow(x, mode)), mode)), mode);
  },
};

function block(scope: Scope, kind: BlockKind, inputs: number, channels: number, stride: number): Layer {
  const outputs = kind.expansion * channels;
  const branch = kind.branch(scope, inputs, channels, stride);
  const shortcut =
    stride === 1 && inputs === outputs
      ? null
      : normalised(scope.within("shortcut"), inputs, outputs, 1, stride);
  return (x, mode) => tf.relu(tf.add(branch(x, mode), shortcut === null ? x : shortcut(x, mode)));
}

const hyperparameters: Schema = { backboneWidth, width };

function resNet(layers: number, kind: BlockKind, repeats: readonly number[]): Architecture {
  return defineArchitecture(
    {
      title: `ResNet-${layers}`,
      description: `${layers} layers of convolutions with shortcuts around every block, in one dimension.`,
      paper: "He et al., CVPR 2016",
      family: "convolutional",
      hyperparameters,
    },
    (scope, values, { outputs }) => {
      const channels = (full: number) => Math.max(4, Math.round(full * numberAt(values, "width")));
      const features = chosenNumber(values, "backboneWidth");
      const stem = normalised(scope.within("stem"), 1, channels(64), 7, 2);
      let inputs = channels(64);
      const blocks = repeats.flatMap((count, stage) =>
        Array.from({ length: count }, (_, index) => {
          const stride = stage > 0 && index === 0 ? 2 : 1;
          const own = channels(64 * 2 ** stage);
          const made = block(scope.within(`stage${stage + 1}`).within(index), kind, inputs, own, stride);
          inputs = kind.expansion * own;
          return made;
        }),
      );
      const last = linear(scope.within("features"), inputs, features);
      const classify = head(scope.within("head"), features, outputs);
      return (signals, mode) => {
        const opened = tf.relu(stem(tf.expandDims(signals, 2), mode)); // [batch, time / 2, 64]
        let x: tf.Tensor = maxPool1d(opened as tf.Tensor3D, { kernel: 3, stride: 2, padding: [1, 1] });
        for (const each of blocks) x = each(x, mode); // … [batch, time / 32, 512 × expansion]
        return classify(last(tf.mean(x, 1)), mode);
      };
    },
  );
}

export const resNet18 = resNet(18, basic, [2, 2, 2, 2]);
export const resNet34 = resNet(34, basic, [3, 4, 6, 3]);
export const resNet50 = resNet(50, bottleneck, [3, 4, 6, 3]);
