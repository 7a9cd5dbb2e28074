import { ActionIcon, Button, FileButton, Group, Paper, Stack, Text, Title, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconTrash, IconUpload } from "@tabler/icons-react";
import { useLiveQuery } from "dexie-react-hooks";
import { useStore } from "zustand";
import { listExperiments } from "../../../storage/experiments.ts";
import { experiment, experimentActions } from "../../state/experiment.ts";
import { reported } from "../../state/report.ts";
import { workers } from "../../workers.ts";
import layout from "../train/train.module.css";

/** Every experiment of this browser, and the way to open one from a file. */
export function ExperimentList() {
  const experiments = useLiveQuery(listExperiments) ?? [];
  const { shown, running } = useStore(experiment);
  const open = async (file: File) => experimentActions.open(await file.text(), file.name);
  const take = async (files: readonly File[]) => {
    const read = await Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() })));
    const added = await workers.training.importResults(read);
    notifications.show({ title: "Results imported", message: `${added} new of ${files.length} files.` });
  };
  return (
    <Paper withBorder p="md" component="section" aria-label="Experiments">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          Experiments
        </Title>
        <Group gap="xs">
          <FileButton accept=".json" onChange={(file) => file !== null && reported(open(file))}>
            {(props) => (
              <Button {...props} size="xs" variant="default" leftSection={<IconUpload size={15} />}>
                Open a specification
              </Button>
            )}
          </FileButton>
          <FileButton multiple accept=".json" onChange={(files) => reported(take(files))}>
            {(props) => (
              <Button {...props} size="xs" variant="default" leftSection={<IconUpload size={15} />}>
                Import results
              </Button>
            )}
          </FileButton>
        </Group>
      </Group>
      {experiments.length === 0 && (
        <Text size="sm" c="dimmed">
          None yet.
        </Text>
      )}
      <Stack gap={6} data-testid="experiments">
        {experiments.map(({ id, specification, createdAt, runs }) => (
          <Group key={id} justify="space-between" wrap="nowrap">
            <button
              type="button"
              className={layout.runName}
              aria-current={shown === id}
              onClick={() => experimentActions.show(id)}
            >
              {specification.name}
            </button>
            <Group gap="xs" wrap="nowrap">
              <Text size="xs" c="dimmed">
                {runs.length} trainings · {new Date(createdAt).toLocaleString("en-GB")}
              </Text>
              <Tooltip label="Delete; its runs stay" openDelay={400}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  disabled={running === id}
                  aria-label={`Delete ${specification.name}`}
                  onClick={() => {
                    if (shown === id) experimentActions.show(null);
                    reported(workers.training.removeExperiment(id));
                  }}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              </Tooltip>
            </Group>
          </Group>
        ))}
      </Stack>
    </Paper>
  );
}
