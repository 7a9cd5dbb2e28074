import { Checkbox, Select, Stack } from "@mantine/core";
import { useStore } from "zustand";
import { training, trainingActions } from "../../state/training.ts";
import { useRealOptions } from "../../useRealOptions.ts";

/** Which recordings count as the real ones. */
export function RealSelect() {
  const { realSource, byPatient } = useStore(training, (state) => state.draft);
  const realOptions = useRealOptions();
  return (
    <Stack gap={6}>
      <Select
        label="Real recordings"
        allowDeselect={false}
        value={realSource}
        data={[
          { value: "none", label: "None: everything synthetic" },
          { value: "simulated", label: "The simulated stand-in for real records" },
          ...realOptions,
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
