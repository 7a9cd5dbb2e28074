import { type Format, wholeBytes } from "./format.ts";
import { format212, format310, format311 } from "./packed.ts";

/** The signal formats that can be read, by their number in the header (WFDB signal(5)). */
export const formats: Readonly<Record<number, Format>> = {
  8: { ...wholeBytes(1, null, (view, at) => view.getInt8(at)), differences: true },
  16: wholeBytes(2, -32768, (view, at) => view.getInt16(at, true)),
  24: wholeBytes(3, -8388608, (view, at) => view.getUint16(at, true) | (view.getInt8(at + 2) << 16)),
  32: wholeBytes(4, -2147483648, (view, at) => view.getInt32(at, true)),
  61: wholeBytes(2, -32768, (view, at) => view.getInt16(at, false)),
  80: wholeBytes(1, -128, (view, at) => view.getUint8(at) - 128),
  160: wholeBytes(2, -32768, (view, at) => view.getUint16(at, true) - 32768),
  212: format212,
  310: format310,
  311: format311,
};

/** The formats of compressed signals (FLAC), with the value of each that means "no valid sample". */
export const compressedFormats: Readonly<Record<number, number>> = {
  508: -128,
  516: -32768,
  524: -8388608,
};
