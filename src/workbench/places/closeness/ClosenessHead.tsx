import { Badge, Button, Group, Menu, Progress, Text, Title } from "@mantine/core";
import { IconDownload, IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import { useStore } from "zustand";
import type { ClosenessDescription } from "../../../services/training/closeness.ts";
import type { StoredCloseness } from "../../../storage/storedCloseness.ts";
import { formatCount, formatDuration } from "../../format.ts";
import { saveFile } from "../../saveFile.ts";
import { closeness, closenessActions } from "../../state/closeness.ts";
import { reported } from "../../state/report.ts";
import { closenessCsv, closenessJson } from "./closenessFiles.ts";

const stateWords = {
  waiting: { title: "Waiting", colour: "gray" },
  running: { title: "Measuring", colour: "blue" },
  finished: { title: "Finished", colour: "teal" },
  cancelled: { title: "Stopped, can go on", colour: "yellow" },
} as const;

/** Name, state, progress, and what can be done with a comparison. */
export function ClosenessHead({
  found,
  isRunning,
  description,
}: {
  readonly found: StoredCloseness;
  readonly isRunning: boolean;
  readonly description: ClosenessDescription;
}) {
  const isBusy = useStore(closeness, ({ running }) => running !== null);
  const stopping = useStore(closeness, (state) => state.stopping);
  const isInterrupted = !isRunning && found.state === "running";
  const { title, colour } = isInterrupted
    ? { title: "Interrupted, can go on", colour: "yellow" }
    : stateWords[isRunning ? "running" : found.state];
  const { sets } = found.parts;
  return (
    <div>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Title order={2} size="h4">
            {found.name}
          </Title>
          <Group gap={8} mt={2}>
            <Badge variant="light" color={colour} data-testid="closeness-state">
              {title}
            </Badge>
            {found.specification.real.kind === "simulated" && (
              <Badge variant="outline" color="gray">
                stand-in for real
              </Badge>
            )}
          </Group>
        </div>
        <Group gap="xs" wrap="nowrap">
          {isRunning && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlayerStop size={15} />}
              disabled={stopping}
              onClick={() => closenessActions.stop()}
            >
              Stop
            </Button>
          )}
          {!isRunning && found.state !== "finished" && (
            <Button
              size="xs"
              leftSection={<IconPlayerPlay size={15} />}
              disabled={isBusy}
              onClick={() => reported(closenessActions.resume(found.id))}
            >
              Go on
            </Button>
          )}
          {found.parts.measures !== undefined && <Exports found={found} description={description} />}
        </Group>
      </Group>
      {isRunning && <ProgressBar />}
      {found.message !== "" && !isRunning && (
        <Text size="sm" c="red.8" mt={6}>
          {found.message}
        </Text>
      )}
      {sets !== undefined && (
        <Text size="xs" c="dimmed" mt={6}>
          {formatCount(sets.synthetic)} synthetic {found.specification.form}; {formatCount(sets.training)} of{" "}
          {sets.trainingPatients} training patients; {formatCount(sets.heldOut)} of {sets.heldOutPatients}{" "}
          patients held out, against which everything is measured. {sets.notes.join(" ")}
        </Text>
      )}
    </div>
  );
}

/** The only part of the page that changes a few times a second. */
function ProgressBar() {
  const progress = useStore(closeness, (state) => state.progress);
  return (
    <div data-testid="closeness-progress">
      <Progress
        mt="sm"
        size="sm"
        value={100 * (progress?.share ?? 0)}
        aria-label="Share of the measuring that is done"
      />
      <Text size="xs" c="dimmed" mt={4}>
        {progress?.activity ?? "Reading the sets"} …
        {progress !== null &&
          progress.secondsLeft !== null &&
          ` about ${formatDuration(progress.secondsLeft)} left`}
      </Text>
    </div>
  );
}

function Exports({
  found,
  description,
}: {
  readonly found: StoredCloseness;
  readonly description: ClosenessDescription;
}) {
  const name = `closeness-${found.id.slice(0, 8)}`;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconDownload size={15} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => saveFile(`${name}.csv`, "text/csv", [closenessCsv(found, description)])}>
          Numbers as CSV
        </Menu.Item>
        <Menu.Item onClick={() => saveFile(`${name}.json`, "application/json", [closenessJson(found)])}>
          Everything with its manifest as JSON
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
