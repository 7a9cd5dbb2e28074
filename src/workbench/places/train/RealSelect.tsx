import { Checkbox, Select, Stack } from "@mantine/core";
import { useStore } from "zustand";
import { training, trainingActions } from "../../state/training.ts";
import { useAnswer } from "../../useAnswer.ts";
import { workers } from "../../workers.ts";

/** Which recordings count as the real ones. */
export function RealSelect() {
  const { realSource, byPatient } = useStore(training, (state) => state.draft);
  const cohorts = useAnswer("cohorts", () => workers.records.listCohorts());
  return (
    <Stack gap={6}>
      <Select
        label="Real recordings"
        allowDeselect={false}
        value={realSource}
        data={[
          { value: "none", label: "None: everything synthetic" },
          { value: "simulated", label: "The simulated stand-in for real records" },
          { value: "library", label: "All records of the library" },
          ...(cohorts ?? []).map(({ id, name }) => ({ value: id, label: `Cohort ${name}` })),
        ]}
        onChange={(value) => value !== null && trainingActions.draft({ realSource: value })}
      />
      {realSource !== "none" && (
        <Checkbox
          size="xs"
          label="Keep every patient on one side (recommended)"
          description={byPatient ? null : "As in the paper: a patient may be trained on and tested on."}
          checked={byPatient}
          onChange={(event) => trainingActions.draft({ byPatient: event.currentTarget.checked })}
        />
      )}
    </Stack>
  );
}
