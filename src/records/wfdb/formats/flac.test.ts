import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Failure } from "../../../domain/failure.ts";
import { createRandom } from "../../../signal/random.ts";
import { BitReader } from "./bitReader.ts";
import { decodeFlac } from "./flac.ts";

/** Writes a stream after RFC 9639: every channel verbatim, in the way of joining that is asked for. */
class StreamWriter {
  private readonly bits: number[] = [];

  put(value: number, width: number): this {
    for (let bit = width - 1; bit >= 0; bit--) this.bits.push(Math.floor(value / 2 ** bit) & 1);
    return this;
  }

  signed(value: number, width: number): this {
    return this.put(value < 0 ? value + 2 ** width : value, width);
  }

  get bytes(): Uint8Array {
    while (this.bits.length % 8 !== 0) this.bits.push(0);
    const bytes = new Uint8Array(this.bits.length / 8);
    this.bits.forEach((bit, index) => {
      bytes[index >> 3] |= bit << (7 - (index % 8));
    });
    return bytes;
  }
}

/** Bit by bit, unlike the table of the reader. */
function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x8005 : crc << 1) & 0xffff;
  }
  return crc;
}

/** Two channels of 16 bits in one frame, its first channel and second as `assignment` wants them. */
function stereo(left: readonly number[], right: readonly number[], assignment: 1 | 8 | 9 | 10): Uint8Array {
  const count = left.length;
  const head = new StreamWriter().put(0x664c6143, 32).put(0x80, 8).put(34, 24);
  head.put(count, 16).put(count, 16).put(0, 24).put(0, 24).put(8000, 20);
  head.put(1, 3).put(15, 5).put(0, 4).put(count, 32);
  for (let word = 0; word < 4; word++) head.put(0, 32);
  const frame = new StreamWriter()
    .put(0x7ffc, 15)
    .put(0, 1)
    .put(7, 4)
    .put(0, 4)
    .put(assignment, 4)
    .put(4, 3)
    .put(0, 1);
  frame
    .put(0, 8)
    .put(count - 1, 16)
    .put(0, 8);
  const difference = left.map((value, at) => value - right[at]);
  const middle = left.map((value, at) => Math.floor((value + right[at]) / 2));
  const channels = {
    1: [left, right],
    8: [left, difference],
    9: [difference, right],
    10: [middle, difference],
  };
  channels[assignment].forEach((samples, index) => {
    const isSide = assignment === 9 ? index === 0 : assignment >= 8 && index === 1;
    frame.put(0, 1).put(1, 6).put(0, 1);
    for (const sample of samples) frame.signed(sample, isSide ? 17 : 16);
  });
  const body = frame.bytes;
  const end = new StreamWriter().put(crc16(body), 16).bytes;
  return Uint8Array.of(...head.bytes, ...body, ...end);
}

const random = createRandom(6);
const noise = (count: number) => Array.from({ length: count }, () => random.integer(65536) - 32768);
const [left, right] = [noise(300), noise(300)];

describe("FLAC streams", () => {
  test.each([1, 8, 9, 10] as const)("two channels, joined in the way %i, come apart again", (assignment) => {
    const { channels } = decodeFlac(stereo(left, right, assignment), "x", null);
    expect([[...channels[0]], [...channels[1]]]).toEqual([left, right]);
  });

  test("a turned bit never passes silently", () => {
    const bytes = stereo(left, right, 10);
    for (let at = 42; at < bytes.length; at += 5) {
      const damaged = bytes.slice();
      damaged[at] ^= 1 << (at % 8);
      expect(() => decodeFlac(damaged, "x.dat", 300)).toThrow(Failure);
    }
    expect(() => decodeFlac(bytes.subarray(0, 500), "x.dat", 300)).toThrow(/ends too early/);
  });

  test("any bytes give a failure that names the byte, soon", () => {
    const head = stereo(left, right, 1).subarray(0, 42);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, isStream) => {
        const began = performance.now();
        try {
          decodeFlac(isStream ? Uint8Array.of(...head, ...bytes) : bytes, "x.dat", 1000);
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
          expect(error.place).toMatch(/^x\.dat, byte \d+$/);
        }
        expect(performance.now() - began).toBeLessThan(1000);
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});

test("bits are read from the highest down, signed and counted", () => {
  const reader = new BitReader(Uint8Array.of(0b1011_0001, 0b0000_0000, 0b0010_1111));
  expect(reader.read(3)).toBe(5);
  expect(reader.readSigned(2)).toBe(-2);
  expect(reader.readUnary()).toBe(2);
  expect(reader.readUnary()).toBe(10);
  expect(reader.align()).toBe(3);
  expect(() => reader.read(1)).toThrow(RangeError);
});
