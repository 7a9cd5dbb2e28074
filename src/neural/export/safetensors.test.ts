import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Failure } from "../../domain/failure.ts";
import { readSafetensors, type StoredTensor, writeSafetensors } from "./safetensors.ts";

/** A file put together by hand: length of the header, header, values. */
function fileOf(header: string, values: readonly number[], length = header.length): Uint8Array {
  const text = new TextEncoder().encode(header);
  const size = [0, 8, 16, 24].map((shift) => (length >> shift) & 0xff);
  return Uint8Array.from([...size, 0, 0, 0, 0, ...text, ...values]);
}

const failureOf = (bytes: Uint8Array): Failure => {
  try {
    readSafetensors(bytes, "folder/model.safetensors");
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("nothing was refused");
};
const tensor = (dtype: string, shape: readonly number[], offsets: readonly number[]) =>
  JSON.stringify({ dtype, shape, data_offsets: offsets });

describe("files written by hand", () => {
  test.each([
    ["F32", [0x00, 0x00, 0xc0, 0x3f, 0x00, 0x00, 0x00, 0xc0], [1.5, -2]],
    // Bit patterns of IEEE 754 binary16: 1, −2, 65504, the smallest subnormal 2⁻²⁴, −0, ∞.
    [
      "F16",
      [0x00, 0x3c, 0x00, 0xc0, 0xff, 0x7b, 0x01, 0x00, 0x00, 0x80, 0x00, 0x7c],
      [1, -2, 65504, 2 ** -24, -0, Number.POSITIVE_INFINITY],
    ],
    // The upper halves of 1, −2 and 3.140625 in single precision.
    ["BF16", [0x80, 0x3f, 0x00, 0xc0, 0x49, 0x40], [1, -2, 3.140625]],
    ["F64", [0, 0, 0, 0, 0, 0, 0xf8, 0x3f], [1.5]],
    ["I32", [0xff, 0xff, 0xff, 0xff, 7, 0, 0, 0], [-1, 7]],
    ["I64", [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [-2]],
  ])("numbers of the type %s", (type, bytes, expected) => {
    const header = `{"a":${tensor(type, [expected.length], [0, bytes.length])}}`;
    const { tensors } = readSafetensors(fileOf(header, bytes));
    expect(Array.from(tensors.get("a")?.values ?? [])).toEqual(expected);
  });

  test("a scalar, an empty tensor, metadata and spaces behind the header", () => {
    const header = `{"__metadata__":{"format":"pt"},"b":${tensor("F32", [0, 3], [4, 4])},"a":${tensor("I32", [], [0, 4])}}   `;
    const { tensors, metadata } = readSafetensors(fileOf(header, [5, 0, 0, 0]));
    expect(metadata).toEqual({ format: "pt" });
    expect(tensors.get("a")).toEqual({ shape: [], values: Float32Array.of(5) });
    expect(tensors.get("b")).toEqual({ shape: [0, 3], values: new Float32Array(0) });
  });

  test("what is written is this, byte for byte", () => {
    const header = '{"__metadata__":{"k":"v"},"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}';
    const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
    const tensors = new Map([["w", { shape: [1, 2], values: Float32Array.of(1.5, -2) }]]);
    expect(writeSafetensors(tensors, { k: "v" })).toEqual(
      fileOf(padded, [0x00, 0x00, 0xc0, 0x3f, 0x00, 0x00, 0x00, 0xc0]),
    );
  });
});

describe("what is wrong is named", () => {
  const four = [0, 0, 0, 0];
  test.each([
    ["safetensors-truncated", Uint8Array.of(1, 2, 3)],
    ["safetensors-header-length", fileOf("{}", [], 3)],
    ["safetensors-header-length", fileOf("", [], 0)],
    ["safetensors-header", fileOf("[]", [])],
    ["safetensors-header", fileOf(" {}", [])],
    ["safetensors-header", fileOf('{"a":}', [])],
    ["safetensors-header", fileOf('{"a":1}', [])],
    ["safetensors-number-type", fileOf(`{"a":${tensor("F8_E4M3", [4], [0, 4])}}`, four)],
    ["safetensors-number-type", fileOf(`{"a":${tensor("toString", [4], [0, 4])}}`, four)],
    ["safetensors-shape", fileOf(`{"a":${tensor("F32", [-1], [0, 4])}}`, four)],
    ["safetensors-shape", fileOf(`{"a":${tensor("F32", [0.5, 2], [0, 4])}}`, four)],
    ["safetensors-offsets", fileOf(`{"a":${tensor("F32", [1], [4, 0])}}`, four)],
    ["safetensors-offsets", fileOf(`{"a":${tensor("F32", [2], [0, 8])}}`, four)],
    ["safetensors-offsets", fileOf(`{"a":${tensor("F32", [1], [0, 2, 4])}}`, four)],
    ["safetensors-length", fileOf(`{"a":${tensor("F32", [2], [0, 4])}}`, four)],
    ["safetensors-length", fileOf(`{"a":${tensor("F32", [2 ** 40, 2 ** 40], [0, 4])}}`, four)],
    [
      "safetensors-coverage",
      fileOf(`{"a":${tensor("F32", [1], [0, 4])},"b":${tensor("F16", [1], [2, 4])}}`, four),
    ],
    ["safetensors-coverage", fileOf(`{"a":${tensor("F16", [1], [2, 4])}}`, four)],
    ["safetensors-coverage", fileOf(`{"a":${tensor("F16", [1], [0, 2])}}`, four)],
    ["safetensors-metadata", fileOf('{"__metadata__":{"a":1}}', [])],
  ])("%s", (code, bytes) => {
    const failure = failureOf(bytes);
    expect(failure.code).toBe(code);
    expect(failure.place).toContain("folder/model.safetensors");
    expect(failure.remedy).not.toBe("");
  });

  test("a tensor that cannot be written is a defect of the caller", () => {
    const write = (name: string, shape: number[]) =>
      writeSafetensors(new Map([[name, { shape, values: new Float32Array(2) }]]));
    expect(() => write("a", [3])).toThrow(RangeError);
    expect(() => write("__metadata__", [2])).toThrow(RangeError);
  });
});

const anyTensor: fc.Arbitrary<StoredTensor> = fc
  .array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 })
  .chain((shape) => {
    const size = shape.reduce((product, each) => product * each, 1);
    return fc
      .float32Array({ minLength: size, maxLength: size })
      .map((values) => ({ shape, values: new Float32Array(values) }));
  });
