/**
 * A value with its past and future. Changes that share a `merge` key are one step when they follow one another within
 * `mergeWindow` ms, or when they belong to one press of the pointer, however long it rests between them.
 */
export interface History<T> {
  readonly present: T;
  readonly past: readonly T[];
  readonly future: readonly T[];
  readonly lastMerge: { readonly key: string; readonly time: number; readonly press: number | null } | null;
}

const longestPast = 200;
const mergeWindow = 800;

/** A history that begins with `present`. */
export function beginHistory<T>(present: T): History<T> {
  return { present, past: [], future: [], lastMerge: null };
}

/**
 * Makes `present` the newest step.
 * @param merge names a continuous movement (a slider): its steps are undone together; null never merges
 * @param time  ms, from any fixed origin
 * @param press tells one press of the pointer from the next; null while none is held down
 */
export function advance<T>(
  history: History<T>,
  present: T,
  merge: string | null,
  time: number,
  press: number | null = null,
): History<T> {
  const last = history.lastMerge;
  const continues =
    last !== null && ((press !== null && press === last.press) || time - last.time < mergeWindow);
  const merges = merge !== null && continues && last.key === merge;
  return {
    present,
    past: merges ? history.past : [...history.past, history.present].slice(-longestPast),
    future: [],
    lastMerge: merge === null ? null : { key: merge, time, press },
  };
}

/** One step back; the same history where there is none. */
export function undo<T>(history: History<T>): History<T> {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  return {
    present: previous,
    past: history.past.slice(0, -1),
    future: [history.present, ...history.future],
    lastMerge: null,
  };
}

/** One step forward again; the same history where there is none. */
export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { present: next, past: [...history.past, history.present], future, lastMerge: null };
}
