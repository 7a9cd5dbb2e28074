import { ActionIcon, Group, NumberInput, SegmentedControl, Stack, Text, Tooltip } from "@mantine/core";
import { IconDice5 } from "@tabler/icons-react";
import { useStore } from "zustand";
import { actions, pictureOf, workbench } from "../../state/store.ts";

const largestSeed = 2 ** 32 - 1;

/** Seed, length and rate of the recording, and whether its own parameters are drawn. */
export function SeedControls() {
  const seed = useStore(workbench, (state) => pictureOf(state).seed);
  const variation = useStore(workbench, (state) => pictureOf(state).variation);
  const duration = useStore(workbench, (state) => pictureOf(state).duration);
  const samplingFrequency = useStore(workbench, (state) => pictureOf(state).samplingFrequency);
  return (
    <Stack gap="xs" px="sm" pb="md">
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <NumberInput
          label="Seed"
          size="xs"
          flex={1.3}
          min={0}
          max={largestSeed}
          allowDecimal={false}
          value={seed}
          onChange={(next) =>
            typeof next === "number" &&
            next >= 0 &&
            next <= largestSeed &&
            actions.setPicture({ seed: next }, "seed")
          }
        />
        <Tooltip label="Next seed: the same parameters, other beats">
          <ActionIcon
            size="30px"
            variant="default"
            aria-label="Next seed"
            onClick={() => actions.setPicture({ seed: (seed + 1) % largestSeed })}
          >
            <IconDice5 size={16} />
          </ActionIcon>
        </Tooltip>
        <NumberInput
          label="Duration, s"
          size="xs"
          flex={1}
          min={1}
          max={120}
          value={duration}
          onChange={(next) =>
            typeof next === "number" &&
            next >= 1 &&
            next <= 120 &&
            actions.setPicture({ duration: next }, "duration")
          }
        />
        <NumberInput
          label="Rate, Hz"
          size="xs"
          flex={1}
          min={50}
          max={2000}
          value={samplingFrequency}
          onChange={(next) =>
            typeof next === "number" &&
            next >= 50 &&
            next <= 2000 &&
            actions.setPicture({ samplingFrequency: next }, "frequency")
          }
        />
      </Group>
      <div>
        <Text size="xs" fw={500} mb={4} id="variation-label">
          The recording has
        </Text>
        <SegmentedControl
          size="xs"
          fullWidth
          aria-labelledby="variation-label"
          value={variation}
          data={[
            { value: "exact", label: "these parameters" },
            { value: "drawn", label: "parameters drawn around them" },
          ]}
          onChange={(next) => actions.setPicture({ variation: next === "drawn" ? "drawn" : "exact" })}
        />
      </div>
    </Stack>
  );
}
