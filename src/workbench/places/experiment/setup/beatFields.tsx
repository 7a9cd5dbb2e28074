import { NumberInput } from "@mantine/core";
import { type BeatFilter, beatFilters, beatFilterTitles } from "../../../../domain/beatFilters.ts";
import { targetTitles } from "../../../../domain/beatTargets.ts";
import { beatClasses } from "../../../../domain/libraryRecord.ts";
import type { MostPerRecord } from "../../../../experiments/syntheticBeats/specification.ts";
import type { Completion } from "../../../state/protocolDrafts.ts";
import { workers } from "../../../workers.ts";
import { ChoiceField, ChoicesField } from "./fields.tsx";
import { useField } from "./useDraft.ts";

/** Classifiers that take single beats. */
export const beatClassifiers = ["beatResNet", "beatLstm", "dilatedCnn"] as const;

/** Adds the records to what is set up: those with annotated beats in the usual lead. */
export const withBeats =
  (usualFilter: BeatFilter): Completion =>
  async ({ filter = usualFilter, mostPerRecord, ...fields }, choice) => {
    const source = await workers.training.beatSource(choice, "MLII", filter as BeatFilter);
    return { ...fields, source: mostPerRecord === undefined ? source : { ...source, mostPerRecord } };
  };

export function TargetsField() {
  return (
    <ChoicesField
      name="targets"
      label="Classes, each against the rest"
      options={Object.entries(targetTitles).map(([value, label]) => ({ value, label: `${value}: ${label}` }))}
    />
  );
}

/** How many beats of a class a record gives at most: for a first look, and where one record would outweigh all others. */
export function MostBeatsField() {
  const [most, change] = useField<MostPerRecord | undefined>("mostPerRecord");
  return (
    <NumberInput
      label="Beats of a class from a record at most"
      description="Spread evenly over it, for training and test alike; empty takes all, as the papers"
      placeholder="all"
      min={2}
      allowDecimal={false}
      value={most?.N ?? ""}
      onChange={(value) =>
        change(
          value === ""
            ? undefined
            : Object.fromEntries(
                beatClasses.map((each) => [each, Math.max(2, Math.round(Number(value) || 2))]),
              ),
        )
      }
    />
  );
}

export function FilterField({ usual }: { readonly usual: BeatFilter }) {
  return (
    <ChoiceField
      name="filter"
      usual={usual}
      label="Filter before beats are cut"
      options={beatFilters.map((value) => ({ value, label: beatFilterTitles[value] }))}
    />
  );
}

export const isRatio = (value: number) => value >= 0 && value <= 20;
export const isCount = (value: number) => Number.isInteger(value) && value >= 0;
