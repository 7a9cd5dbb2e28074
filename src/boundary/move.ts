/**
 * Every buffer of the typed arrays in a value, wherever they sit, each once: the transfer list of a message. A buffer
 * that is only partly covered by its view is left out and copied instead, because others may own the rest of it.
 */
export function buffersOf(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const visited = new Set<object>();
  const visit = (part: unknown): void => {
    if (typeof part !== "object" || part === null || visited.has(part)) return;
    visited.add(part);
    if (ArrayBuffer.isView(part)) {
      const { buffer, byteLength } = part;
      if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength) found.add(buffer);
    } else if (part instanceof ArrayBuffer) {
      found.add(part);
    } else if (part instanceof Map) {
      for (const entry of part) visit(entry);
    } else if (Array.isArray(part) || part instanceof Set) {
      for (const entry of part) visit(entry);
    } else if (Object.getPrototypeOf(part) === Object.prototype) {
      for (const entry of Object.values(part)) visit(entry);
    }
  };
  visit(value);
  return [...found];
}
