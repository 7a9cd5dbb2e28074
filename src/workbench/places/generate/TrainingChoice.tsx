import { SegmentedControl, Stack, Text } from "@mantine/core";
import { useStore } from "zustand";
import type { OfferedTrainings } from "../../../generators/generator.ts";
import { generation, generationActions } from "../../state/generation.ts";
import { trainingKind, type WholeTraining } from "../../state/trainingChoice.ts";

const words = {
  usual:
    "Values of the papers and their programs, in sizes that train in a tab; they take many more iterations.",
  short:
    "Values that come near to real signals soon, without a graphics card: within minutes, diffusion models and Time-VQVAE within half an hour.",
  own: "Your own values.",
} as const;

/** Sets all values at once: the usual ones, or those of a short training. */
export function TrainingChoice({ offered }: { readonly offered: OfferedTrainings }) {
  const kind = useStore(generation, ({ draft }) => trainingKind(draft, offered));
  return (
    <Stack gap={4}>
      <SegmentedControl
        fullWidth
        size="sm"
        aria-label="Training"
        value={kind}
        data={[
          { value: "usual", label: "Usual values" },
          { value: "short", label: "Short training", disabled: offered.short === null },
        ]}
        onChange={(value) => generationActions.setTraining(value as WholeTraining)}
      />
      <Text size="xs" c="dimmed">
        {words[kind]}
        {offered.short === null && " Ten seconds have no short training: they want a graphics card."}
      </Text>
    </Stack>
  );
}
