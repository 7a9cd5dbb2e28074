import type { ProtocolCell } from "../../domain/experiment.ts";
import { Failure } from "../../domain/failure.ts";
import { workbenchVersion } from "../../domain/version.ts";
import type { CellTraining, RunCheckpoint, RunOutcome } from "../../experiments/protocol.ts";
import { protocolOfCell } from "../../experiments/protocols.ts";
import {
  type BackendInfo,
  type BackendName,
  forgetBackend,
  openBackend,
} from "../../neural/backend/backends.ts";
import {
  changeRun,
  deleteRuns,
  endRun,
  findCheckpoint,
  findRun,
  isOfRecordings,
  keepModel,
  keepRun,
} from "../../storage/runs.ts";
import type { AnyRun } from "../../storage/trainings.ts";
import { fastestFor, untilLost } from "./deviceGuard.ts";
import { libraryStore } from "./libraryStore.ts";
import { closeModel } from "./models.ts";
import { Running, type RunProgress } from "./running.ts";
import { closeGenerator } from "./sampling.ts";
import { pruneRuleOf, type TrialOf } from "./searches.ts";
import { takeTurn } from "./turn.ts";

/** Times that a run takes up again after its device was lost. */
const mostRecoveries = 3;

let running: Running | null = null;

/** What the training worker offers of runs; it does one at a time. */
export const runFunctions = {
  /**
   * Keeps a run that waits for its training; one with the same specification is the same run.
   * @param trial of which search it is a trial, and which
   * @throws Failure for hyper-parameters or networks that are not allowed
   */
  async prepareRun(cell: ProtocolCell, trial?: TrialOf): Promise<AnyRun> {
    const protocol = protocolOfCell(cell.kind);
    const id = await protocol.address(cell);
    const known = await findRun(id);
    if (known !== null) return known;
    await (await protocol.training()).check(cell);
    const title = await protocol.cellTitle(cell);
    const run: AnyRun = {
      id,
      name: `${title}${trial === undefined ? "" : ` · trial ${trial.number + 1}`}`,
      cell,
      createdAt: Date.now(),
      updatedAt: Date.now(),
      state: "waiting",
      message: "",
      notes: [],
      backend: null,
      version: workbenchVersion,
      seconds: 0,
      phases: [],
      result: null,
      ...(trial === undefined ? {} : { search: trial.search }),
    };
    await keepRun(run);
    return run;
  },

  /**
   * Trains and tests a run from its start or from its last checkpoint, and resolves when it has ended or was stopped. A
   * lost device is replaced, by another backend if need be, and the run goes on from its last checkpoint.
   * @param wish a backend, or null for the fastest
   * @throws Failure `run-running`, `no-such-run`, and what the data or the hyper-parameters lack
   */
  async train(id: string, wish: BackendName | null): Promise<AnyRun> {
    const run = await findRun(id);
    if (run === null) {
      throw new Failure("no-such-run", "There is no such run.", id.slice(0, 12), "Start a new one.");
    }
    if (run.result !== null || run.state === "pruned") return run;
    const giveBack = takeTurn(run.name);
    const own = new Running(run, isOfRecordings(run) ? await pruneRuleOf(run) : () => false);
    running = own;
    closeModel();
    closeGenerator();
    try {
      await changeRun(id, { state: "running", message: "" });
      await holding(id, () => trainHeld(run, own, wish));
    } catch (error) {
      const message = error instanceof Failure ? error.describe() : String(error);
      await changeRun(id, { state: "cancelled", message, ...own.record() });
      throw error;
    } finally {
      running = null;
      giveBack();
    }
    return (await findRun(id)) as AnyRun;
  },

  /** Where the training at hand is, or null. */
  async trainingProgress(): Promise<RunProgress | null> {
    return running?.progress() ?? null;
  },

  /** Stops the training at hand after its step; it can be resumed. */
  async stopTraining(): Promise<void> {
    if (running !== null) running.stopWanted = true;
  },

  /** Writes down what happened to a run from outside: its worker crashed, or was ended because it did not stop. */
  async noteOnRun(id: string, note: string, state: "cancelled" | "running"): Promise<void> {
    const run = await findRun(id);
    if (run !== null && run.result === null) {
      await changeRun(id, { state, notes: note === "" ? run.notes : [...run.notes, note] });
    }
  },

  async removeRuns(ids: readonly string[]): Promise<void> {
    await deleteRuns(ids);
  },

  /** Runs whose training was cut off by a closed tab or a crash. */
  async interruptedRuns(runs: readonly string[]): Promise<string[]> {
    const held = new Set(((await locks()?.query())?.held ?? []).flatMap(({ name }) => name ?? []));
    return runs.filter((id) => !held.has(lockOf(id)));
  },
};

