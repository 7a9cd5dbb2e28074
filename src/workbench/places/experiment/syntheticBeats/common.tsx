import { targetTitles } from "../../../../domain/beatTargets.ts";
import type { BeatFilter } from "../../../../experiments/syntheticBeats/specification.ts";
import type { Completion } from "../../../state/protocolDrafts.ts";
import { workers } from "../../../workers.ts";
import { ChoiceField, ChoicesField } from "../setup/fields.tsx";

/** Classifiers that take single beats. */
export const beatClassifiers = ["beatResNet", "beatLstm", "dilatedCnn"] as const;

/** Adds the records to what is set up: those with annotated beats in the usual lead. */
export const withBeats =
  (usualFilter: BeatFilter): Completion =>
  async ({ filter = usualFilter, ...fields }, choice) => ({
    ...fields,
    source: await workers.training.beatSource(choice, "MLII", filter as BeatFilter),
  });

export function TargetsField() {
  return (
    <ChoicesField
      name="targets"
      label="Classes, each against the rest"
      options={Object.entries(targetTitles).map(([value, label]) => ({ value, label: `${value}: ${label}` }))}
    />
  );
}

export function FilterField({ usual }: { readonly usual: BeatFilter }) {
  return (
    <ChoiceField
      name="filter"
      usual={usual}
      label="Before beats are cut"
      options={[
        { value: "none", label: "Nothing, as SimGAN" },
        { value: "bandPass", label: "Band-pass filter, as PGAN" },
      ]}
    />
  );
}

export const isRatio = (value: number) => value >= 0 && value <= 20;
export const isCount = (value: number) => Number.isInteger(value) && value >= 0;
