import { Group, NumberInput } from "@mantine/core";
import { useField } from "../setup/useDraft.ts";

interface Adaptation {
  readonly minutes: number;
  readonly confidentBeats: number;
}

/** The beginning of the tested patient's record, which personal methods see without its labels. */
export function AdaptationFields() {
  const [adaptation, change] = useField<Adaptation>("adaptation");
  return (
    <Group grow align="flex-start">
      <NumberInput
        label="Unlabelled minutes"
        description="Of the tested patient"
        min={0.5}
        max={15}
        step={0.5}
        value={adaptation.minutes}
        onChange={(value) => change({ ...adaptation, minutes: Math.max(0.5, Number(value) || 5) })}
      />
      <NumberInput
        label="Confident beats"
        description="That PGAN follows"
        min={2}
        max={500}
        allowDecimal={false}
        value={adaptation.confidentBeats}
        onChange={(value) =>
          change({ ...adaptation, confidentBeats: Math.max(2, Math.round(Number(value) || 50)) })
        }
      />
    </Group>
  );
}
