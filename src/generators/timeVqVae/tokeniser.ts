import * as tf from "@tensorflow/tfjs-core";
import { linear } from "../../neural/layers/linear.ts";
import type { Mode, Scope } from "../../neural/layers/scope.ts";
import { normaliseRootMeanSquare } from "../../neural/ops/normalise.ts";
import { VectorQuantiser } from "../../neural/vectorQuantiser.ts";
import { type AutoencoderShape, decoder, encoder } from "./autoencoder.ts";
import type { BandName, BandSplit } from "./bandSplit.ts";
import { columnsOf, halvingsOf, type TimeVqVaeSize } from "./configuration.ts";

/** How tokens stand: rows of bands, each over time. */
export interface TokenGrid {
  readonly rows: number;
  readonly columns: number;
  /** How many tokens these are. */
  readonly count: number;
}

export interface TokeniserOptions {
  readonly size: TimeVqVaeSize;
  readonly dropout: number;
  readonly decay: number;
  readonly reviveBelow: number;
  /** Vectors are scaled to length 1 before their codes are sought. */
  readonly unitVectors: boolean;
}

/** What one part of the signal becomes on the way through its tokens. */
export interface Reconstructed {
  /** `[batch, length]` */
  readonly signal: tf.Tensor2D;
  /** What was quantised, `[batch · tokens, codeWidth]`. */
  readonly vectors: tf.Tensor2D;
  readonly commitment: tf.Scalar;
}

/** The encoder, codebook and decoder of one part of the signal. */
export interface BandTokeniser {
  readonly grid: TokenGrid;
  readonly codes: number;
  readonly quantiser: VectorQuantiser;
  /** @returns vectors to be quantised, `[batch · tokens, codeWidth]`, token by token row after row of the grid */
  encode(image: tf.Tensor4D, mode: Mode): tf.Tensor2D;
  reconstruct(image: tf.Tensor4D, mode: Mode): Reconstructed;
  /** Numbers of the tokens, int32 `[batch, tokens]`. */
  tokens(image: tf.Tensor4D, mode: Mode): tf.Tensor2D;
  /** Signals of tokens, int32 `[batch, tokens]` → `[batch, length]`. */
  decode(tokens: tf.Tensor2D, mode: Mode): tf.Tensor2D;
}

/** @param length of the signals, in samples */
export function bandTokeniser(
  scope: Scope,
  band: BandName,
  split: BandSplit,
  length: number,
  { size, ...options }: TokeniserOptions,
): BandTokeniser {
  const { codeWidth, hiddenChannels, frame } = size;
  const { tokenWidth, codes } = size[band];
  const halvings = halvingsOf(length, frame, tokenWidth);
  const rows = split.rows(band);
  const columns = columnsOf(split.frames, halvings, size);
  const missing = Math.max(0, columns * 2 ** halvings - split.frames);
  const grid = { rows, columns, count: rows * columns };
  const shape: AutoencoderShape = {
    rows,
    channels: 2,
    halvings,
    initialChannels: size.initialChannels,
    hiddenChannels,
    residualBlocks: size.residualBlocks,
    dropout: options.dropout,
  };
  const encoded = encoder(scope.within("encoder"), shape);
  const decoded = decoder(scope.within("decoder"), shape);
  // Codes of another width than the hidden channels are mapped to and fro.
  const isNarrow = codeWidth !== hiddenChannels;
  const toCode = isNarrow ? linear(scope.within("toCode"), hiddenChannels, codeWidth) : null;
  const fromCode = isNarrow ? linear(scope.within("fromCode"), codeWidth, hiddenChannels) : null;
  const quantiser = new VectorQuantiser(scope.within("codes"), {
    codes,
    width: codeWidth,
    decay: options.decay,
    reviveBelow: options.reviveBelow,
  });
  const signalOf = split.signalOf(band, columns * 2 ** (halvings + 1));

  const encode = (image: tf.Tensor4D, mode: Mode) => {
    const hidden = encoded(filled(image, missing), mode); // [batch, rows, columns, hidden]
    const vectors = tf.reshape(toCode === null ? hidden : toCode(hidden), [-1, codeWidth]) as tf.Tensor2D;
    if (!options.unitVectors) return vectors;
    // Root mean square 1 / √width is length 1.
    const scale = tf.fill([codeWidth], 1 / Math.sqrt(codeWidth)) as tf.Tensor1D;
    return normaliseRootMeanSquare(vectors, scale) as tf.Tensor2D;
  };
  /** `[batch · tokens, codeWidth]` → `[batch, length]` */
  const signalOfCodes = (values: tf.Tensor, mode: Mode) => {
    const wide = fromCode === null ? values : fromCode(values);
    const image = tf.reshape(wide, [-1, rows, columns, hiddenChannels]) as tf.Tensor4D;
    return signalOf(decoded(image, mode));
  };
  return {
    grid,
    codes,
    quantiser,
    encode,
    reconstruct(image, mode) {
      const vectors = encode(image, mode);
      const { value, commitment } = quantiser.quantise(vectors);
      return { signal: signalOfCodes(value, mode), vectors, commitment };
    },
    tokens: (image, mode) =>
      tf.reshape(quantiser.nearest(encode(image, mode)), [-1, grid.count]) as tf.Tensor2D,
    decode: (tokens, mode) => signalOfCodes(tf.reshape(quantiser.codesOf(tokens), [-1, codeWidth]), mode),
  };
}

/** So many frames more, all like the last one. */
function filled(image: tf.Tensor4D, missing: number): tf.Tensor4D {
  if (missing === 0) return image;
  const [batch, rows, frames, channels] = image.shape;
  const last = tf.slice4d(image, [0, 0, frames - 1, 0], [batch, rows, 1, channels]);
  return tf.concat([image, tf.tile(last, [1, 1, missing, 1])], 2);
}
