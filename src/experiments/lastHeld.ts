/**
 * Holds what was made last, so that it is made once for those who ask in turn.
 * @param most values at once: what was made first goes first
 * @returns gives the value of a key, made where it is not held; null is not held
 */
export function lastHeld<Value>(most: number) {
  const held = new Map<string, Value>();
  return async (key: string, make: () => Promise<Value | null>): Promise<Value | null> => {
    const known = held.get(key);
    if (known !== undefined) return known;
    const made = await make();
    if (made === null) return null;
    const [oldest] = held.keys();
    if (held.size >= most && oldest !== undefined) held.delete(oldest);
    held.set(key, made);
    return made;
  };
}
