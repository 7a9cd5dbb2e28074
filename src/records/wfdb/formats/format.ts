/** How a WFDB signal file stores its samples; the table in `index.ts` lists the formats. */
export interface Format {
  /** Value that means "no valid sample", null where the format has none. */
  readonly invalid: number | null;
  /** The least number of bytes that `count` samples take. */
  byteLength(count: number): number;
  /** Decodes `count` samples; bytes beyond the end read as zero. */
  decode(bytes: Uint8Array, count: number): Int32Array;
  /** Stores differences rather than values: a signal's samples are sums from its initial value. */
  readonly differences?: boolean;
}

/** A format of whole bytes a sample. */
export function wholeBytes(
  size: number,
  invalid: number | null,
  sampleAt: (view: DataView, offset: number) => number,
): Format {
  return {
    invalid,
    byteLength: (count) => size * count,
    decode(bytes, count) {
      const samples = new Int32Array(count);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let index = 0; index < count; index++) samples[index] = sampleAt(view, index * size);
      return samples;
    },
  };
}

/** The low `bits` of a word as two's complement. */
export function signed(word: number, bits: number): number {
  const shift = 32 - bits;
  return (word << shift) >> shift;
}
