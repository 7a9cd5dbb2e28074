import { Anchor, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { CellResult, ExampleReference } from "../../../domain/experiment.ts";
import type { StoredRun } from "../../../storage/trainings.ts";
import { formatCount } from "../../format.ts";
import { libraryActions } from "../../state/library.ts";
import { actions } from "../../state/store.ts";
import { useAnswer } from "../../useAnswer.ts";
import { workers } from "../../workers.ts";
import type { MatrixCell } from "./ConfusionMatrix.tsx";
import { ExampleStrip } from "./ExampleStrip.tsx";
import classes from "./train.module.css";

/** Strips that are drawn at first, and with every wish for more. */
const shownAtOnce = 4;

/** Recordings of the test set: those of a cell of the matrix, or all, the most wrong first. */
export function ExampleList({
  run,
  result,
  threshold,
  cell,
  onClear,
}: {
  readonly run: StoredRun;
  readonly result: CellResult;
  readonly threshold: number;
  readonly cell: MatrixCell | null;
  onClear(): void;
}) {
  const [count, setCount] = useState(shownAtOnce);
  const { probabilities, labels } = result;
  const indices = [...labels.keys()]
    .filter(
      (index) =>
        cell === null ||
        ((labels[index] === 1) === cell.isPositive && probabilities[index] >= threshold === cell.isDecided),
    )
    .sort((one, other) => wrongness(result, other) - wrongness(result, one));
  const words =
    cell === null
      ? "The most wrong recordings"
      : `${formatCount(indices.length)} recordings that ${cell.isPositive ? "have it" : "are normal"} and were ${cell.isDecided ? "decided to have it" : "decided to be normal"}`;
  return (
    <Paper withBorder p="md" component="section" aria-label="Recordings" data-testid="examples">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          {words}
        </Title>
        {cell !== null && (
          <Button size="compact-sm" variant="subtle" onClick={onClear}>
            Show all
          </Button>
        )}
      </Group>
      <Text size="xs" c="dimmed" mb="sm">
        Shaded where the network looked: gradient × input of its logit, by size.
      </Text>
      <div className={classes.examples}>
        {indices.slice(0, count).map((index) => (
          <Example
            key={index}
            runId={run.id}
            reference={result.examples[index]}
            isPositive={labels[index] === 1}
            probability={probabilities[index]}
            lead={run.cell.form.lead}
          />
        ))}
      </div>
      {indices.length === 0 && <Text size="sm">There are none.</Text>}
      {count < indices.length && (
        <Button mt="sm" size="xs" variant="default" onClick={() => setCount(count + shownAtOnce)}>
          Show more of {formatCount(indices.length)}
        </Button>
      )}
    </Paper>
  );
}

const wrongness = ({ probabilities, labels }: CellResult, index: number) =>
  labels[index] === 1 ? 1 - probabilities[index] : probabilities[index];

function Example({
  runId,
  reference,
  isPositive,
  probability,
  lead,
}: {
  readonly runId: string;
  readonly reference: ExampleReference;
  readonly isPositive: boolean;
  readonly probability: number;
  readonly lead: string;
}) {
  const key = `${runId} ${JSON.stringify(reference)}`;
  const explained = useAnswer(key, () => workers.training.explainExample(runId, reference));
  const name = reference.kind === "record" ? reference.name : `Synthetic, seed ${reference.seed}`;
  const open = () => {
    if (reference.kind !== "record") return;
    actions.selectRecord({ hash: reference.hash, lead, start: 0, beat: null });
    libraryActions.show("record");
    actions.go("records");
  };
  return (
    <Stack gap={2} className={classes.example} data-testid="example">
      <Group gap="xs" justify="space-between">
        <Text size="sm">
          {reference.kind === "record" ? (
            <Anchor component="button" type="button" size="sm" onClick={open}>
              {name}
            </Anchor>
          ) : (
            name
          )}
        </Text>
        <Text size="sm">
          {isPositive ? "has it" : "is normal"}; probability <b>{probability.toFixed(3)}</b>
        </Text>
      </Group>
      <ExampleStrip explained={explained} label={`${name}, with where the network looked`} />
    </Stack>
  );
}
