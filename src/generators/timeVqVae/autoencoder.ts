import type { Scope } from "../../neural/layers/scope.ts";
import {
  doublingConvolution,
  halvingConvolution,
  type ImageLayer,
  inTurn,
  normalisedSnake,
  residualBlock,
  rowKernel,
  snakeLayer,
} from "./layers.ts";

/** Sizes of the encoder and the decoder of one part of the signal. */
export interface AutoencoderShape {
  /** Rows of the pictures. */
  readonly rows: number;
  /** Real and imaginary part of each lead. */
  readonly channels: number;
  readonly halvings: number;
  readonly initialChannels: number;
  readonly hiddenChannels: number;
  readonly residualBlocks: number;
  readonly dropout: number;
}

/** Channels between the last halving and the hidden ones. */
const widest = ({ initialChannels, halvings }: AutoencoderShape) => initialChannels * 2 ** (halvings - 1);

/**
 * The encoder: halvings of the frames, with residual blocks after each but the first, then a residual block to the hidden
 * channels.
 * @returns `[batch, rows, frames, channels]` → `[batch, rows, ⌊frames / 2ʰ⌋, hidden]`, h halvings
 */
export function encoder(scope: Scope, shape: AutoencoderShape): ImageLayer {
  const kernel = rowKernel(shape.rows);
  const layers: ImageLayer[] = [];
  let inputs = shape.channels;
  for (let halving = 0; halving < shape.halvings; halving++) {
    const outputs = shape.initialChannels * 2 ** halving;
    const own = scope.within(`halving${halving + 1}`);
    layers.push(
      halvingConvolution(own.within("convolution"), kernel, inputs, outputs),
      normalisedSnake(own, outputs, shape.dropout),
    );
    if (halving > 0) layers.push(...residualBlocks(own, kernel, outputs, shape));
    inputs = outputs;
  }
  const last = scope.within("last");
  layers.push(residualBlock(last, kernel, inputs, shape.hiddenChannels, shape.dropout));
  return inTurn(layers);
}

/**
 * The decoder, the encoder turned around, with one doubling more than there were halvings. What stands between the last two
 * is not printed; here it is a Snake, without which they were one.
 * @returns `[batch, rows, frames, hidden]` → `[batch, rows, frames · 2ʰ⁺¹, channels]`
 */
export function decoder(scope: Scope, shape: AutoencoderShape): ImageLayer {
  const kernel = rowKernel(shape.rows);
  let inputs = widest(shape);
  const layers: ImageLayer[] = [
    residualBlock(scope.within("first"), kernel, shape.hiddenChannels, inputs, shape.dropout),
  ];
  for (let doubling = 0; doubling < shape.halvings - 1; doubling++) {
    const own = scope.within(`doubling${doubling + 1}`);
    layers.push(
      ...residualBlocks(own, kernel, inputs, shape),
      doublingConvolution(own.within("convolution"), kernel, inputs, inputs / 2),
      normalisedSnake(own, inputs / 2, shape.dropout),
    );
    inputs /= 2;
  }
  const { channels } = shape;
  const last = scope.within("last");
  layers.push(
    doublingConvolution(last.within("convolution1"), kernel, inputs, channels),
    snakeLayer(last.within("snake"), channels),
    doublingConvolution(last.within("convolution2"), kernel, channels, channels),
  );
  return inTurn(layers);
}

const residualBlocks = (scope: Scope, kernel: number, channels: number, shape: AutoencoderShape) =>
  Array.from({ length: shape.residualBlocks }, (_, block) =>
    residualBlock(scope.within(`block${block + 1}`), kernel, channels, channels, shape.dropout),
  );
