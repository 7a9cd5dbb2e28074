import { afterEach, describe, expect, test } from "vitest";
import { Failure } from "../domain/failure.ts";
import { type ConnectOptions, connect, endWorker, type WorkerLike } from "./connect.ts";
import { move } from "./move.ts";
import { type Service, serve } from "./serve.ts";

const open: MessagePort[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

/** A worker within this thread. `inside` is its own scope. */
function fakeWorker(service: Service | null): {
  worker: WorkerLike & EventTarget;
  inside: MessagePort;
  state: { terminated: boolean };
} {
  const { port1: inside, port2: outside } = new MessageChannel();
  open.push(inside, outside);
  if (service !== null) serve(service, inside);
  const state = { terminated: false };
  const terminate = () => {
    state.terminated = true;
    inside.close();
  };
  return { worker: Object.assign(outside, { terminate }), inside, state };
}

const never = () => new Promise<never>(() => {});
const kept = new Float32Array(1000);

const service = {
  add: (one: number, other: number) => one + other,
  samples: async () => ({ wrapped: { samples: move(new Float32Array([1, 2, 3])) } }),
  keptSamples: () => kept,
  length: (samples: Float32Array) => samples.length,
  impossible: () => {
    throw new Failure("header-syntax", "This is no header.", "100.hea, line 2", "Get it again.");
  },
  defective: async (): Promise<void> => {
    throw new RangeError("index 7");
  },
  unclonable: () => () => 1,
  never,
};

function connected(options: ConnectOptions = {}) {
  const workers: ReturnType<typeof fakeWorker>[] = [];
  const remote = connect<typeof service>(() => {
    const made = fakeWorker(service);
    workers.push(made);
    return made.worker;
  }, options);
  return { remote, workers };
}

describe("a call through the boundary", () => {
  test("starts the worker once, at the first call, and answers", async () => {
    const { remote, workers } = connected();
    expect(workers).toHaveLength(0);
    expect(await Promise.all([remote.add(1, 2), remote.add(3, 4)])).toEqual([3, 7]);
    expect(workers).toHaveLength(1);
  });

  test("a Failure arrives whole", async () => {
    const error: unknown = await connected()
      .remote.impossible()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Failure);
    expect(error).toMatchObject({
      code: "header-syntax",
      message: "This is no header.",
      place: "100.hea, line 2",
      remedy: "Get it again.",
    });
  });

  test("a defect arrives as an Error with its name and the stack of the worker", async () => {
    const error = await connected()
      .remote.defective()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: "RangeError", message: "index 7" });
    expect((error as Error).stack).toContain("defective");
  });

  test("what cannot travel is an error, not a silence", async () => {
    const { remote } = connected();
    await expect(remote.unclonable()).rejects.toThrow("Unserializable return value");
    await expect(remote.add(1, (() => 2) as unknown as number)).rejects.toThrow("could not be cloned");
    expect(await remote.add(1, 2)).toBe(3);
  });

  test("a function that the service lacks is named", async () => {
    const { remote } = connected();
    const unknown = remote as unknown as { toString(): Promise<string>; missing(): Promise<void> };
    await expect(unknown.missing()).rejects.toThrow("the service has no function missing");
    await expect(unknown.toString()).rejects.toThrow("the service has no function toString");
  });

  test("a rejection that nobody awaited is reported", async () => {
    const reports: Error[] = [];
    const { remote, workers } = connected({ onUnhandled: (error) => reports.push(error) });
    await remote.add(0, 0);
    const event = Object.assign(new Event("unhandledrejection"), { reason: new Error("forgotten") });
    workers[0].inside.dispatchEvent(event);
    // The answer to a later call comes after the report.
    await remote.add(0, 0);
    expect(reports.map(({ message }) => message)).toEqual(["forgotten"]);
  });
});

describe("arrays through the boundary", () => {
  test("given away as an argument, the sender's length becomes 0; otherwise it is copied", async () => {
    const { remote } = connected();
    const samples = new Float32Array(5000);
    expect(await remote.length(samples)).toBe(5000);
    expect(samples.length).toBe(5000);
    expect(await remote.length(move(samples))).toBe(5000);
    expect(samples.length).toBe(0);
  });

  test("given away in a result, the worker's length becomes 0 however it is wrapped", async () => {
    const sent = new Float32Array([1, 2, 3]);
    const made = fakeWorker({ take: () => ({ deep: [{ samples: move(sent) }] }) });
    const remote = connect<{ take: () => { deep: { samples: Float32Array }[] } }>(() => made.worker);
    const { deep } = await remote.take();
    expect([...deep[0].samples]).toEqual([1, 2, 3]);
    expect(sent.length).toBe(0);
  });

  test("not given away, the worker keeps it", async () => {
    const { remote } = connected();
    expect((await remote.keptSamples()).length).toBe(1000);
    expect(kept.length).toBe(1000);
    expect([...(await remote.samples()).wrapped.samples]).toEqual([1, 2, 3]);
  });
});

describe("a worker that is ended", () => {
  test("fails its pending calls, and the next call starts a fresh one", async () => {
    const { remote, workers } = connected();
    await remote.add(1, 2);
    const pending = remote.never();
    endWorker(remote, "it did not stop");
    await expect(pending).rejects.toMatchObject({ code: "worker-lost" });
    expect(workers[0].state.terminated).toBe(true);
    expect(await remote.add(1, 2)).toBe(3);
    expect(workers).toHaveLength(2);
  });
});

describe("a worker that dies", () => {
  test("fails every pending call, tells the listener, and is replaced at the next call", async () => {
    const lost: Failure[] = [];
    const { remote, workers } = connected({ onLost: (failure) => lost.push(failure) });
    const pending = [remote.never(), remote.never()].map((call) => call.catch((error: unknown) => error));
    workers[0].worker.dispatchEvent(Object.assign(new Event("error"), { message: "out of memory" }));
    const errors = await Promise.all(pending);
    for (const error of errors) {
      expect(error).toBeInstanceOf(Failure);
      expect(error).toMatchObject({ code: "worker-lost" });
    }
    expect(lost).toHaveLength(1);
    expect(lost[0].message).toContain("out of memory");
    expect(workers[0].state.terminated).toBe(true);
    expect(await remote.add(2, 2)).toBe(4);
    expect(workers).toHaveLength(2);
  });

  test("without any event is noticed by its silence", async () => {
    const makes = [fakeWorker(null), fakeWorker(service)];
    const remote = connect<typeof service>(() => makes.shift()!.worker, { silence: 50 });
    await expect(remote.add(1, 1)).rejects.toMatchObject({ code: "worker-lost" });
    expect(await remote.add(1, 1)).toBe(2);
  });

  test("is not confused with one that works for longer than the silence", async () => {
    const slow = { wait: (ms: number) => new Promise((resolve) => setTimeout(() => resolve("done"), ms)) };
    const remote = connect<typeof slow>(() => fakeWorker(slow).worker, { silence: 50 });
    expect(await remote.wait(300)).toBe("done");
  });

  test("before it starts rejects the call", async () => {
    const remote = connect<typeof service>(() => {
      throw new Error("blocked by policy");
    });
    await expect(remote.add(1, 1)).rejects.toThrow("blocked by policy");
  });
});
