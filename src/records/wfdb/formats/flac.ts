import { Failure } from "../../../domain/failure.ts";
import { BitReader } from "./bitReader.ts";

/** Signals as WFDB compresses them (formats 508, 516 and 524): each channel of a FLAC stream is a signal. */
export interface FlacStream {
  /** `[channel][time]`, in steps of the converter. */
  readonly channels: readonly Int32Array[];
}

/** Most samples of a stream: a few bytes may stand for millions of equal ones. */
const mostSamples = 2 ** 28;

/** What the stream says of itself (RFC 9639, section 8.2). */
interface StreamInfo {
  readonly channels: number;
  readonly bitsPerSample: number;
  readonly totalSamples: number;
  /** Byte of the first frame. */
  readonly frames: number;
}

/**
 * Decodes a FLAC stream (RFC 9639).
 * @param needed samples of each channel that the header promises; null for all
 * @throws Failure `flac` with the byte
 */
export function decodeFlac(bytes: Uint8Array, fileName: string, needed: number | null): FlacStream {
  let reader = new BitReader(bytes);
  try {
    const info = readStreamInfo(bytes);
    const wanted = needed ?? info.totalSamples;
    if (wanted * info.channels > mostSamples) throw new RangeError(`it stands for ${wanted} samples`);
    const channels = Array.from({ length: info.channels }, () => new Int32Array(wanted));
    reader = new BitReader(bytes, info.frames);
    for (let done = 0; done < wanted; ) {
      const block = readFrame(reader, bytes, info);
      const count = Math.min(block[0].length, wanted - done);
      block.forEach((samples, channel) => {
        channels[channel]?.set(samples.subarray(0, count), done);
      });
      done += count;
    }
    return { channels };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Failure(
      "flac",
      `The compressed signals cannot be read: ${error.message}.`,
      `${fileName}, byte ${reader.position >> 3}`,
      "Get the file again: it is cut short, damaged, or belongs to another header.",
    );
  }
}

function readStreamInfo(bytes: Uint8Array): StreamInfo {
  const reader = new BitReader(bytes);
  if (reader.read(32) !== 0x664c6143) throw new RangeError("it is no FLAC stream");
  let info: Omit<StreamInfo, "frames"> | null = null;
  for (let isLast = false; !isLast; ) {
    isLast = reader.read(1) === 1;
    const type = reader.read(7);
    const length = reader.read(24);
    const start = reader.position;
    if (type === 0) {
      // Block sizes, frame sizes and the sampling frequency of the stream, which is not that of the record.
      reader.position += 16 + 16 + 24 + 24 + 20;
      const channels = reader.read(3) + 1;
      const bitsPerSample = reader.read(5) + 1;
      info = { channels, bitsPerSample, totalSamples: reader.read(4) * 2 ** 32 + reader.read(32) };
    }
    reader.position = start + 8 * length;
  }
  if (info === null) throw new RangeError("it does not describe itself");
  return { ...info, frames: reader.position / 8 };
}

/** Channels of a frame of which one is the difference of two. */
const [leftSide, rightSide, midSide] = [8, 9, 10] as const;

function readFrame(reader: BitReader, bytes: Uint8Array, info: StreamInfo): Int32Array[] {
  const start = reader.position / 8;
  if (reader.read(15) !== 0x7ffc) throw new RangeError("a frame does not begin where it should");
  reader.read(1);
  const [sizeCode, rateCode] = [reader.read(4), reader.read(4)];
  const [assignment, widthCode] = [reader.read(4), reader.read(3)];
  reader.read(1);
  skipNumber(reader);
  const blockSize = blockSizeOf(sizeCode, reader);
  if (rateCode === 12) reader.read(8);
  else if (rateCode === 13 || rateCode === 14) reader.read(16);
  reader.read(8);
  const bits = [info.bitsPerSample, 8, 12, 0, 16, 20, 24, 32][widthCode];
  const count = assignment < leftSide ? assignment + 1 : 2;
  if (bits === 0 || assignment > midSide || count !== info.channels) {
    throw new RangeError("a frame is of another kind than the stream");
  }
  const channels = Array.from({ length: count }, (_, channel) => {
    const isSide = assignment === rightSide ? channel === 0 : assignment >= leftSide && channel === 1;
    return readSubframe(reader, blockSize, bits + (isSide ? 1 : 0));
  });
  const end = reader.align();
  if (crc16(bytes, start, end) !== reader.read(16))
    throw new RangeError("the checksum of a frame does not hold");
  joinSides(channels, assignment);
  return channels;
}

/** The number of the frame or sample, in as many bytes as its first one says; of no use here. */
function skipNumber(reader: BitReader): void {
  const first = reader.read(8);
  const ones = Math.clz32(~(first << 24));
  for (let byte = 1; byte < ones; byte++) reader.read(8);
}

