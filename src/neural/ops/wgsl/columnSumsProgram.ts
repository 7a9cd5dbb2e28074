import type { WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";

/** Columns that a workgroup adds up, next to each other in memory. */
const width = 16;
/** Threads that share a column. */
const lanes = 8;

/** Rows that one thread adds up, beyond which other workgroups help. */
const rowsOfThread = 64;
/** Most workgroups that share a column. */
const mostParts = 64;

/** Into how many parts so many rows are cut. */
export const partsOf = (rows: number): number =>
  Math.min(mostParts, Math.max(1, Math.ceil(rows / (lanes * rowsOfThread))));

/** Sums over the rows of `rows` `[rows, columns]`, cut into parts that are summed each: `[parts, columns]`. */
export function columnSumsProgram(parts: number, columns: number): WebGPUProgram {
  const tiles = Math.ceil(columns / width);
  return {
    shaderKey: "columnSums",
    outputShape: [parts, columns],
    variableNames: ["rows"],
    variableComponents: [1],
    dispatchLayout: { x: [0, 1] },
    dispatch: [parts * tiles, 1, 1],
    workgroupSize: [width * lanes, 1, 1],
    getUserCode: () => `
      var<workgroup> sums: array<f32, ${width * lanes}>;

      fn main(index: i32) {
        let thread = index % ${width * lanes};
        let group = index / ${width * lanes};
        let columns = uniforms.outShape.y;
        let tiles = (columns + ${width - 1}) / ${width};
        let part = group / tiles;
        let column = group % tiles * ${width} + thread % ${width};
        var sum = 0.0;
        if (column < columns) {
          let count = uniforms.rowsShape.x;
          let share = (count + uniforms.outShape.x - 1) / uniforms.outShape.x;
          let end = min(count, (part + 1) * share);
          for (var row = part * share + thread / ${width}; row < end; row += ${lanes}) {
            sum += rows[row * columns + column];
          }
        }
        sums[thread] = sum;
        workgroupBarrier();
        if (thread < ${width} && column < columns) {
          for (var lane = 1; lane < ${lanes}; lane++) {
            sum += sums[lane * ${width} + thread];
          }
          result[part * columns + column] = sum;
        }
      }`,
  };
}
