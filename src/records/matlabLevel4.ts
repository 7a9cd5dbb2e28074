import { byteSize, damaged, type MatlabArray, type NumberType } from "./matlabArray.ts";

/** The third digit of a matrix's type, from the right the second. */
const types: readonly NumberType[] = ["double", "single", "int32", "int16", "uint16", "uint8"];
const headerSize = 20;
const longestName = 1024;

/** Whether a file starts as a level 4 MAT-file does: with a matrix type below 4100 and the sizes of a matrix. */
export function isLevel4(bytes: Uint8Array): boolean {
  return bytes.length >= headerSize && endiannessOf(bytes) !== null;
}

/**
 * Reads the matrices of a level 4 MAT-file (MathWorks, MAT-File Format, "Level 4 MAT-File Format"): each a header of
 * five 32-bit integers, the name, the numbers. Text, sparse and complex matrices are passed over.
 * @throws Failure `mat-syntax` with the byte
 */
export function readLevel4(bytes: Uint8Array, fileName: string): MatlabArray[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: MatlabArray[] = [];
  let at = 0;
  while (at < bytes.length) {
    const place = `${fileName}, byte ${at}`;
    const littleEndian = bytes.length - at < headerSize ? null : endiannessOf(bytes.subarray(at));
    if (littleEndian === null) throw damaged("Here no matrix starts.", place);
    const [type, rows, columns, imaginary, nameLength] = [0, 4, 8, 12, 16].map((offset) =>
      view.getUint32(at + offset, littleEndian),
    );
    const kind = type % 10;
    const storage = types[Math.floor(type / 10) % 10];
    if (storage === undefined || kind > 2 || imaginary > 1 || nameLength > longestName) {
      throw damaged("The matrix has a header that cannot be.", place);
    }
    const start = at + headerSize + nameLength;
    const size = rows * columns * byteSize(storage);
    const end = start + size * (1 + imaginary);
    if (end > bytes.length) {
      throw damaged(`The matrix of ${rows} × ${columns} numbers is cut short.`, place);
    }
    const name = new TextDecoder("latin1")
      .decode(bytes.subarray(at + headerSize, start))
      .replace(/\0.*$/s, "");
    if (kind === 0 && imaginary === 0) {
      found.push({
        name,
        rows,
        columns,
        type: storage,
        littleEndian,
        bytes: bytes.subarray(start, start + size),
      });
    }
    at = end;
  }
  return found;
}

/** A type below 1000 is little-endian, one of the thousand big-endian; read the wrong way round it is huge. */
function endiannessOf(bytes: Uint8Array): boolean | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isType = (type: number) => type < 60 && type % 10 <= 2;
  if (isType(view.getUint32(0, true))) return true;
  return view.getUint32(0, false) >= 1000 && isType(view.getUint32(0, false) - 1000) ? false : null;
}
