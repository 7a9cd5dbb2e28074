import { SegmentedControl, Stack, Text } from "@mantine/core";
import type { OfferedTraining, OfferedTrainings } from "../../generators/generator.ts";
import { kindOf, type WholeTraining } from "../state/trainingChoice.ts";

const words = {
  usual:
    "Values of the papers and their programs, in sizes that train in a tab; they take many more iterations.",
  short:
    "Values that come near to real signals without a graphics card: GANs of beats within minutes, diffusion models and Time-VQVAE within half an hour, ten seconds within two hours: their rate and waves, not how even the rhythm is.",
  released:
    "Network, noise, loss, optimiser and sampling as in the authors' program, with its defects: made for hours on a graphics card.",
  own: "Other values, or other iterations, than those of any of these.",
} as const;

/** Sets all values of a generator at once: the usual ones, those of a short training, or those of the authors' program. */
export function TrainingSelect({
  training,
  offered,
  size = "sm",
  onChange,
}: {
  readonly training: OfferedTraining;
  readonly offered: OfferedTrainings;
  readonly size?: "xs" | "sm";
  onChange(kind: WholeTraining): void;
}) {
  const kind = kindOf(training, offered);
  return (
    <Stack gap={4}>
      <SegmentedControl
        fullWidth
        // Three do not fit the width of a form in larger letters.
        size={offered.released === undefined ? size : "xs"}
        aria-label="Training"
        value={kind}
        data={[
          { value: "usual", label: "Usual values" },
          { value: "short", label: "Short training", disabled: offered.short === null },
          ...(offered.released === undefined ? [] : [{ value: "released", label: "As released" }]),
        ]}
        onChange={(value) => onChange(value as WholeTraining)}
      />
      <Text size="xs" c="dimmed">
        {words[kind]}
      </Text>
    </Stack>
  );
}
