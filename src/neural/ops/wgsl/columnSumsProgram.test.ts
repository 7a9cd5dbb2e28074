import { expect, test } from "vitest";
import { columnSumsProgram, partsOf } from "./columnSumsProgram.ts";

test("rows are shared by more workgroups the more there are, up to a limit", () => {
  expect([1, 512, 513, 5000, 1e7].map(partsOf)).toEqual([1, 1, 2, 10, 64]);
});

test.each([
  [1, 1],
  [1, 16],
  [3, 17],
  [64, 2048],
])(
  "%i parts of %i columns: every column has its workgroup, within what WebGPU promises",
  (parts, columns) => {
    const { dispatch, workgroupSize, outputShape, shaderKey, getUserCode } = columnSumsProgram(
      parts,
      columns,
    );
    expect(outputShape).toEqual([parts, columns]);
    const tiles = dispatch[0] / parts;
    expect(tiles * 16).toBeGreaterThanOrEqual(columns);
    expect((tiles - 1) * 16).toBeLessThan(columns);
    expect(dispatch[0]).toBeLessThanOrEqual(65_535);
    expect(workgroupSize[0]).toBeLessThanOrEqual(256);
    // tfjs keeps pipelines by their key: the same code for all sizes.
    expect(shaderKey).toBe(columnSumsProgram(1, 1).shaderKey);
    expect(getUserCode()).toBe(columnSumsProgram(1, 1).getUserCode());
  },
);
