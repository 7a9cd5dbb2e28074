import * as tf from "@tensorflow/tfjs-core";
import type { Random } from "../signal/random.ts";
import { normal } from "./layers/initialisers.ts";
import type { Scope } from "./layers/scope.ts";
import { columnSums } from "./ops/columnSums.ts";
import { customGradient } from "./ops/customGradient.ts";

export interface QuantiserOptions {
  /** K, how many codes there are. */
  readonly codes: number;
  /** Numbers of a code. */
  readonly width: number;
  /** γ, the share of the past in the moving averages. */
  readonly decay: number;
  /** A code with a smaller moving count of vectors becomes one of the batch's vectors; 0 revives none. */
  readonly reviveBelow: number;
}

/** Vectors with the codes that stand for them. */
export interface Quantised {
  /** The nearest codes, with the gradient of the vectors themselves, `[rows, width]`. */
  readonly value: tf.Tensor2D;
  /** Numbers of the codes, int32 `[rows]`. */
  readonly tokens: tf.Tensor1D;
  /** How far the vectors are from their codes, which stand still: mean ‖z − e‖² / width. */
  readonly commitment: tf.Scalar;
}

/** ε of the Laplace smoothing (released program). */
const smoothing = 1e-5;
const clusteringSteps = 10;
/** Vectors a batch that a code without any is said to have after clustering, so that nothing is divided by 0. */
const leastCount = 1e-3;

/**
 * A codebook that is not trained by gradients but follows the vectors that it stands for (van den Oord, Vinyals &
 * Kavukcuoglu, NeurIPS 2017, appendix A.1). Its state are three buffers of the scope: the codes, and the moving counts and
 * sums of their vectors.
 */
export class VectorQuantiser {
  private readonly codebook: tf.Variable;
  private readonly counts: tf.Variable;
  private readonly sums: tf.Variable;

  /** Codes are normal deviates at first. */
  constructor(
    scope: Scope,
    private readonly options: QuantiserOptions,
  ) {
    const { codes, width } = options;
    this.codebook = scope.buffer("codebook", [codes, width], normal(1));
    this.counts = scope.buffer("counts", [codes], () => new Float32Array(codes).fill(1));
    this.sums = scope.buffer("sums", [codes, width], () => new Float32Array(codes * width));
    tf.tidy(() => this.sums.assign(tf.clone(this.codebook as tf.Tensor)));
  }

  /** Numbers of the nearest codes by Euclidean distance, int32 `[rows]`. @param vectors `[rows, width]` */
  nearest(vectors: tf.Tensor2D): tf.Tensor1D {
    return tf.tidy(() => nearestOf(vectors, this.codebook as tf.Tensor as tf.Tensor2D));
  }

  /** Codes by their numbers, `[…, width]`. @param tokens any shape */
  codesOf(tokens: tf.Tensor): tf.Tensor {
    return tf.gather(this.codebook as tf.Tensor, tf.cast(tokens, "int32"));
  }

  /** @param vectors `[rows, width]` */
  quantise(vectors: tf.Tensor2D): Quantised {
    const found: { tokens?: tf.Tensor1D; codes?: tf.Tensor2D } = {};
    // Straight through: what moves the code moves the vector, as if rounding were the identity.
    const rounded = customGradient((given) => {
      const tokens = this.nearest(given as tf.Tensor2D);
      const value = this.codesOf(tokens) as tf.Tensor2D;
      // They leave this function beside its value, so that no gradient looks for the way through the choice.
      found.tokens = tf.keep(tf.clone(tokens));
      found.codes = tf.keep(tf.clone(value));
      return { value, gradFunc: (dy: tf.Tensor) => dy };
    });
    const value = rounded(vectors) as tf.Tensor2D;
    const [tokens, codes] = [released(found.tokens as tf.Tensor1D), released(found.codes as tf.Tensor2D)];
    return { value, tokens, commitment: tf.mean(tf.square(tf.sub(vectors, codes))) as tf.Scalar };
  }

