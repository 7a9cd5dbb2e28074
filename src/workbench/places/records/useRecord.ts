import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { OpenedRecord } from "../../../services/records.ts";
import type { BeatWindow } from "../../../signal/beats.ts";
import type { Trace } from "../../paper/geometry.ts";
import { asFailure } from "../../state/report.ts";
import { actions, workbench } from "../../state/store.ts";
import { workers } from "../../workers.ts";

/** Answers of a worker for a key; null while it works, and where it failed (which is reported). */
function useAnswer<T>(key: string | null, ask: () => Promise<T>): T | null {
  const [answer, setAnswer] = useState<{ readonly key: string; readonly value: T } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key names everything that the question depends on
  useEffect(() => {
    if (key === null) return;
    let gone = false;
    ask().then(
      (value) => {
        if (!gone) setAnswer({ key, value });
      },
      (error: unknown) => {
        if (!gone) actions.report(asFailure(error));
      },
    );
    return () => {
      gone = true;
    };
  }, [key]);
  return answer !== null && answer.key === key ? answer.value : null;
}

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
