import { Select } from "@mantine/core";
import { useStore } from "zustand";
import { type BeatFilter, beatFilters, beatFilterTitles } from "../../../domain/beatFilters.ts";
import { generation, generationActions } from "../../state/generation.ts";

const words: Readonly<Record<BeatFilter, string>> = {
  none: "Beats keep their baseline wander and mains noise, which the generator learns, too.",
  zeroPhase:
    "Before beats are cut, what is slower or faster goes; waves stay where they are. Band and order are our choice.",
  bandPass:
    "Before beats are cut, all that is slow goes, much of the T wave with it. The paper names no band.",
};

/** What leads are put through before beats are cut that a generator learns from. */
export function FilterSelect() {
  const filter = useStore(generation, ({ draft }) => draft.filter);
  return (
    <Select
      label="Filter"
      description={words[filter]}
      allowDeselect={false}
      value={filter}
      data={beatFilters.map((value) => ({ value, label: beatFilterTitles[value] }))}
      onChange={(value) => value !== null && generationActions.draft({ filter: value as BeatFilter })}
    />
  );
}