function blockSizeOf(code: number, reader: BitReader): number {
  if (code === 1) return 192;
  if (code >= 2 && code <= 5) return 576 * 2 ** (code - 2);
  if (code === 6) return reader.read(8) + 1;
  if (code === 7) return reader.read(16) + 1;
  if (code >= 8) return 256 * 2 ** (code - 8);
  throw new RangeError("a frame states no length");
}

function readSubframe(reader: BitReader, blockSize: number, width: number): Int32Array {
  if (reader.read(1) !== 0) throw new RangeError("a channel does not begin where it should");
  const type = reader.read(6);
  const wasted = reader.read(1) === 1 ? reader.readUnary() + 1 : 0;
  const bits = width - wasted;
  if (bits < 1) throw new RangeError("a channel has no bits left");
  const samples = new Int32Array(blockSize);
  if (type === 0) samples.fill(reader.readSigned(bits));
  else if (type === 1) {
    for (let at = 0; at < blockSize; at++) samples[at] = reader.readSigned(bits);
  } else if (type >= 8 && type <= 12) {
    readPredicted(reader, samples, type - 8, bits, fixedPredictors[type - 8], 0);
  } else if (type >= 32) {
    readLinear(reader, samples, type - 31, bits);
  } else throw new RangeError(`a channel of kind ${type} is not known`);
  if (wasted > 0) for (let at = 0; at < blockSize; at++) samples[at] <<= wasted;
  return samples;
}

/** Predictions from the samples before, the nearest first (RFC 9639, section 9.2.5). */
const fixedPredictors: readonly (readonly number[])[] = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

function readLinear(reader: BitReader, samples: Int32Array, order: number, bits: number): void {
  const warmUp = Array.from({ length: order }, () => reader.readSigned(bits));
  samples.set(warmUp);
  const precision = reader.read(4) + 1;
  const shift = reader.readSigned(5);
  if (precision === 16 || shift < 0) throw new RangeError("a prediction has no valid precision");
  const coefficients = Array.from({ length: order }, () => reader.readSigned(precision));
  readResidual(reader, samples, order);
  predict(samples, coefficients, shift);
}

function readPredicted(
  reader: BitReader,
  samples: Int32Array,
  order: number,
  bits: number,
  coefficients: readonly number[],
  shift: number,
): void {
  for (let at = 0; at < order; at++) samples[at] = reader.readSigned(bits);
  readResidual(reader, samples, order);
  predict(samples, coefficients, shift);
}

/** Adds predictions to what the samples differ from them. A product of 24 and 15 bits, 32 times, is exact in a double. */
function predict(samples: Int32Array, coefficients: readonly number[], shift: number): void {
  const order = coefficients.length;
  const divisor = 2 ** shift;
  for (let at = order; at < samples.length; at++) {
    let sum = 0;
    for (let tap = 0; tap < order; tap++) sum += coefficients[tap] * samples[at - 1 - tap];
    samples[at] += Math.floor(sum / divisor);
  }
}

/** Differences in Rice codes, part by part with a parameter of its own (RFC 9639, section 9.2.7). */
function readResidual(reader: BitReader, samples: Int32Array, order: number): void {
  const method = reader.read(2);
  if (method > 1) throw new RangeError("differences are coded in an unknown way");
  const parameterBits = method === 0 ? 4 : 5;
  const unpacked = 2 ** parameterBits - 1;
  const parts = 2 ** reader.read(4);
  const partLength = samples.length / parts;
  if (!Number.isInteger(partLength) || partLength < order)
    throw new RangeError("its parts do not fit the frame");
  for (let part = 0; part < parts; part++) {
    const from = part === 0 ? order : part * partLength;
    const to = (part + 1) * partLength;
    const parameter = reader.read(parameterBits);
    if (parameter === unpacked) {
      const raw = reader.read(5);
      for (let at = from; at < to; at++) samples[at] = reader.readSigned(raw);
      continue;
    }
    for (let at = from; at < to; at++) {
      const folded = reader.readUnary() * 2 ** parameter + reader.read(parameter);
      samples[at] = folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
    }
  }
}

function joinSides(channels: readonly Int32Array[], assignment: number): void {
  if (assignment < leftSide) return;
  const [first, second] = channels;
  for (let at = 0; at < first.length; at++) {
    if (assignment === leftSide) second[at] = first[at] - second[at];
    else if (assignment === rightSide) first[at] += second[at];
    else {
      // The bit that halving lost is that of the difference.
      const middle = 2 * first[at] + (second[at] & 1);
      const side = second[at];
      first[at] = (middle + side) / 2;
      second[at] = (middle - side) / 2;
    }
  }
}

/** The cyclic redundancy check of a frame: polynomial 0x8005, from 0. */
function crc16(bytes: Uint8Array, from: number, to: number): number {
  let crc = 0;
  for (let at = from; at < to; at++) crc = ((crc << 8) ^ crcTable[(crc >> 8) ^ bytes[at]]) & 0xffff;
  return crc;
}

const crcTable = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x8005 : crc << 1;
  return crc & 0xffff;
});
