/** Signals with the position of each one's class, `[any, length]`. */
export interface LabelledRows {
  readonly signals: Float32Array;
  readonly labels: Uint8Array;
}

/** The rows of one class, one after the other. */
export function rowsOfLabel({ signals, labels }: LabelledRows, label: number, length: number): Float32Array {
  const rows = Array.from(labels.keys()).filter((row) => labels[row] === label);
  const taken = new Float32Array(rows.length * length);
  rows.forEach((row, at) => {
    taken.set(signals.subarray(row * length, (row + 1) * length), at * length);
  });
  return taken;
}
