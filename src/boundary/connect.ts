import * as Comlink from "comlink";
import { Failure } from "../domain/failure.ts";
import { movedBuffers } from "./move.ts";
import { type Endpoint, isUnhandledRejection, unpack, unpackError } from "./protocol.ts";

/** A service as its caller sees it: every function answers with a promise. */
export type Remote<S> = {
  readonly [K in keyof S]: S[K] extends (...parameters: infer P) => infer R
    ? (...parameters: P) => Promise<Awaited<R>>
    : never;
};

/** The part of a Worker that the boundary uses; a test gives a port instead. */
export interface WorkerLike extends Comlink.Endpoint {
  terminate(): void;
}

export interface ConnectOptions {
  /**
   * ms without an answer to the heartbeat, while calls are pending, after which a worker counts as lost. It must
   * exceed the longest synchronous step of the service; 15,000 where not given.
   */
  readonly silence?: number;
  /** Told when a worker was lost; a fresh one starts at the next call. */
  readonly onLost?: (failure: Failure) => void;
  /** Told of rejections in the worker that nobody awaited; the console where not given. */
  readonly onUnhandled?: (error: Error) => void;
}

interface Connection {
  readonly worker: WorkerLike;
  readonly endpoint: Comlink.Remote<Endpoint>;
  readonly pending: Set<(failure: Failure) => void>;
  /**
   * Ticks since the heartbeat that waits for its answer; 0 when none waits. Ticks, not time: a page that was asleep or
   * throttled wakes with one late tick, and must not take its own sleep for the worker's silence.
   */
  unanswered: number;
  timer: ReturnType<typeof setInterval> | undefined;
}

const ticksOfSilence = 5;

const enders = new WeakMap<object, (reason: string) => void>();

/** Ends the worker of a remote at once: its pending calls fail with `worker-lost`, and the next call starts a fresh one. */
export function endWorker(remote: object, reason: string): void {
  enders.get(remote)?.(reason);
}

/**
 * A typed connection to a worker that may die: its pending calls then fail with `worker-lost` instead of waiting for
 * ever, and the next call starts a fresh worker. A Failure thrown by the service arrives as a Failure. Arguments are
 * copied, but for what `move` gave away.
 * @param makeWorker called at the first call, and at the first after a loss
 */
export function connect<S extends object>(
  makeWorker: () => WorkerLike,
  options: ConnectOptions = {},
): Remote<S> {
  const { silence = 15_000, onLost, onUnhandled = console.error } = options;
  let current: Connection | null = null;

  const lose = (connection: Connection, reason: string): void => {
    if (current !== connection) return;
    current = null;
    clearInterval(connection.timer);
    connection.worker.terminate();
    const failure = new Failure(
      "worker-lost",
      `A background worker stopped (${reason}).`,
      "Worker",
      "Try again: a fresh one starts with the next step.",
    );
    for (const fail of connection.pending) fail(failure);
    connection.pending.clear();
    onLost?.(failure);
  };

  const start = (): Connection => {
    const worker = makeWorker();
    const endpoint = Comlink.wrap<Endpoint>(worker);
    const connection: Connection = { worker, endpoint, pending: new Set(), unanswered: 0, timer: undefined };
    worker.addEventListener("error", (event) => {
      lose(connection, "message" in event ? String(event.message) : "it could not be loaded");
    });
    worker.addEventListener("messageerror", () => lose(connection, "an answer could not be read"));
    worker.addEventListener("message", (event) => {
      const data: unknown = "data" in event ? event.data : null;
      if (isUnhandledRejection(data)) onUnhandled(unpackError(data.unhandled));
    });
    return connection;
  };

  const tick = (connection: Connection): void => {
    if (connection.pending.size === 0) {
      clearInterval(connection.timer);
      connection.timer = undefined;
      connection.unanswered = 0;
    } else if (connection.unanswered > ticksOfSilence) {
      lose(connection, `silent for ${silence / 1000} s`);
    } else if (connection.unanswered++ === 0) {
      connection.endpoint.beat().then(
        () => {
          connection.unanswered = 0;
        },
        (error: unknown) => lose(connection, String(error)),
      );
    }
  };

  const call = (method: string, parameters: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      current ??= start();
      const connection = current;
      connection.timer ??= setInterval(() => tick(connection), silence / ticksOfSilence);
      connection.pending.add(reject);
      connection.endpoint
        .call(method, Comlink.transfer([...parameters], movedBuffers(parameters)))
        .then(unpack)
        .then(resolve, reject)
        .finally(() => connection.pending.delete(reject));
    });

  const remote = new Proxy({} as Remote<S>, {
    get: (_target, method) => {
      // A proxy that answers to `then` would be taken for a promise.
      if (typeof method !== "string" || method === "then") return undefined;
      return (...parameters: unknown[]) => call(method, parameters);
    },
  });
  enders.set(remote, (reason) => {
    if (current !== null) lose(current, reason);
  });
  return remote;
}