  /**
   * Moves the codes towards the means of their vectors: N ← γN + (1 − γ)n and m ← γm + (1 − γ)Σz for each code, then
   * e = m / Ñ with Ñ = (N + ε) / (ΣN + Kε) · ΣN. Codes that stand for too few vectors then take the place of one of them.
   * @param vectors `[rows, width]`
   * @param random  of the vectors that revived codes become; it draws as much whether any is revived or not
   */
  update(vectors: tf.Tensor2D, random: Random): void {
    const { codes, decay, reviveBelow } = this.options;
    const chosen = Int32Array.from({ length: codes }, () => random.integer(vectors.shape[0]));
    tf.tidy(() => {
      const { counts, sums } = clustersOf(vectors, this.nearest(vectors), codes);
      const moved = (before: tf.Variable, now: tf.Tensor) =>
        tf.add(tf.mul(before, decay), tf.mul(now, 1 - decay));
      const count = moved(this.counts, counts);
      const sum = moved(this.sums, sums);
      const total = tf.sum(count);
      const smoothed = tf.mul(tf.div(tf.add(count, smoothing), tf.add(total, codes * smoothing)), total);
      const mean = tf.div(sum, tf.reshape(smoothed, [codes, 1]));
      // Where none is wanted, none is below 0.
      const isDead = tf.less(count, reviveBelow);
      const isDeadRow = tf.reshape(isDead, [codes, 1]);
      const fresh = tf.gather(vectors, tf.tensor1d(chosen, "int32"));
      this.counts.assign(tf.where(isDead, tf.fill([codes], reviveBelow), count));
      this.sums.assign(tf.where(isDeadRow, tf.mul(fresh, reviveBelow), sum));
      this.codebook.assign(tf.where(isDeadRow, fresh, mean));
    });
  }

  /**
   * Puts the codes where vectors gather, by ten steps of Lloyd's k-means from vectors drawn at random. The moving counts and
   * sums are those of the clusters: with sums of single vectors the codes would shrink together.
   * @param vectors `[rows, width]`
   * @param batches from how many batches they come
   */
  initialise(vectors: tf.Tensor2D, batches: number, random: Random): void {
    const { codes } = this.options;
    const first = drawnRows(vectors.shape[0], codes, random);
    tf.tidy(() => {
      let centres = tf.gather(vectors, tf.tensor1d(first, "int32"));
      let counts = tf.zeros([codes]);
      for (let step = 0; step < clusteringSteps; step++) {
        const found = clustersOf(vectors, nearestOf(vectors, centres), codes);
        counts = found.counts;
        const own = tf.reshape(counts, [codes, 1]);
        const means = tf.div(found.sums, tf.maximum(own, 1));
        centres = tf.where(tf.greater(own, 0), means, centres) as tf.Tensor2D;
      }
      const count = tf.maximum(tf.div(counts, batches), leastCount);
      this.codebook.assign(centres);
      this.counts.assign(count);
      this.sums.assign(tf.mul(centres, tf.reshape(count, [codes, 1])));
    });
  }

  /** exp of the entropy of how often codes are used of late: from 1 to K, whatever the size of a batch. */
  perplexity(): tf.Scalar {
    return tf.tidy(() => {
      const share = tf.div(this.counts, tf.sum(this.counts));
      // 0 ln 0 = 0
      const information = tf.mul(share, tf.log(tf.maximum(share, 1e-20)));
      return tf.exp(tf.neg(tf.sum(information))) as tf.Scalar;
    });
  }
}

/** A kept tensor, given back to the scope at hand. */
function released<T extends tf.Tensor>(kept: T): T {
  const own = tf.clone(kept);
  kept.dispose();
  return own;
}

/** ‖z − e‖² = ‖z‖² − 2 z · e + ‖e‖², of which the first is the same for all codes. */
function nearestOf(vectors: tf.Tensor2D, codes: tf.Tensor2D): tf.Tensor1D {
  const products = tf.matMul(vectors, tf.transpose(codes)); // [rows, codes]
  const norms = tf.sum(tf.square(codes), 1);
  return tf.argMin(tf.sub(norms, tf.mul(products, 2)), 1);
}

/** How many vectors each code stands for, `[codes]`, and their sums, `[codes, width]`. */
function clustersOf(vectors: tf.Tensor2D, tokens: tf.Tensor1D, codes: number) {
  const marked = tf.cast(tf.oneHot(tokens, codes), "float32") as tf.Tensor2D; // [rows, codes]
  return {
    counts: tf.reshape(columnSums(marked), [codes]),
    sums: tf.matMul(tf.transpose(marked), vectors),
  };
}

/** Rows without repetition as long as there are enough. */
function drawnRows(count: number, wanted: number, random: Random): Int32Array {
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  const drawn = new Int32Array(wanted);
  for (let index = 0; index < wanted; index++) {
    const place = index % count;
    const other = place + random.integer(count - place);
    [rows[place], rows[other]] = [rows[other], rows[place]];
    drawn[index] = rows[place];
  }
  return drawn;
}
