import { Checkbox, Stack } from "@mantine/core";
import { useField } from "../setup/useDraft.ts";

const choices = [
  { isFrozen: true, label: "Convolutions kept, the layers behind them trained on" },
  { isFrozen: false, label: "All layers trained on" },
] as const;

/** What of a classifier learns from real signals after synthetic ones: a row of the tables for each choice. */
export function FreezingField() {
  const [chosen, change] = useField<readonly boolean[]>("freezesConvolutions");
  return (
    <Checkbox.Group
      label="After learning from synthetic signals"
      value={chosen.map(String)}
      onChange={(next) => {
        // One of both is needed.
        if (next.length === 0) return;
        change(choices.map(({ isFrozen }) => isFrozen).filter((each) => next.includes(String(each))));
      }}
    >
      <Stack gap={6} mt={4}>
        {choices.map(({ isFrozen, label }) => (
          <Checkbox key={label} size="xs" value={String(isFrozen)} label={label} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
