import { fromBytes, toBytes } from "../../boundary/bytes.ts";
import { type Outcome, unpack } from "../../boundary/protocol.ts";
import type { RealSignals } from "../../experiments/augmentationTransfer/signals.ts";
import { canonicalJson } from "../../experiments/canonical.ts";
import type { CellStore } from "../../experiments/cellStore.ts";
import { lastHeld } from "../../experiments/lastHeld.ts";
import type { RunCheckpoint, RunHooks } from "../../experiments/protocol.ts";
import type { RealRecord } from "../../experiments/realSynthetic/runCell.ts";
import type { BeatSet } from "../../experiments/syntheticBeats/beatSets.ts";
import type { SignalSet } from "../../neural/training/signalSet.ts";
import type { NamedArray } from "../../neural/training/weights.ts";

/** s from one checkpoint to the next. */
const checkpointEvery = 30;

/** A store with a place for where one cell stopped. All that it gives and takes can travel between processes. */
export interface CellHome extends CellStore {
  /** Where the cell stopped, or null. */
  checkpoint(): Promise<RunCheckpoint | null>;
  keepCheckpoint(checkpoint: RunCheckpoint): Promise<void>;
}

/** What of a home another process may call. */
export const homeFunctions = [
  "recordings",
  "signals",
  "beats",
  "labelledSignals",
  "shared",
  "keepShared",
  "checkpoint",
  "keepCheckpoint",
] as const satisfies readonly (keyof CellHome)[];

/** Has a cell leave checkpoints at home. */
export function homeHooks(home: CellHome): RunHooks {
  let last = performance.now();
  return {
    stopped: () => false,
    checkpointDue: () => performance.now() - last > 1000 * checkpointEvery,
    onCheckpoint: async (checkpoint) => {
      last = performance.now();
      await home.keepCheckpoint(checkpoint);
    },
  };
}

/** The beats that were fetched last: most cells of an experiment have the same source. */
let fetched: { readonly key: string; readonly beats: BeatSet } | null = null;

/** The signals that were fetched last, for the same reason: a cell has one source, or two where its generators learn from another. */
const fetchedSignals = lastHeld<RealSignals>(2);

/**
 * A home in another process, which answers calls over HTTP (`src/commandLine/experiment/pageServer.ts`).
 * @param place its address; its functions lie under it
 */
export function distantHome(place: string): CellHome {
  const call = async (method: keyof CellHome, ...parameters: readonly unknown[]): Promise<unknown> => {
    const response = await fetch(`${place}/${method}`, {
      method: "POST",
      body: new Blob(toBytes(parameters)),
    });
    if (!response.ok) throw new Error(`the store of the cell answers ${response.status} to ${method}`);
    return unpack(fromBytes(new Uint8Array(await response.arrayBuffer())) as Outcome);
  };
  return {
    recordings: (wanted) => call("recordings", wanted) as Promise<readonly RealRecord[]>,
    signals: (records, form) => call("signals", records, form) as Promise<SignalSet>,
    async beats(source) {
      const key = canonicalJson(source);
      if (fetched?.key !== key) fetched = { key, beats: (await call("beats", source)) as BeatSet };
      return fetched.beats;
    },
    labelledSignals: (wanted) =>
      fetchedSignals(
        canonicalJson(wanted),
        () => call("labelledSignals", wanted) as Promise<RealSignals | null>,
      ),
    shared: (address) => call("shared", address) as Promise<readonly NamedArray[] | null>,
    keepShared: (address, weights) => call("keepShared", address, weights) as Promise<void>,
    checkpoint: () => call("checkpoint") as Promise<RunCheckpoint | null>,
    keepCheckpoint: (checkpoint) => call("keepCheckpoint", checkpoint) as Promise<void>,
  };
}
