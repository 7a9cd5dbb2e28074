import { Unzlib } from "fflate";
import { Failure } from "../domain/failure.ts";
import { byteSize, damaged, type MatlabArray, type NumberType } from "./matlabArray.ts";

const numberTypes: Readonly<Record<number, NumberType>> = {
  1: "int8",
  2: "uint8",
  3: "int16",
  4: "uint16",
  5: "int32",
  6: "uint32",
  7: "single",
  9: "double",
  12: "int64",
  13: "uint64",
};
const matrixType = 14;
const compressedType = 15;
const structureClass = 2;
/** Classes of arrays of numbers, from double to uint64. */
const numeric = { from: 6, to: 15 } as const;
const flags = { complex: 0x08, logical: 0x02 } as const;
const fileHeader = 128;
const deepest = 8;
/** bytes that all compressed variables of a file may take together. */
const mostInflated = 256 * 1024 ** 2;
const inflatedAtOnce = 16 * 1024;

/** Whether a file has the header of a level 5 MAT-file, as MATLAB writes since version 5. */
export function isLevel5(bytes: Uint8Array): boolean {
  const mark = String.fromCharCode(bytes[126] ?? 0, bytes[127] ?? 0);
  return bytes.length >= fileHeader && (mark === "IM" || mark === "MI");
}

interface Element {
  readonly type: number;
  readonly bytes: Uint8Array;
  /** Where the next element starts. */
  readonly next: number;
}

/**
 * Reads the real matrices of numbers in a level 5 MAT-file (MathWorks, MAT-File Format, "Level 5 MAT-File Format"),
 * those inside structures among them (`ECG.data`). Everything else is passed over.
 * @throws Failure `mat-syntax` with the byte, `unsupported-format` for version 7.3, `file-too-long`
 */
export function readLevel5(bytes: Uint8Array, fileName: string): MatlabArray[] {
  const little = bytes[126] === 0x49;
  const version = new DataView(bytes.buffer, bytes.byteOffset).getUint16(124, little);
  if (version === 0x0200) {
    throw new Failure(
      "unsupported-format",
      "This MAT-file is of version 7.3, which is HDF5 inside.",
      fileName,
      "Save it anew in MATLAB with “save -v7”, or in Python with scipy.io.savemat.",
    );
  }
  const found: MatlabArray[] = [];
  let room = mostInflated;
  for (let at = fileHeader; at < bytes.length; ) {
    const place = `${fileName}, byte ${at}`;
    const element = readElement(bytes, at, little, place);
    at = element.next;
    let matrix = element;
    if (element.type === compressedType) {
      const inflated = inflate(element.bytes, room, place);
      room -= inflated.length;
      matrix = readElement(inflated, 0, little, place);
    }
    if (matrix.type === matrixType) addMatrix(matrix.bytes, null, little, place, found, 0);
  }
  return found;
}

/** A tag of 8 bytes and as many bytes as it says; or, where those are up to 4, all of it in 8 bytes. */
function readElement(bytes: Uint8Array, at: number, little: boolean, place: string): Element {
  if (at + 8 > bytes.length) throw damaged("The file ends within a tag.", place);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = view.getUint32(at, little);
  const smallSize = word >>> 16;
  if (smallSize > 4) throw damaged("A tag cannot be.", place);
  if (smallSize > 0) {
    return { type: word & 0xffff, bytes: bytes.subarray(at + 4, at + 4 + smallSize), next: at + 8 };
  }
  const size = view.getUint32(at + 4, little);
  const end = at + 8 + size;
  if (end > bytes.length) throw damaged(`An element of ${size} bytes is cut short.`, place);
  // Compressed elements alone follow each other without padding.
  const next = word === compressedType ? end : Math.min(bytes.length, at + 8 + Math.ceil(size / 8) * 8);
  return { type: word, bytes: bytes.subarray(at + 8, end), next };
}

function addMatrix(
  bytes: Uint8Array,
  outerName: string | null,
  little: boolean,
  place: string,
  found: MatlabArray[],
  depth: number,
): void {
  // Empty fields of structures have no parts at all.
  if (bytes.length === 0) return;
  let at = 0;
  const part = () => {
    const element = readElement(bytes, at, little, place);
    at = element.next;
    return element.bytes;
  };
  const integers = (from: Uint8Array) => {
    const view = new DataView(from.buffer, from.byteOffset, from.byteLength);
    return Array.from({ length: Math.min(from.length >> 2, 32) }, (_, index) =>
      view.getInt32(4 * index, little),
    );
  };
  const [word] = integers(part());
  if (word === undefined) throw damaged("A matrix lacks its flags.", place);
  const dimensions = integers(part());
  const ownName = new TextDecoder("latin1").decode(part());
  const name = outerName ?? ownName;
  const kind = word & 0xff;
  const flag = (word >>> 8) & 0xff;
  if (kind === structureClass && depth < deepest && dimensions.every((size) => size === 1)) {
    const [length] = integers(part());
    const names = part();
    if (!(length > 0)) throw damaged(`The structure ${name} has no names.`, place);
    for (let start = 0; start + length <= names.length; start += length) {
      const field = new TextDecoder("latin1")
        .decode(names.subarray(start, start + length))
        .replace(/\0.*$/s, "");
      const element = readElement(bytes, at, little, place);
      at = element.next;
      addMatrix(element.bytes, `${name}.${field}`, little, place, found, depth + 1);
    }
    return;
  }
  const isNumeric =
    kind >= numeric.from && kind <= numeric.to && (flag & (flags.complex | flags.logical)) === 0;
  if (!isNumeric || dimensions.length !== 2) return;
  const [rows, columns] = dimensions;
  const real = readElement(bytes, at, little, place);
  const type = numberTypes[real.type];
  if (
    type === undefined ||
    rows < 0 ||
    columns < 0 ||
    real.bytes.length !== rows * columns * byteSize(type)
  ) {
    throw damaged(
      `The matrix ${name} of ${rows} × ${columns} numbers has ${real.bytes.length} bytes.`,
      place,
    );
  }
  found.push({ name, rows, columns, type, littleEndian: little, bytes: real.bytes });
}

/** Inflates a variable, piece by piece so that a bomb is noticed before it fills the memory. */
function inflate(bytes: Uint8Array, room: number, place: string): Uint8Array {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stream = new Unzlib((chunk) => {
    size += chunk.length;
    chunks.push(chunk);
  });
  for (let at = 0; at < bytes.length; at += inflatedAtOnce) {
    try {
      stream.push(bytes.subarray(at, at + inflatedAtOnce), at + inflatedAtOnce >= bytes.length);
    } catch (error) {
      // fflate numbers what is wrong with the data; anything else is a defect.
      if (error instanceof Error && "code" in error)
        throw damaged("A compressed variable is damaged.", place);
      throw error;
    }
    if (size > room) {
      throw new Failure(
        "file-too-long",
        `Inflated it takes more than ${mostInflated} bytes.`,
        place,
        "Save the signals in several files.",
      );
    }
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