const anyFile = fc.record({
  tensors: fc
    .uniqueArray(fc.tuple(fc.string({ unit: "binary" }), anyTensor), {
      maxLength: 6,
      selector: ([name]) => name,
    })
    .map((entries) => new Map(entries.filter(([name]) => name !== "__metadata__"))),
  metadata: fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true }),
});

describe("any file", () => {
  test("comes back as it was", () => {
    fc.assert(
      fc.property(anyFile, ({ tensors, metadata }) => {
        const bytes = writeSafetensors(tensors, metadata);
        expect(new DataView(bytes.buffer).getUint32(0, true) % 8).toBe(0);
        const read = readSafetensors(bytes);
        expect(read.metadata).toEqual(metadata);
        expect(new Map(read.tensors)).toEqual(tensors);
      }),
    );
  });

  test("is read, or refused with a reason, wherever bytes are changed or missing", () => {
    const anyChange = fc.record({
      at: fc.nat(),
      value: fc.integer({ min: 0, max: 255 }),
      kept: fc.option(fc.nat(), { nil: undefined }),
    });
    fc.assert(
      fc.property(anyFile, fc.array(anyChange, { minLength: 1, maxLength: 5 }), (file, changes) => {
        let bytes = writeSafetensors(file.tensors, file.metadata);
        for (const { at, value, kept } of changes) {
          if (bytes.length > 0) bytes[at % bytes.length] = value;
          if (kept !== undefined) bytes = bytes.slice(0, kept % (bytes.length + 1));
        }
        try {
          readSafetensors(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("of bytes drawn at random is refused", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(failureOf(bytes)).toBeInstanceOf(Failure);
      }),
    );
  });
});
