import * as tf from "@tensorflow/tfjs-core";
import { customGradient } from "../ops/customGradient.ts";

/**
 * How far the values of each column are from wanted ones as a whole: the lowest is compared with the lowest, the second
 * with the second …, which makes the mean square the least that any pairing gives, the squared 2-Wasserstein distance of
 * both samples in one dimension; the columns are added. It is 0 for equal sets in any order, where values paired by chance
 * would be drawn to the mean of the others. Which value takes which place is not differentiated. Nothing is read from the
 * device.
 * @param values `[count, columns]`
 * @param wanted `[count, columns]`, row after row, in any order
 */
export function orderedDifference(values: tf.Tensor2D, wanted: Float32Array): tf.Scalar {
  const [count, columns] = values.shape;
  const operation = customGradient((given, save) => {
    const input = given as tf.Tensor2D;
    const difference = tf.sub(input, inPlaces(input, sortedColumns(wanted, count, columns)));
    (save as tf.GradSaveFunc)([difference]);
    return {
      value: tf.sum(tf.mean(tf.square(difference), 0)),
      gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) => tf.mul(dy, tf.mul(saved, 2 / count)),
    };
  });
  return operation(values) as tf.Scalar;
}

/** Each column in ascending order. */
function sortedColumns(values: Float32Array, count: number, columns: number): Float32Array {
  const sorted = new Float32Array(values.length);
  for (let column = 0; column < columns; column++) {
    const own = values.filter((_, at) => at % columns === column).sort();
    for (let row = 0; row < count; row++) sorted[row * columns + column] = own[row];
  }
  return sorted;
}

/** For every value the sorted one of its place in its column; of equal values the earlier row comes first. */
function inPlaces(values: tf.Tensor2D, sorted: Float32Array): tf.Tensor2D {
  const [count, columns] = values.shape;
  const [own, others] = [tf.expandDims(values, 1), tf.expandDims(values, 0)]; // [count, 1, columns], [1, count, columns]
  const earlier = tf.tensor3d(
    Float32Array.from({ length: count * count }, (_, at) => (at % count < Math.floor(at / count) ? 1 : 0)),
    [count, count, 1],
  );
  const below = tf.cast(tf.greater(own, others), "float32");
  const equals = tf.mul(tf.cast(tf.equal(own, others), "float32"), earlier);
  const places = tf.expandDims(tf.sum(tf.add(below, equals), 1), 1); // [count, 1, columns]
  const all = tf.tensor3d(
    Float32Array.from({ length: count }, (_, place) => place),
    [1, count, 1],
  );
  const isPlace = tf.cast(tf.equal(places, all), "float32"); // [count, count, columns]
  return tf.sum(tf.mul(isPlace, tf.tensor3d(sorted, [1, count, columns])), 1) as tf.Tensor2D;
}
