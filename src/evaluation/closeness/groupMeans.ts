/** The mean of some rows of a matrix. @param matrix `[rows, width]` @returns `[width]` */
export function meanRow(matrix: Float64Array, width: number, group: ArrayLike<number>): Float64Array {
  const mean = new Float64Array(width);
  for (let index = 0; index < group.length; index++) {
    const from = group[index] * width;
    for (let at = 0; at < width; at++) mean[at] += matrix[from + at];
  }
  return mean.map((sum) => sum / group.length);
}
