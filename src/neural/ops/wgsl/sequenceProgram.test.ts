import { describe, expect, test } from "vitest";
import { gruCell, lstmCell } from "./recurrentCells.ts";
import { backwardProgram, forwardProgram, mostUnits, spreadOf } from "./sequenceProgram.ts";

const batches = [1, 3, 31, 63, 64, 65, 127, 128, 130, 1000];
const widths = [1, 5, 32, 33, 64, 128, 255, 256, 257, 300, 512, 513, mostUnits];

const programs = batches.flatMap((batch) =>
  widths.flatMap((units) =>
    [forwardProgram, backwardProgram].flatMap((make) =>
      [lstmCell, gruCell].map((cell) => ({
        batch,
        units,
        program: make(cell, { batch, time: 7, units }),
      })),
    ),
  ),
);

const constantOf = (code: string, name: string) =>
  Number(code.match(new RegExp(`const ${name} = (\\d+);`))?.[1]);

/** Bytes of the workgroup memory that a program declares. */
function workgroupBytes(code: string): number {
  const declared = [...code.matchAll(/var<workgroup> \w+: array<(f32|vec4<f32>), (\d+)>/g)];
  expect(declared).toHaveLength(code.split("var<workgroup>").length - 1);
  return declared.reduce((sum, [, type, count]) => sum + Number(count) * (type === "f32" ? 4 : 16), 0);
}

describe("programs over a sequence", () => {
  test("stay within the least that WebGPU promises: 16 KiB, 256 threads, 65,535 workgroups", () => {
    for (const { program } of programs) {
      expect(workgroupBytes(program.getUserCode())).toBeLessThanOrEqual(16_384);
      expect(program.workgroupSize[0]).toBeLessThanOrEqual(256);
      expect(program.dispatch[0]).toBeLessThanOrEqual(65_535);
    }
  });

  test("reach every row once, but for the last workgroup, and every unit", () => {
    for (const { batch, units, program } of programs) {
      const code = program.getUserCode();
      const rows = constantOf(code, "ROWS");
      expect(constantOf(code, "UNITS")).toBe(units);
      expect(constantOf(code, "THREADS")).toBe(program.workgroupSize[0]);
      expect(program.dispatch[0] * rows).toBeGreaterThanOrEqual(batch);
      expect((program.dispatch[0] - 1) * rows).toBeLessThan(batch);
      const own = Number(code.match(/carried: array<f32, (\d+)>/)?.[1]);
      expect((own / rows) * program.workgroupSize[0]).toBeGreaterThanOrEqual(units);
    }
  });

  test("of one key are one code, since tfjs keeps their pipelines by it", () => {
    const codes = new Map<string, string>();
    for (const { program } of programs) {
      const code = program.getUserCode();
      expect(codes.get(program.shaderKey) ?? code).toBe(code);
      codes.set(program.shaderKey, code);
    }
    expect(new Set(codes.values()).size).toBe(codes.size);
  });
});

describe("how a batch is spread", () => {
  test.each([
    [20, 512, 8, 1, 20, 256],
    [64, 512, 8, 2, 32, 256],
    [128, 512, 8, 4, 32, 256],
    // Four rows of 512 units with 16 bytes each would take 32 KiB; two take just the 16 KiB there are.
    [128, 512, 16, 2, 64, 256],
    [130, 5, 16, 4, 33, 32],
    [8, 70, 16, 1, 8, 96],
  ])(
    "%i rows of %i units with %i bytes each: %i rows a workgroup",
    (batch, units, bytes, rows, groups, threads) => {
      expect(spreadOf(batch, units, bytes)).toEqual({ rows, groups, threads });
    },
  );
});
