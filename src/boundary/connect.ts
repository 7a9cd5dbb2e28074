import * as Comlink from "comlink";
import { Failure } from "../domain/failure.ts";
import { buffersOf } from "./move.ts";
import { type Endpoint, unpack } from "./protocol.ts";

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
  /** ms without a sign of life, while calls are pending, after which a worker counts as lost. */
  readonly silence?: number;
  /** Told when a worker was lost; a fresh one starts at the next call. */
  readonly onLost?: (failure: Failure) => void;
}

interface Connection {
  readonly worker: WorkerLike;
  readonly endpoint: Comlink.Remote<Endpoint>;
  readonly pending: Set<(failure: Failure) => void>;
  heard: number;
  timer: ReturnType<typeof setInterval> | null;
}

/**
 * A typed connection to a worker that may die: its pending calls then fail with `worker-lost` instead of waiting for
 * ever, and the next call starts a fresh worker.
 */
export function connect<S extends object>(
  makeWorker: () => WorkerLike,
  options: ConnectOptions = {},
): Remote<S> {
  const silence = options.silence ?? 15_000;
  let current: Connection | null = null;

  const lose = (connection: Connection, reason: string) => {
    if (current !== connection) return;
    current = null;
    if (connection.timer !== null) clearInterval(connection.timer);
    connection.worker.terminate();
    const failure = new Failure(
      "worker-lost",
      `A background worker stopped (${reason}).`,
      "Worker",
      "Try again: a fresh one starts with the next step.",
    );
    for (const fail of connection.pending) fail(failure);
    connection.pending.clear();
    options.onLost?.(failure);
  };

  const start = (): Connection => {
    const worker = makeWorker();
    const connection: Connection = {
      worker,
      endpoint: Comlink.wrap<Endpoint>(worker),
      pending: new Set(),
      heard: performance.now(),
      timer: null,
    };
    worker.addEventListener("error", (event) => {
      const message = "message" in event ? String(event.message) : "an error";
      lose(connection, message);
    });
    return connection;
  };

  const watch = (connection: Connection) => {
    if (connection.timer !== null) return;
    connection.heard = performance.now();
    connection.timer = setInterval(() => {
      if (connection.pending.size === 0) {
        if (connection.timer !== null) clearInterval(connection.timer);
        connection.timer = null;
      } else if (performance.now() - connection.heard > silence) {
        lose(connection, `silent for ${silence / 1000} s`);
      } else {
        connection.endpoint.beat().then(
          () => {
            connection.heard = performance.now();
          },
          (error: unknown) => lose(connection, String(error)),
        );
      }
    }, silence / 5);
  };

  const call = (method: string, parameters: readonly unknown[]): Promise<unknown> => {
    current ??= start();
    const connection = current;
    watch(connection);
    return new Promise((resolve, reject) => {
      connection.pending.add(reject);
      const message = Comlink.transfer([...parameters], buffersOf(parameters));
      connection.endpoint
        .call(method, message)
        .then(unpack)
        .then(resolve, reject)
        .finally(() => connection.pending.delete(reject));
    });
  };

  return new Proxy({} as Remote<S>, {
    get: (_target, method) => {
      // A proxy that answers to `then` would be taken for a promise.
      if (typeof method !== "string" || method === "then") return undefined;
      return (...parameters: unknown[]) => call(method, parameters);
    },
  });
}
