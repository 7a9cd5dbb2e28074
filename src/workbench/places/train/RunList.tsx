import {
  ActionIcon,
  Badge,
  Button,
  Checkbox,
  Group,
  Paper,
  Table,
  Text,
  Title,
  Tooltip,
} from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useStore } from "zustand";
import { agreementAt, averagePrecision } from "../../../evaluation/metrics/classification.ts";
import type { StoredRun } from "../../../storage/trainings.ts";
import { TableScroll } from "../../controls/TableScroll.tsx";
import { formatDuration } from "../../format.ts";
import { reported } from "../../state/report.ts";
import { training, trainingActions } from "../../state/training.ts";
import { workers } from "../../workers.ts";
import { ImportNetwork } from "./NetworkPanel.tsx";
import classes from "./train.module.css";
import { stateWords, useRuns } from "./useRuns.ts";

/** Runs that are listed at first, and with every wish for more: an experiment makes hundreds. */
const shownAtOnce = 12;

/** Every run of this browser: to be looked at, compared, gone on with, deleted. */
export function RunList() {
  const runs = useRuns();
  const [count, setCount] = useState(shownAtOnce);
  if (runs === null) return null;
  return (
    <Paper withBorder p="md" component="section" aria-label="Runs">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          Runs
        </Title>
        <ImportNetwork />
      </Group>
      {runs.length === 0 && (
        <Text size="sm" c="dimmed">
          None yet.
        </Text>
      )}
      <TableScroll label="Runs, table" hidden={runs.length === 0}>
        <Table className={classes.runs} verticalSpacing={4} data-testid="runs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Run</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th>F1</Table.Th>
              <Table.Th>AUPRC</Table.Th>
              <Table.Th>Time</Table.Th>
              <Table.Th>Compare</Table.Th>
              <Table.Th aria-label="Delete" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {runs.slice(0, count).map((run) => (
              <RunRow key={run.id} run={run} />
            ))}
          </Table.Tbody>
        </Table>
      </TableScroll>
      {runs.length > count && (
        <Button mt="xs" size="xs" variant="default" onClick={() => setCount(count + shownAtOnce)}>
          Show more of {runs.length}
        </Button>
      )}
    </Paper>
  );
}

function RunRow({ run }: { readonly run: StoredRun }) {
  const isShown = useStore(training, ({ shown }) => shown === run.id);
  const isCompared = useStore(training, ({ compared }) => compared === run.id);
  const isOn = useStore(training, ({ running }) => running === run.id);
  const words = isOn
    ? stateWords.running
    : run.state === "running"
      ? { title: "Interrupted", colour: "yellow" }
      : stateWords[run.state];
  const scores = scoresOf(run);
  return (
    <Table.Tr>
      <Table.Td>
        <button
          type="button"
          className={classes.runName}
          aria-current={isShown}
          onClick={() => trainingActions.show(run.id)}
        >
          {run.name}
        </button>
        <Text size="xs" c="dimmed">
          {new Date(run.createdAt).toLocaleString("en-GB")} · {run.id.slice(0, 8)}
        </Text>
      </Table.Td>
      <Table.Td>
        <Badge size="sm" variant="light" color={words.colour}>
          {words.title}
        </Badge>
      </Table.Td>
      <Table.Td>{scores?.f1.toFixed(3) ?? "–"}</Table.Td>
      <Table.Td>{scores?.auprc?.toFixed(3) ?? "–"}</Table.Td>
      <Table.Td>{run.seconds > 0 ? formatDuration(run.seconds) : "–"}</Table.Td>
      <Table.Td>
        <Checkbox
          size="xs"
          aria-label={`Compare with ${run.name}`}
          disabled={isShown || run.phases.length === 0}
          checked={isCompared}
          onChange={(event) => trainingActions.compare(event.currentTarget.checked ? run.id : null)}
        />
      </Table.Td>
      <Table.Td>
        <DeleteButton run={run} disabled={isOn} />
      </Table.Td>
    </Table.Tr>
  );
}

function scoresOf({ result }: StoredRun) {
  if (result === null) return null;
  const truths = Array.from(result.labels, (label) => label === 1);
  return {
    f1: agreementAt(result.probabilities, truths, 0.5).f1,
    auprc: averagePrecision(result.probabilities, truths),
  };
}

function DeleteButton({ run, disabled }: { readonly run: StoredRun; readonly disabled: boolean }) {
  const [sure, setSure] = useState(false);
  const remove = () => {
    if (training.getState().shown === run.id) trainingActions.show(null);
    reported(workers.training.removeRuns([run.id]));
  };
  return (
    <Group justify="flex-end">
      {sure ? (
        <Button size="compact-xs" color="red" autoFocus onBlur={() => setSure(false)} onClick={remove}>
          Really delete?
        </Button>
      ) : (
        <Tooltip label="Delete the run; its network stays" openDelay={400}>
          <ActionIcon
            variant="subtle"
            color="gray"
            disabled={disabled}
            aria-label={`Delete ${run.name}`}
            onClick={() => setSure(true)}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Tooltip>
      )}
    </Group>
  );
}
