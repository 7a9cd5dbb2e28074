/** Buffers that their owner has given away; the garbage collector forgets them. */
const given = new WeakSet<ArrayBuffer>();

/**
 * Gives away the typed arrays of a value, wherever they sit in it: the next message that carries them, in whatever
 * wrapping, transfers their buffers instead of copying them, and the sender's arrays then have length 0. A buffer is
 * given away whole, with every view on it. What is not moved is copied.
 * @returns the same value
 */
export function move<T>(value: T): T {
  for (const buffer of buffersOf(value)) given.add(buffer);
  return value;
}

/** Transfer list of a message: every buffer in it that was given away, once. */
export function movedBuffers(message: unknown): ArrayBuffer[] {
  return buffersOf(message).filter((buffer) => given.has(buffer));
}

function buffersOf(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const visited = new Set<object>();
  const visit = (part: unknown): void => {
    if (typeof part !== "object" || part === null || visited.has(part)) return;
    visited.add(part);
    if (part instanceof ArrayBuffer) found.add(part);
    // Shared memory is never transferred: both sides keep it.
    else if (ArrayBuffer.isView(part)) visit(part.buffer);
    else if (part instanceof Map || part instanceof Set || Array.isArray(part)) part.forEach(visitEntry);
    else for (const entry of Object.values(part)) visit(entry);
  };
  const visitEntry = (entry: unknown, key: unknown): void => {
    visit(entry);
    visit(key);
  };
  visit(value);
  return [...found];
}
