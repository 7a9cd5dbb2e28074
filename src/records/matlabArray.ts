import { Failure } from "../domain/failure.ts";

/** How a MAT-file stores the numbers of an array. */
export type NumberType =
  | "int8"
  | "uint8"
  | "int16"
  | "uint16"
  | "int32"
  | "uint32"
  | "int64"
  | "uint64"
  | "single"
  | "double";

const readers: Readonly<
  Record<NumberType, readonly [size: number, read: (view: DataView, at: number, little: boolean) => number]>
> = {
  int8: [1, (view, at) => view.getInt8(at)],
  uint8: [1, (view, at) => view.getUint8(at)],
  int16: [2, (view, at, little) => view.getInt16(at, little)],
  uint16: [2, (view, at, little) => view.getUint16(at, little)],
  int32: [4, (view, at, little) => view.getInt32(at, little)],
  uint32: [4, (view, at, little) => view.getUint32(at, little)],
  int64: [8, (view, at, little) => Number(view.getBigInt64(at, little))],
  uint64: [8, (view, at, little) => Number(view.getBigUint64(at, little))],
  single: [4, (view, at, little) => view.getFloat32(at, little)],
  double: [8, (view, at, little) => view.getFloat64(at, little)],
};

/** A real matrix of numbers in a MAT-file, not yet decoded. */
export interface MatlabArray {
  /** `val`, or `ECG.data` inside a structure. */
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly type: NumberType;
  readonly littleEndian: boolean;
  /** Column after column; exactly as many bytes as the numbers take. */
  readonly bytes: Uint8Array;
}

export const byteSize = (type: NumberType) => readers[type][0];

/** The number of one row and column. */
export function elementReader(array: MatlabArray): (row: number, column: number) => number {
  const { rows, type, littleEndian, bytes } = array;
  const [size, read] = readers[type];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (row, column) => read(view, (column * rows + row) * size, littleEndian);
}

export function damaged(message: string, place: string): Failure {
  return new Failure("mat-syntax", message, place, "Get the file again, or save it anew with “save -v7”.");
}
