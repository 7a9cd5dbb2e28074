let channel: MessageChannel | null = null;
let waiting: (() => void)[] = [];

/**
 * Lets everything that waits for this thread have its turn: messages such as a wish to stop. Timers would make a worker
 * wait 4 ms each time.
 */
export function breathe(): Promise<void> {
  if (typeof globalThis.setImmediate === "function") {
    return new Promise((resolve) => globalThis.setImmediate(resolve));
  }
  if (channel === null) {
    channel = new MessageChannel();
    channel.port1.onmessage = () => {
      const ready = waiting;
      waiting = [];
      for (const resolve of ready) resolve();
    };
  }
  const { port2 } = channel;
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
}
