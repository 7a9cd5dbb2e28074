import { expect, test } from "vitest";
import { crc32 } from "./crc32.ts";

test("gives the check values of the standard", () => {
  const of = (text: string) => crc32(new TextEncoder().encode(text));
  // The catalogue of parametrised CRC algorithms, CRC-32/ISO-HDLC; and Python's zlib.crc32.
  expect(of("123456789")).toBe(0xcbf43926);
  expect(of("")).toBe(0);
  expect(of("The quick brown fox jumps over the lazy dog")).toBe(0x414fa339);
});
