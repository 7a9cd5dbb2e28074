import { ActionIcon, Button, Checkbox, Group, Paper, Stack, Text, Tooltip } from "@mantine/core";
import { IconDownload, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useStore } from "zustand";
import type { Cohort } from "../../../../domain/cohort.ts";
import { saveFile } from "../../../saveFile.ts";
import { library } from "../../../state/library.ts";
import { reported } from "../../../state/report.ts";
import { useAnswer } from "../../../useAnswer.ts";
import { workers } from "../../../workers.ts";
import { SidesTable } from "./SidesTable.tsx";
import { queryInWords, splitInWords } from "./words.ts";

/** A saved cohort. */
export function CohortCard({
  cohort,
  compared,
  onCompare,
}: {
  readonly cohort: Cohort;
  readonly compared: boolean;
  onCompare(): void;
}) {
  const { id, name, query, split, createdAt } = cohort;
  const { revision } = useStore(library);
  const [sure, setSure] = useState(false);
  const summary = useAnswer(
    `${id} ${JSON.stringify(split)} ${revision}`,
    () => workers.records.summariseCohort(id),
    true,
  );
  const save = async () => {
    const text = await workers.records.exportCohort(id);
    saveFile(`${name.replaceAll(/[^\w.-]+/g, "_")}.cohort.json`, "application/json", [text]);
  };
  return (
    <Paper withBorder p="md" component="article" aria-label={`Cohort ${name}`} data-testid="cohort">
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Text fw={600} truncate>
            {name}
          </Text>
          <Group gap={4} wrap="nowrap">
            <Checkbox size="xs" label="Compare" checked={compared} onChange={onCompare} />
            <Tooltip label="Export the definition as JSON" openDelay={400}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Export ${name}`}
                onClick={() => reported(save())}
              >
                <IconDownload size={16} />
              </ActionIcon>
            </Tooltip>
            {sure ? (
              <Button
                size="compact-xs"
                color="red"
                autoFocus
                onBlur={() => setSure(false)}
                onClick={() => reported(workers.records.removeCohort(id))}
              >
                Really delete?
              </Button>
            ) : (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Delete ${name}`}
                onClick={() => setSure(true)}
              >
                <IconTrash size={16} />
              </ActionIcon>
            )}
          </Group>
        </Group>
        <Text size="xs" c="dimmed">
          {queryInWords(query)} · {splitInWords(split)} · {new Date(createdAt).toLocaleDateString("en-GB")}
        </Text>
        {summary !== null && <SidesTable summary={summary} />}
      </Stack>
    </Paper>
  );
}
