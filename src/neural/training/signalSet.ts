/** Recordings of one length with their classes, ready for a network. */
export interface SignalSet {
  /** `[count, length]`, standardised. */
  readonly signals: Float32Array;
  /** Class of each recording; 1 is the positive one where there are two. */
  readonly labels: Uint8Array;
  readonly count: number;
  /** Samples of a recording. */
  readonly length: number;
}

/** Recordings of a class. */
export function countOf({ labels }: Pick<SignalSet, "labels">, label: number): number {
  return labels.reduce((count, each) => count + (each === label ? 1 : 0), 0);
}

/** Those recordings of a set whose indices are given, in their order. */
export function subset(set: SignalSet, indices: ArrayLike<number>): SignalSet {
  const { length } = set;
  const signals = new Float32Array(indices.length * length);
  const labels = new Uint8Array(indices.length);
  for (let row = 0; row < indices.length; row++) {
    const index = indices[row];
    signals.set(set.signals.subarray(index * length, (index + 1) * length), row * length);
    labels[row] = set.labels[index];
  }
  return { signals, labels, count: indices.length, length };
}
