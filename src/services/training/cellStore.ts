import { fromBytes, toBytes } from "../../boundary/bytes.ts";
import { type Outcome, unpack } from "../../boundary/protocol.ts";
import type { CellSpecification } from "../../domain/experiment.ts";
import type {
  CellCheckpoint,
  CellEnvironment,
  CellHooks,
  RealRecord,
} from "../../experiments/realSynthetic/runCell.ts";
import type { SignalSet } from "../../neural/training/signalSet.ts";
import type { NamedArray } from "../../neural/training/weights.ts";
import { architectureNamed } from "./environment.ts";

/** s from one checkpoint to the next. */
const checkpointEvery = 30;

/** Where one cell finds its recordings and leaves what it will need again. All of it can travel between processes. */
export interface CellStore {
  /** Records of its real source that answer its question. */
  realRecords(): Promise<readonly RealRecord[]>;
  /** Their samples in its form, standardised, in the same order. */
  realSignals(records: readonly RealRecord[]): Promise<SignalSet>;
  /** Weights of a synthetic phase that another cell trained, or null. */
  pretrained(address: string): Promise<readonly NamedArray[] | null>;
  keepPretrained(address: string, weights: readonly NamedArray[]): Promise<void>;
  /** Where it stopped, or null. */
  checkpoint(): Promise<CellCheckpoint | null>;
  keepCheckpoint(checkpoint: CellCheckpoint): Promise<void>;
}

/** What a cell needs, from a store. */
export async function storeEnvironment(cell: CellSpecification, store: CellStore): Promise<CellEnvironment> {
  return {
    architecture: await architectureNamed(cell.architecture),
    realRecords: () => store.realRecords(),
    realSignals: (records) => store.realSignals(records),
    pretrained: (address) => store.pretrained(address),
    keepPretrained: (address, weights) => store.keepPretrained(address, weights),
  };
}

/** Has a cell leave checkpoints in a store. */
export function storeHooks(store: CellStore): CellHooks {
  let last = performance.now();
  return {
    stopped: () => false,
    checkpointDue: () => performance.now() - last > 1000 * checkpointEvery,
    onCheckpoint: async (checkpoint) => {
      last = performance.now();
      await store.keepCheckpoint(checkpoint);
    },
  };
}

/**
 * A store in another process, which answers calls over HTTP (`src/commandLine/experiment/pageServer.ts`).
 * @param place address of the store; its functions lie under it
 */
export function distantStore(place: string): CellStore {
  const call = async (method: keyof CellStore, ...parameters: readonly unknown[]): Promise<unknown> => {
    const response = await fetch(`${place}/${method}`, {
      method: "POST",
      body: new Blob(toBytes(parameters)),
    });
    if (!response.ok) throw new Error(`the store of the cell answers ${response.status} to ${method}`);
    return unpack(fromBytes(new Uint8Array(await response.arrayBuffer())) as Outcome);
  };
  return {
    realRecords: () => call("realRecords") as Promise<readonly RealRecord[]>,
    realSignals: (records) => call("realSignals", records) as Promise<SignalSet>,
    pretrained: (address) => call("pretrained", address) as Promise<readonly NamedArray[] | null>,
    keepPretrained: (address, weights) => call("keepPretrained", address, weights) as Promise<void>,
    checkpoint: () => call("checkpoint") as Promise<CellCheckpoint | null>,
    keepCheckpoint: (checkpoint) => call("keepCheckpoint", checkpoint) as Promise<void>,
  };
}
