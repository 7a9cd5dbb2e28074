import { Select, Switch } from "@mantine/core";
import { useStore } from "zustand";
import type { GeneratedForm } from "../../../domain/generation.ts";
import { generation, generationActions, isCohort } from "../../state/generation.ts";
import { useRealOptions } from "../../useRealOptions.ts";

/** What a generator learns from; of a cohort its training side, unless all of it is asked for. */
export function LearnedSource({ form }: { readonly form: GeneratedForm }) {
  const source = useStore(generation, (state) => state.draft.source);
  const wholeCohort = useStore(generation, (state) => state.draft.wholeCohort);
  const realOptions = useRealOptions();
  return (
    <>
      <Select
        label={`Learn from the ${form} of`}
        allowDeselect={false}
        value={source}
        data={[{ value: "virtual", label: "Virtual patients, made here" }, ...realOptions]}
        onChange={(value) => value !== null && generationActions.draft({ source: value, patient: null })}
      />
      {isCohort(source) && (
        <Switch
          label="All of the cohort"
          description="Otherwise it learns from the training side of the cohort's split, and others are left for Closeness to judge by."
          checked={wholeCohort}
          onChange={({ currentTarget }) =>
            generationActions.draft({ wholeCohort: currentTarget.checked, patient: null })
          }
        />
      )}
    </>
  );
}
