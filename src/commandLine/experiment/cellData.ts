import type { RealSignals } from "../../experiments/augmentationTransfer/signals.ts";
import type { WantedSignals } from "../../experiments/cellStore.ts";
import { cellLength, type RealRecord } from "../../experiments/realSynthetic/runCell.ts";
import { labelOf, tasks } from "../../experiments/realSynthetic/tasks.ts";
import type { BeatSet } from "../../experiments/syntheticBeats/beatSets.ts";
import type { RecordShelf } from "../recordShelf.ts";
import type { CellData } from "./cellFolder.ts";

/** Recordings of a shelf, which holds them in the one form of the experiment; null where none are needed. */
export function shelfData(shelf: RecordShelf | null): CellData {
  return {
    async recordings({ source, task }) {
      return source.members.flatMap((hash): RealRecord[] => {
        const record = shelf?.get(hash);
        const label = record === undefined ? null : labelOf(record.description, tasks[task]);
        if (record === undefined || label === null) return [];
        return [{ hash, name: record.name, patient: record.description.patient, label }];
      });
    },
    async signals(records, form) {
      const length = cellLength({ form });
      const signals = new Float32Array(records.length * length);
      records.forEach(({ hash }, row) => {
        signals.set(shelf?.get(hash)?.signal ?? new Float32Array(length), row * length);
      });
      const labels = Uint8Array.from(records, ({ label }) => label);
      return { signals, labels, count: records.length, length };
    },
    beats: noData,
    labelledSignals: noData,
  };
}

/** Beats of the one source of the experiment. */
export const beatData = (beats: BeatSet): CellData => ({
  recordings: noData,
  signals: noData,
  beats: async () => beats,
  labelledSignals: noData,
});

/** Signals of each source of the experiment. */
export const signalData = (signals: (wanted: WantedSignals) => Promise<RealSignals>): CellData => ({
  recordings: noData,
  signals: noData,
  beats: noData,
  labelledSignals: signals,
});

async function noData(): Promise<never> {
  throw new TypeError("the experiment asks for data of another kind");
}
