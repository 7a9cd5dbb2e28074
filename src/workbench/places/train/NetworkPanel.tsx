import { Button, FileButton, Group, Paper, Text, Title } from "@mantine/core";
import { IconDownload, IconUpload } from "@tabler/icons-react";
import { move } from "../../../boundary/move.ts";
import type { StoredRun } from "../../../storage/trainings.ts";
import { saveFile } from "../../saveFile.ts";
import { reported } from "../../state/report.ts";
import { trainingActions } from "../../state/training.ts";
import { workers } from "../../workers.ts";

/** The trained network of a run, to be taken elsewhere. */
export function NetworkPanel({ run }: { readonly run: StoredRun }) {
  const save = async (format: "safetensors" | "tfjs") => {
    const { fileName, mediaType, bytes } = await workers.training.exportModel(run.id, format);
    saveFile(fileName, mediaType, [bytes as Uint8Array<ArrayBuffer>]);
  };
  return (
    <Paper withBorder p="md" component="section" aria-label="Network">
      <Group justify="space-between" gap="xs">
        <div>
          <Title order={2} size="h5">
            The network
          </Title>
          <Text size="xs" c="dimmed">
            The graph model opens with plain tf.loadGraphModel; safetensors opens here and in Python.
          </Text>
        </div>
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={15} />}
            onClick={() => reported(save("safetensors"))}
          >
            safetensors
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={15} />}
            onClick={() => reported(save("tfjs"))}
          >
            TensorFlow.js graph
          </Button>
        </Group>
      </Group>
    </Paper>
  );
}

/** Opens a file dialog for a network that was exported before. */
export function ImportNetwork() {
  const open = async (file: File) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const run = await workers.training.importModel(file.name, move(bytes));
    trainingActions.show(run.id);
  };
  return (
    <FileButton accept=".safetensors" onChange={(file) => file !== null && reported(open(file))}>
      {(props) => (
        <Button {...props} size="xs" variant="default" leftSection={<IconUpload size={15} />}>
          Import a network
        </Button>
      )}
    </FileButton>
  );
}
