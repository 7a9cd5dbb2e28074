import { useLiveQuery } from "dexie-react-hooks";
import { findTraining, listRuns } from "../../../storage/runs.ts";
import type { StoredRun } from "../../../storage/trainings.ts";

/** All runs, newest first, as they change; null until they are read. */
export function useRuns(): readonly StoredRun[] | null {
  return useLiveQuery(listRuns) ?? null;
}

/** One run as it changes. */
export function useRun(id: string | null): StoredRun | null {
  return useLiveQuery(async () => (id === null ? null : findTraining(id)), [id]) ?? null;
}

/** What a state is called, and its colour. */
export const stateWords: Readonly<
  Record<StoredRun["state"], { readonly title: string; readonly colour: string }>
> = {
  waiting: { title: "Waiting", colour: "gray" },
  running: { title: "Running", colour: "blue" },
  finished: { title: "Finished", colour: "teal" },
  stoppedEarly: { title: "Stopped early, best weights kept", colour: "teal" },
  pruned: { title: "Pruned: others did better", colour: "gray" },
  cancelled: { title: "Stopped, can go on", colour: "yellow" },
  diverged: { title: "Diverged", colour: "red" },
  deviceLost: { title: "Device lost", colour: "red" },
};
