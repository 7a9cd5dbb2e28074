import { describe, expect, test } from "vitest";
import { move, movedBuffers } from "./move.ts";

const floats = (length: number) => new Float32Array(length);

describe("the transfer list of a message", () => {
  test("holds nothing that was not given away", () => {
    expect(movedBuffers({ samples: floats(4) })).toEqual([]);
  });

  test("finds arrays wherever they sit", () => {
    const arrays = [floats(1), new Int32Array(2), new Uint8Array(3), new Float64Array(4), floats(5)];
    const [direct, nested, inMap, inSet, keyed] = arrays;
    const value = {
      direct,
      list: [1, { deep: [nested] }, null, "text"],
      map: new Map<unknown, unknown>([
        ["a", inMap],
        [keyed, 0],
      ]),
      set: new Set([inSet]),
    };
    const found = new Set(movedBuffers(move(value)));
    expect(found).toEqual(new Set(arrays.map(({ buffer }) => buffer)));
  });

  test("names a buffer once that two views share", () => {
    const buffer = new ArrayBuffer(16);
    const value = { first: new Float32Array(buffer, 0, 2), second: new Float32Array(buffer, 8, 2) };
    expect(movedBuffers(move(value))).toEqual([buffer]);
  });

  test("still finds what was given away before it was wrapped", () => {
    const samples = move(floats(3));
    expect(movedBuffers({ kind: "value", value: { samples } })).toEqual([samples.buffer]);
  });

  test("leaves out shared memory, and ends on values that contain themselves", () => {
    const value: Record<string, unknown> = {
      shared: new Float32Array(new SharedArrayBuffer(8)),
      own: floats(2),
    };
    value["self"] = value;
    expect(movedBuffers(move(value))).toHaveLength(1);
  });
});