async function trainHeld(run: AnyRun, own: Running, wish: BackendName | null): Promise<void> {
  const training = await protocolOfCell(run.cell.kind).training();
  const lost: BackendName[] = [];
  for (;;) {
    const checkpoint = (await findCheckpoint(run.id))?.checkpoint as RunCheckpoint | undefined;
    const backend = await chooseBackend(run, training, wish, lost);
    const before = run.backend?.name;
    if (checkpoint !== undefined && before !== undefined && before !== backend.name && lost.length === 0) {
      own.notes.push(`Resumed on ${backend.name}, begun on ${before}: the last digits may differ.`);
    }
    own.backend = backend;
    own.rewind(checkpoint ?? null);
    await changeRun(run.id, { backend: { name: backend.name, adapter: backend.adapter } });
    const outcome = await untilLost(run.cell, training, libraryStore, own.hooks(), checkpoint ?? null);
    if (outcome.end !== "lost") return finish(run, own, outcome);
    lost.push(backend.name);
    forgetBackend(backend.name);
    const where = (await findCheckpoint(run.id)) === null ? "from the start" : "from the last checkpoint";
    own.notes.push(`The device of ${backend.name} was lost (${outcome.reason}); went on ${where}.`);
    if (lost.length > mostRecoveries) {
      await changeRun(run.id, { state: "deviceLost", message: own.notes.join(" "), ...own.record() });
      return;
    }
  }
}

/** The wished backend, that on which the run began, or the fastest; after a loss another one. */
async function chooseBackend(
  run: AnyRun,
  training: CellTraining<ProtocolCell, unknown>,
  wish: BackendName | null,
  lost: readonly BackendName[],
): Promise<BackendInfo> {
  const before = (run.backend?.name ?? null) as BackendName | null;
  const wanted = wish ?? before;
  const isUsable = (name: BackendName) => !lost.includes(name);
  if (wanted !== null && isUsable(wanted)) {
    try {
      return await openBackend(wanted);
    } catch (error) {
      // What a person asked for and cannot have is told; what merely was before may be replaced.
      if (wish !== null) throw error;
    }
  }
  return fastestFor(run.cell, training, lost);
}

async function finish(run: AnyRun, own: Running, outcome: RunOutcome<unknown>): Promise<void> {
  const record = own.record();
  if (own.isPruned) return endRun(run.id, { state: "pruned", ...record });
  if (outcome.end === "cancelled") return changeRun(run.id, { state: "cancelled", ...record });
  if (outcome.end === "diverged") {
    return endRun(run.id, { state: "diverged", message: outcome.reason, ...record });
  }
  if (isOfRecordings(run) && run.search === undefined) {
    const { id, name, cell } = run;
    const kept = { id, name, cell, version: workbenchVersion, imported: false, createdAt: Date.now() };
    await keepModel({ ...kept, weights: outcome.weights });
  }
  await endRun(run.id, { state: outcome.end, result: outcome.result, ...record });
}

const lockOf = (id: string) => `ecg-workbench-run-${id}`;

/** Absent outside of browsers. */
const locks = (): LockManager | undefined =>
  (globalThis.navigator as { locks?: LockManager } | undefined)?.locks;

/** Runs while a lock tells other tabs that the training is alive; a closed tab lets go of it by itself. */
async function holding<T>(id: string, run: () => Promise<T>): Promise<T> {
  const manager = locks();
  return manager === undefined ? run() : ((await manager.request(lockOf(id), run)) as T);
}
