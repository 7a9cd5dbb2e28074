import { Failure } from "../../domain/failure.ts";
import { type BackendInfo, type BackendName, backendNames, openBackend } from "./backends.ts";

/** What was found out about a backend for one network. */
export interface BackendTrial {
  readonly name: BackendName;
  readonly adapter: string;
  /** ms a training step; null where it was not measured. */
  readonly milliseconds: number | null;
  /** Why it was not measured. */
  readonly reason: string | null;
}

export interface BackendChoice {
  readonly info: BackendInfo;
  readonly trials: readonly BackendTrial[];
}

/** Steps that are timed, after one that compiles and is not. */
const timedSteps = 2;

/**
 * Opens the backend on which a network trains fastest, by a few steps on each. Imitated graphics adapters are not tried,
 * nor is cpu where wasm runs: they never win.
 * @param makeStep opens the network on the backend in use; `step` resolves when its results are there
 * @throws Failure where none can be opened
 */
export async function fastestBackend(
  makeStep: () => { step(): Promise<void>; dispose(): void },
): Promise<BackendChoice> {
  const trials: BackendTrial[] = [];
  for (const name of backendNames) {
    if (name === "cpu" && trials.some(({ milliseconds }) => milliseconds !== null)) break;
    trials.push(await tryBackend(name, makeStep));
  }
  const measured = trials.filter(({ milliseconds }) => milliseconds !== null);
  measured.sort((one, other) => Number(one.milliseconds) - Number(other.milliseconds));
  if (measured.length === 0) {
    throw new Failure(
      "no-backend",
      `Nothing here can compute: ${trials.map(({ name, reason }) => `${name} (${reason})`).join("; ")}.`,
      "Backend",
      "Use a current browser.",
    );
  }
  return { info: await openBackend(measured[0].name), trials };
}

async function tryBackend(
  name: BackendName,
  makeStep: () => { step(): Promise<void>; dispose(): void },
): Promise<BackendTrial> {
  let adapter = "";
  try {
    const info = await openBackend(name);
    adapter = info.adapter;
    if (info.software) return { name, adapter, milliseconds: null, reason: "imitated by the processor" };
    const { step, dispose } = makeStep();
    try {
      await step();
      const began = performance.now();
      for (let index = 0; index < timedSteps; index++) await step();
      return { name, adapter, milliseconds: (performance.now() - began) / timedSteps, reason: null };
    } finally {
      dispose();
    }
  } catch (error) {
    return {
      name,
      adapter,
      milliseconds: null,
      reason: error instanceof Error ? error.message : String(error),
    };
  }
}
