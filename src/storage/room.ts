import { Failure } from "../domain/failure.ts";

/** What the browser says about its storage for this page, bytes. */
export interface Room {
  readonly used: number;
  readonly available: number;
  /** Whether the browser promised not to clear it by itself when it runs short. */
  readonly persistent: boolean;
}

/** Absent outside of secure contexts, and of browsers. */
function storageManager(): StorageManager | undefined {
  return (globalThis.navigator as { storage?: StorageManager } | undefined)?.storage;
}

/** Room in the browser's storage, or null where the browser does not tell. */
export async function readRoom(): Promise<Room | null> {
  const storage = storageManager();
  if (storage?.estimate === undefined) return null;
  const { usage, quota } = await storage.estimate();
  if (usage === undefined || quota === undefined) return null;
  return { used: usage, available: quota - usage, persistent: (await storage.persisted?.()) ?? false };
}

/**
 * Asks the browser to keep what is stored until the person deletes it; some browsers ask the person. To be called from
 * the page, as workers may not ask.
 * @returns whether the browser agreed
 */
export async function keepStorage(): Promise<boolean> {
  return (await storageManager()?.persist?.()) ?? false;
}

/** Whether a write failed for want of room; databases wrap the browser's error in their own. */
export function isOutOfRoom(error: unknown): boolean {
  for (let cause = error; cause instanceof Error || cause instanceof DOMException; ) {
    if (cause.name === "QuotaExceededError") return true;
    cause = "inner" in cause ? cause.inner : undefined;
  }
  return false;
}

/** @param bytes that were to be stored */
export function outOfRoom(name: string, bytes: number): Failure {
  return new Failure(
    "storage-full",
    `The browser has no room for its ${(bytes / 1e6).toFixed(1)} MB.`,
    name,
    "Delete records that you no longer need; everything stored so far is kept.",
  );
}
