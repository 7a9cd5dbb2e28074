import { Badge, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useLiveQuery } from "dexie-react-hooks";
import { useStore } from "zustand";
import type { StoredGeneration } from "../../../storage/database.ts";
import { listGenerations } from "../../../storage/generations.ts";
import { DeleteButton } from "../../controls/DeleteButton.tsx";
import { formatCount } from "../../format.ts";
import { generation, generationActions } from "../../state/generation.ts";
import { reported } from "../../state/report.ts";
import { workers } from "../../workers.ts";
import layout from "../train/train.module.css";
import { stateWords } from "../train/useRuns.ts";

/** Every generator of this browser: to be looked at, gone on with, deleted. */
export function GenerationList() {
  const generations = useLiveQuery(listGenerations) ?? [];
  return (
    <Paper withBorder p="md" component="section" aria-label="Generators">
      <Title order={2} size="h5" mb="xs">
        Generators
      </Title>
      {generations.length === 0 && (
        <Text size="sm" c="dimmed">
          None yet.
        </Text>
      )}
      <Stack gap={6} data-testid="generations">
        {generations.map((each) => (
          <Row key={each.id} found={each} />
        ))}
      </Stack>
    </Paper>
  );
}

function Row({ found }: { readonly found: StoredGeneration }) {
  const isShown = useStore(generation, ({ shown }) => shown === found.id);
  const isOn = useStore(generation, ({ running }) => running === found.id);
  const isInterrupted = !isOn && found.state === "running";
  const { title, colour } = isInterrupted
    ? { title: "Interrupted", colour: "yellow" }
    : stateWords[isOn ? "running" : found.state];
  const remove = () => {
    if (isShown) generationActions.show(null);
    reported(workers.training.removeGeneration(found.id));
  };
  return (
    <Group justify="space-between" wrap="nowrap">
      <button
        type="button"
        className={layout.runName}
        aria-current={isShown}
        onClick={() => generationActions.show(found.id)}
      >
        {found.name}
      </button>
      <Group gap="xs" wrap="nowrap">
        <Badge size="sm" variant="light" color={colour}>
          {title}
        </Badge>
        <Text size="xs" c="dimmed">
          {formatCount(found.progress.position)} iterations ·{" "}
          {new Date(found.createdAt).toLocaleString("en-GB")}
        </Text>
        <DeleteButton
          tooltip="Delete the generator"
          label={`Delete ${found.name}`}
          disabled={isOn}
          onDelete={remove}
        />
      </Group>
    </Group>
  );
}
