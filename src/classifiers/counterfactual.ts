import * as tf from "@tensorflow/tfjs-core";
import { breathe } from "../neural/training/breathe.ts";
import { logistic } from "../neural/training/evaluate.ts";
import { createRandom } from "../signal/random.ts";
import type { ClassifierForward } from "./architecture.ts";
import type { DifferentiableRecording } from "./differentiableRecording.ts";

/** What would change a classifier's mind about a synthetic recording. */
export interface Counterfactual {
  /** Whether a change within the ranges of the sliders was found. */
  readonly found: boolean;
  /** Values by key at the flip, or where the walk ended. */
  readonly values: Readonly<Record<string, number>>;
  /** Probability at every step of the walk. */
  readonly path: readonly number[];
  /** Size of the change: root of the sum of squares, each as a share of its slider's range. */
  readonly distance: number;
}

export interface WalkOptions {
  readonly threshold?: number;
  /** Most steps of the walk. */
  readonly steps?: number;
  /** Length of a step, as a share of the sliders' ranges. */
  readonly stride?: number;
  readonly stopped?: () => boolean;
}

/** Halvings of the line from the start to the flip. */
const halvings = 14;

/**
 * Walks the parameters of a recording along the gradient of a classifier's logit, each measured by its slider's range,
 * until the decision flips, and goes back along the straight line to where it just does (after Wachter et al. 2017).
 * @param forward of a network of one logit, in whose form the recording is
 */
export async function nearestFlip(
  recording: DifferentiableRecording,
  forward: ClassifierForward,
  { threshold = 0.5, steps = 150, stride = 0.01, stopped = () => false }: WalkOptions = {},
): Promise<Counterfactual> {
  const { fields, values: start, keys } = recording;
  const ranges = fields.map(({ minimum, maximum }) => maximum - minimum);
  const score = (given: tf.Tensor) => {
    const samples = recording.render(given as tf.Tensor1D);
    const centred = tf.sub(samples, tf.mean(samples));
    const standardised = tf.div(centred, tf.sqrt(tf.mean(tf.square(centred))));
    const input = tf.expandDims(standardised, 0) as tf.Tensor2D;
    return tf.sum(forward(input, { training: false, random: createRandom(0) })) as tf.Scalar;
  };
  const logitAt = async (values: Float32Array) => {
    const logit = tf.tidy(() => score(tf.tensor1d(values)));
    const [value] = await logit.data();
    logit.dispose();
    return value;
  };
  const slopeAt = async (values: Float32Array) => {
    const { value, grad } = tf.tidy(() => tf.valueAndGrad(score)(tf.tensor1d(values)));
    const [[logit], slope] = await Promise.all([value.data(), grad.data()]);
    tf.dispose([value, grad]);
    return { logit, slope: Float32Array.from(slope) };
  };

  const limit = Math.log(threshold / (1 - threshold));
  let values = Float32Array.from(start);
  const path: number[] = [];
  let above: boolean | null = null;
  let flipped = false;
  for (let index = 0; index <= steps && !stopped(); index++) {
    const { logit, slope } = await slopeAt(values);
    path.push(logistic(logit));
    above ??= logit >= limit;
    flipped = logit >= limit !== above;
    if (flipped) break;
    // By the ranges: a step is as long on every slider.
    const direction = slope.map((each, key) => (above === true ? -1 : 1) * each * ranges[key]);
    const norm = Math.hypot(...direction);
    if (norm === 0) break;
    values = values.map((value, key) => {
      const moved = value + (stride * ranges[key] * direction[key]) / norm;
      return Math.min(fields[key].maximum, Math.max(fields[key].minimum, moved));
    });
    await breathe();
  }
  if (flipped) {
    let [near, far] = [0, 1];
    const between = (share: number) => start.map((value, key) => value + share * (values[key] - value));
    for (let index = 0; index < halvings; index++) {
      const middle = (near + far) / 2;
      if ((await logitAt(between(middle))) >= limit === above) near = middle;
      else far = middle;
    }
    values = between(far);
    path.push(logistic(await logitAt(values)));
  }
  return {
    found: flipped,
    values: Object.fromEntries(keys.map((key, index) => [key, values[index]])),
    path,
    distance: Math.hypot(...Array.from(values, (value, key) => (value - start[key]) / ranges[key])),
  };
}
