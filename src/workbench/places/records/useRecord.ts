import { useStore } from "zustand";
import type { OpenedRecord } from "../../../services/records.ts";
import type { BeatWindow } from "../../../signal/beats.ts";
import type { Trace } from "../../paper/geometry.ts";
import { workbench } from "../../state/store.ts";
import { useAnswer } from "../../useAnswer.ts";
import { workers } from "../../workers.ts";

/** The selected record, opened. */
export function useSelectedRecord(): OpenedRecord | null {
  const hash = useStore(workbench, (state) => state.record?.hash ?? null);
  return useAnswer(hash, () => workers.records.openRecord(hash ?? ""));
}

/** Samples of the selected lead. */
export function useSelectedLead(): Trace | null {
  const record = useStore(workbench, (state) => state.record);
  const key = record === null || record.lead === "" ? null : `${record.hash}/${record.lead}`;
  return useAnswer(key, () => workers.records.readLead(record?.hash ?? "", record?.lead ?? ""));
}

export interface SelectedBeat {
  readonly window: BeatWindow;
  readonly number: number;
  readonly record: string;
}

/** The real beat that lies under the synthetic one. */
export function useSelectedBeat(): SelectedBeat | null {
  const record = useStore(workbench, (state) => state.record);
  const key = record === null || record.beat === null ? null : `${record.hash}/${record.lead}/${record.beat}`;
  return useAnswer(key, async () => {
    const { hash = "", lead = "", beat = 0 } = record ?? {};
    const [window, opened] = await Promise.all([
      workers.records.readBeat(hash, lead, beat ?? 0),
      workers.records.openRecord(hash),
    ]);
    return { window, number: beat ?? 0, record: `${opened.name}, ${lead}` };
  });
}
