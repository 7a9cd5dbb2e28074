import * as tf from "@tensorflow/tfjs-core";
import { Failure } from "../domain/failure.ts";
import type { NumberField } from "../domain/schema.ts";
import { smallestWidth } from "../simulators/gaussian/beat.ts";
import { planOf } from "../simulators/gaussian/plan.ts";
import { exactBeats, simulateGaussian } from "../simulators/gaussian/recording.ts";
import { lengthIndex } from "../simulators/gaussian/tableA1.ts";
import type { SimulationRequest } from "../simulators/simulator.ts";

/** A synthetic recording as a function of its waves, with gradients. */
export interface DifferentiableRecording {
  /** `P.amplitude`, `P.width` … in the order of the values. */
  readonly keys: readonly string[];
  readonly fields: readonly NumberField[];
  /** Present values, in the units of the fields. */
  readonly values: Float32Array;
  /** @param values `[keys]` @returns samples `[time]`, as the plain simulator gives them */
  render(values: tf.Tensor1D): tf.Tensor1D;
  dispose(): void;
}

const waves = 5;
/** Change of a parameter by which its effect on the beats is measured; they follow it in a straight line. */
const step = 0.01;

/**
 * The Gaussian-composition simulator (Nonaka & Seita 2026) in tfjs, for exact recordings of the clinical preset: what the
 * seed draws stands still, and every beat's amplitudes, widths and places follow the table linearly, so that the samples
 * are a sum of Gaussians of linear functions.
 * @throws Failure `not-differentiable` for other presets, and for WPW, whose delta wave is no Gaussian
 */
export function differentiableRecording(request: SimulationRequest): DifferentiableRecording {
  const plan = planOf(request);
  const beats = plan.timing === "seconds" && request.variation === "exact" ? exactBeats(request) : null;
  if (beats === null || beats.some(({ hasDelta }) => hasDelta) || plan.values.standardise === true) {
    throw new Failure(
      "not-differentiable",
      "The samples of this recording are no smooth function of its waves.",
      "The simulator",
      "Choose the clinical preset with exact parameters, and any rhythm but WPW.",
    );
  }
  const chosen = plan.quantities.flatMap(({ key, sign }, index) => {
    const field = plan.schema[key];
    const isWave = index < 3 * waves && index !== lengthIndex;
    return isWave && field?.kind === "number" ? [{ key, sign, index, field }] : [];
  });
  const { base } = plan.table;
  const values = Float32Array.from(chosen, ({ sign, index }) => sign * base[index]);

  // Beats × waves at the present values, and their slopes: [keys, beats × waves] for each of the three quantities.
  const present = [0, 1, 2].map((part) => quantityOf(beats, part));
  const slopes = [0, 1, 2].map(() => new Float32Array(chosen.length * beats.length * waves));
  chosen.forEach(({ sign, index }, row) => {
    const moved = base.slice();
    moved[index] += sign * step;
    const changed = exactBeats(request, moved);
    slopes.forEach((slope, part) => {
      quantityOf(changed, part).forEach((value, at) => {
        slope[row * beats.length * waves + at] = (value - present[part][at]) / step;
      });
    });
  });
  const { duration, samplingFrequency } = request;
  const length = Math.round(duration * samplingFrequency);
  const origins = beats.flatMap(({ time }) => new Array<number>(waves).fill(time));
  const plain = simulateGaussian(request).samples;

  const constants = tf.tidy(() => {
    const matrix = (slope: Float32Array) => tf.tensor2d(slope, [chosen.length, beats.length * waves]);
    const row = (list: ArrayLike<number>) => tf.tensor2d(Float32Array.from(list), [1, list.length]);
    return {
      slopes: slopes.map(matrix),
      present: present.map(row),
      origins: row(origins),
      start: row(values),
      time: tf.tensor2d(
        Float32Array.from({ length }, (_, index) => index / samplingFrequency),
        [length, 1],
      ),
    };
  });
  const sumOfWaves = (given: tf.Tensor) => {
    const change = tf.sub(tf.reshape(given, [1, chosen.length]), constants.start);
    const [amplitude, width, shift] = constants.slopes.map((slope, part) =>
      tf.add(constants.present[part], tf.matMul(change as tf.Tensor2D, slope)),
    ); // [1, beats × waves]
    const sigma = tf.maximum(tf.abs(width), smallestWidth);
    const distance = tf.div(tf.sub(constants.time, tf.add(constants.origins, shift)), sigma);
    const heights = tf.mul(amplitude, tf.exp(tf.mul(tf.square(distance), -0.5))); // [time, beats × waves]
    return tf.sum(heights, 1) as tf.Tensor1D;
  };
  // Noise, baseline and atrial waves, which do not depend on the beats.
  const rest = tf.tidy(() => tf.sub(tf.tensor1d(plain), sumOfWaves(tf.tensor1d(values))));
  return {
    keys: chosen.map(({ key }) => key),
    fields: chosen.map(({ field }) => field),
    values,
    render: (given) => tf.add(sumOfWaves(given), rest) as tf.Tensor1D,
    dispose: () => {
      const { slopes: matrices, present: rows, origins: times, start, time } = constants;
      tf.dispose([...matrices, ...rows, times, start, time, rest]);
    },
  };
}

/** Amplitude (0), width (1) or shift (2) of every wave of every beat, `[beats × waves]`. */
function quantityOf(beats: ReturnType<typeof exactBeats>, part: number): Float32Array {
  return Float32Array.from({ length: beats.length * waves }, (_, at) => {
    const { packed } = beats[Math.floor(at / waves)];
    return packed[3 * (at % waves) + part];
  });
}
