import { SegmentedControl, Stack, Text } from "@mantine/core";
import { useStore } from "zustand";
import type { ShortTraining } from "../../../generators/generator.ts";
import { generation, generationActions, usualIterations } from "../../state/generation.ts";

const unchanged = {};
const usual: ShortTraining = { hyperparameters: unchanged, iterations: usualIterations };

const words = {
  usual:
    "Values of the papers and their programs, in sizes that train in a tab; they take many more iterations.",
  short: "Values that come near to real signals within minutes, without a graphics card.",
  own: "Your own values.",
} as const;

/** Sets all values at once: the usual ones, or those of a short training. */
export function TrainingChoice({ short }: { readonly short: ShortTraining }) {
  const hyperparameters = useStore(generation, ({ draft }) => draft.overrides[draft.model] ?? unchanged);
  const iterations = useStore(generation, ({ draft }) => draft.iterations);
  const choices = { usual, short } as const;
  const chosen = Object.entries(choices).find(([, each]) =>
    sameTraining(each, { hyperparameters, iterations }),
  );
  const name = (chosen?.[0] ?? "own") as keyof typeof words;
  return (
    <Stack gap={4}>
      <SegmentedControl
        fullWidth
        size="sm"
        aria-label="Training"
        value={name}
        data={[
          { value: "usual", label: "Usual values" },
          { value: "short", label: "Short training" },
        ]}
        onChange={(value) => generationActions.setTraining(choices[value as keyof typeof choices])}
      />
      <Text size="xs" c="dimmed">
        {words[name]}
      </Text>
    </Stack>
  );
}

/** Whether all values are the same, whatever their order. */
function sameTraining(one: ShortTraining, other: ShortTraining): boolean {
  const [own, others] = [Object.entries(one.hyperparameters), other.hyperparameters];
  return (
    one.iterations === other.iterations &&
    own.length === Object.keys(others).length &&
    own.every(([name, value]) => others[name] === value)
  );
}
