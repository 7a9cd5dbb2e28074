import { Select } from "@mantine/core";
import { useLiveQuery } from "dexie-react-hooks";
import { useStore } from "zustand";
import { listGenerations } from "../../../storage/generations.ts";
import { library } from "../../state/library.ts";
import { type SyntheticOption, syntheticOptions } from "../../state/syntheticChoice.ts";
import { useAnswer } from "../../useAnswer.ts";
import { useRealOptions } from "../../useRealOptions.ts";

/** The synthetic sets that can be chosen, as generators are trained and records come; null until they are known. */
export function useSyntheticOptions(): readonly SyntheticOption[] | null {
  const generations = useLiveQuery(listGenerations);
  const revision = useStore(library, (state) => state.revision);
  const known = generations?.map(({ id, progress }) => `${id} ${progress.position > 0}`).join(" ");
  return useAnswer(known === undefined ? null : `${known} ${revision}`, syntheticOptions, true);
}

/** The options by group, in their order, as a select takes them. */
export function groupsOf(options: readonly SyntheticOption[]) {
  const groups = [...new Set(options.map(({ group }) => group))];
  return groups.map((group) => ({
    group,
    items: options.filter((option) => option.group === group).map(({ value, label }) => ({ value, label })),
  }));
}

/** Whose signals stand for real ones. */
export function RealSelect({ value, onChange }: { readonly value: string; onChange(value: string): void }) {
  const realOptions = useRealOptions();
  return (
    <Select
      label="Real set"
      description={
        value === "virtual"
          ? "A stand-in: virtual patients, no real hearts. Import records to compare with real ones."
          : "Only annotated beats have a class."
      }
      allowDeselect={false}
      value={value}
      data={[{ value: "virtual", label: "Virtual patients, as a stand-in" }, ...realOptions]}
      onChange={(chosen) => chosen !== null && onChange(chosen)}
    />
  );
}
