import { type Format, signed } from "./format.ts";

/** 212: pairs of 12-bit samples in three bytes. */
export const format212: Format = {
  invalid: -2048,
  byteLength: (count) => Math.floor(count / 2) * 3 + (count % 2) * 2,
  decode(bytes, count) {
    const samples = new Int32Array(count);
    const pairs = count >> 1;
    for (let pair = 0, at = 0; pair < pairs; pair++, at += 3) {
      const middle = bytes[at + 1];
      samples[2 * pair] = ((bytes[at] | ((middle & 0x0f) << 8)) << 20) >> 20;
      samples[2 * pair + 1] = ((bytes[at + 2] | ((middle & 0xf0) << 4)) << 20) >> 20;
    }
    if (count % 2 === 1) {
      const at = pairs * 3;
      samples[count - 1] = signed(bytes[at] | ((bytes[at + 1] & 0x0f) << 8), 12);
    }
    return samples;
  },
};

function triples(oddBytes: readonly [number, number], split: (word: number, part: number) => number): Format {
  return {
    invalid: -512,
    byteLength: (count) => Math.floor(count / 3) * 4 + (count % 3 === 0 ? 0 : oddBytes[(count % 3) - 1]),
    decode(bytes, count) {
      const samples = new Int32Array(count);
      for (let index = 0; index < count; index++) {
        const at = Math.floor(index / 3) * 4;
        const word =
          byte(bytes, at) |
          (byte(bytes, at + 1) << 8) |
          (byte(bytes, at + 2) << 16) |
          (byte(bytes, at + 3) << 24);
        samples[index] = signed(split(word, index % 3), 10);
      }
      return samples;
    },
  };
}

const byte = (bytes: Uint8Array, at: number) => (at < bytes.length ? bytes[at] : 0);

/** 310: three 10-bit samples in two 16-bit words; the third is split between the words' upper five bits. */
export const format310 = triples([2, 4], (word, part) => {
  if (part === 0) return (word >> 1) & 0x3ff;
  if (part === 1) return (word >> 17) & 0x3ff;
  return ((word >> 11) & 0x1f) | (((word >> 27) & 0x1f) << 5);
});

/** 311: three 10-bit samples, one after the other, in a 32-bit word. */
export const format311 = triples([2, 3], (word, part) => (word >> (10 * part)) & 0x3ff);
