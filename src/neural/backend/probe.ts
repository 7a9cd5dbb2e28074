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

/** A network that trains on the backend in use; a step resolves when its results are there. */
export interface ProbedNetwork {
  step(): Promise<void>;
  dispose(): void;
}

/**
 * Opens the backend on which a network trains fastest, by a few steps on each. Imitated graphics adapters are not tried,
 * nor is cpu where wasm runs: they never win. Where one alone is left it is not timed.
 * @param avoided backends that have failed
 * @throws Failure where none can be opened
 */
export async function fastestBackend(
  open: () => ProbedNetwork,
  avoided: readonly BackendName[] = [],
): Promise<BackendChoice> {
  const found = await availableBackends(backendNames.filter((name) => !avoided.includes(name)));
  const usable = found.filter(({ info }) => info !== null && !info.software);
  const fast = usable.filter(({ name }) => name !== "cpu");
  const candidates = (fast.length > 0 ? fast : usable).map(({ name }) => name);
  if (candidates.length === 0) {
    throw new Failure(
      "no-backend",
      `Nothing here can compute: ${found.map(({ name, reason }) => `${name} (${reason})`).join("; ")}.`,
      "Backend",
      "Use a current browser.",
    );
  }
  const trials: BackendTrial[] = [];
  for (const { name, info, reason } of found) {
    const isTried = candidates.length > 1 && candidates.includes(name);
    const timed = isTried ? await timeSteps(name, open) : { milliseconds: null, reason };
    trials.push({ name, adapter: info?.adapter ?? "", ...timed });
  }
  const timeOf = (name: BackendName) =>
    trials.find((trial) => trial.name === name)?.milliseconds ?? Number.POSITIVE_INFINITY;
  // Where every one failed the simplest tells why, as soon as it is used.
  const [winner] = [...candidates.reverse()].sort((one, other) => timeOf(one) - timeOf(other));
  return { info: await openBackend(winner), trials };
}

/** A backend with what it is, or why it is not there. */
export interface BackendFinding {
  readonly name: BackendName;
  readonly info: BackendInfo | null;
  readonly reason: string | null;
}

/** Opens backends one after the other and tells what they are. */
export async function availableBackends(
  names: readonly BackendName[] = backendNames,
): Promise<BackendFinding[]> {
  const found: BackendFinding[] = [];
  for (const name of names) {
    try {
      const info = await openBackend(name);
      found.push({ name, info, reason: info.software ? "imitated by the processor" : null });
    } catch (error) {
      found.push({ name, info: null, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return found;
}

/** The time of a step; one backend that fails, as by a shader that its driver refuses, does not keep others from training. */
async function timeSteps(
  name: BackendName,
  open: () => ProbedNetwork,
): Promise<Pick<BackendTrial, "milliseconds" | "reason">> {
  let network: ProbedNetwork | null = null;
  try {
    await openBackend(name);
    network = open();
    await network.step();
    const began = performance.now();
    for (let index = 0; index < timedSteps; index++) await network.step();
    return { milliseconds: (performance.now() - began) / timedSteps, reason: null };
  } catch (error) {
    return { milliseconds: null, reason: error instanceof Error ? error.message : String(error) };
  } finally {
    network?.dispose();
  }
}
