/** Tells other tabs, workers and the page which records have changed, by hash. */
let channel: BroadcastChannel | null = null;

function channelOf(): BroadcastChannel {
  channel ??= new BroadcastChannel("ecg-workbench-records");
  return channel;
}

/** Called after records were stored, renamed or deleted. */
export function tellChanged(hashes: readonly string[]): void {
  if (hashes.length > 0) channelOf().postMessage(hashes);
}

/**
 * Hears of records that another page or worker changed; not of those that this one did.
 * @returns the way to stop
 */
export function onChanged(listener: (hashes: readonly string[]) => void): () => void {
  const hear = ({ data }: MessageEvent<readonly string[]>) => listener(data);
  channelOf().addEventListener("message", hear);
  return () => channelOf().removeEventListener("message", hear);
}
