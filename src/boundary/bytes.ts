/** Arrays of numbers that travel as they are. */
const arrayKinds = { Float32Array, Float64Array, Uint8Array, Int32Array, Uint32Array } as const;
type ArrayKind = keyof typeof arrayKinds;

/** In the place of what JSON lacks: an array among the bytes after the text, or a number that is not finite. */
type Stand =
  | { readonly $array: ArrayKind; readonly at: number; readonly length: number }
  | { readonly $number: string };

const kindOf = (value: unknown): ArrayKind | null =>
  (Object.keys(arrayKinds) as ArrayKind[]).find((kind) => value instanceof arrayKinds[kind]) ?? null;

/**
 * A value as bytes, for another process of this machine: what JSON can hold, with typed arrays and numbers that are not
 * finite wherever they sit in it. The text comes first, after its length in four bytes, then the arrays.
 * @returns the bytes in parts, so that large arrays are not copied
 */
export function toBytes(value: unknown): Uint8Array<ArrayBuffer>[] {
  const arrays: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  const text = JSON.stringify(value ?? null, (_key, part: unknown): unknown => {
    if (typeof part === "number" && !Number.isFinite(part)) return { $number: String(part) } satisfies Stand;
    const kind = kindOf(part);
    if (kind === null) return part;
    const { buffer, byteOffset, byteLength, length } = part as InstanceType<(typeof arrayKinds)[ArrayKind]>;
    arrays.push(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength));
    const stand: Stand = { $array: kind, at, length };
    at += byteLength;
    return stand;
  });
  const words = new TextEncoder().encode(text);
  const head = new Uint8Array(4);
  new DataView(head.buffer).setUint32(0, words.length);
  return [head, words, ...arrays];
}

/** The value of `toBytes` from all its bytes. */
export function fromBytes(bytes: Uint8Array): unknown {
  const end = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  return JSON.parse(new TextDecoder().decode(bytes.subarray(4, end)), (_key, part: unknown): unknown => {
    if (typeof part !== "object" || part === null) return part;
    if ("$number" in part) return Number(part.$number);
    if (!("$array" in part)) return part;
    const { $array, at, length } = part as Extract<Stand, { $array: ArrayKind }>;
    const kind = arrayKinds[$array];
    // A copy of its own: arrays of four-byte numbers must begin at a multiple of four.
    return new kind(bytes.slice(end + at, end + at + length * kind.BYTES_PER_ELEMENT).buffer);
  });
}
