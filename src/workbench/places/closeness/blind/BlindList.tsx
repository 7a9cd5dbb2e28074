import { Badge, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useLiveQuery } from "dexie-react-hooks";
import { useStore } from "zustand";
import { tally } from "../../../../evaluation/blindTest.ts";
import { listBlindTests } from "../../../../storage/closeness.ts";
import type { StoredBlindTest } from "../../../../storage/storedCloseness.ts";
import { DeleteButton } from "../../../controls/DeleteButton.tsx";
import { blindActions, blindTest } from "../../../state/blindTest.ts";
import { reported } from "../../../state/report.ts";
import { workers } from "../../../workers.ts";
import layout from "../../train/train.module.css";
import { formatShare } from "../numbers.ts";

/** Every test of this browser: to be gone on with, looked at, deleted. */
export function BlindList() {
  const tests = useLiveQuery(listBlindTests) ?? [];
  return (
    <Paper withBorder p="md" component="section" aria-label="Tests">
      <Title order={2} size="h5" mb="xs">
        Tests
      </Title>
      {tests.length === 0 && (
        <Text size="sm" c="dimmed">
          None yet.
        </Text>
      )}
      <Stack gap={6} data-testid="blind-tests">
        {tests.map((each) => (
          <Row key={each.id} test={each} />
        ))}
      </Stack>
    </Paper>
  );
}

function Row({ test }: { readonly test: StoredBlindTest }) {
  const { shown, sitting } = useStore(blindTest);
  const { specification, judged } = test;
  const isOver = judged.length >= specification.trials;
  const { accuracy, sensitivity } = tally(judged);
  const isShown = shown === test.id;
  const name = specification.judge === "" ? "A judge without a name" : specification.judge;
  const sources = specification.synthetic.map((source) => source.name).join("; ");
  return (
    <Group justify="space-between" gap="xs">
      <button
        type="button"
        className={layout.runName}
        aria-current={isShown}
        disabled={sitting !== null}
        onClick={() => blindActions.show(test.id)}
      >
        {name}: {sources}
      </button>
      <Group gap="xs">
        <Badge size="sm" variant="light" color={isOver ? "teal" : "yellow"}>
          {isOver
            ? `${formatShare(accuracy.share)} right${sensitivity === null ? "" : `, d′ ${sensitivity.sensitivity.toFixed(2).replace("-", "−")}`}`
            : `${judged.length} of ${specification.trials}`}
        </Badge>
        <Text size="xs" c="dimmed">
          {new Date(test.createdAt).toLocaleString("en-GB")}
        </Text>
        <DeleteButton
          tooltip="Delete the test"
          label={`Delete the test of ${name}`}
          disabled={sitting?.test.id === test.id}
          onDelete={() => {
            if (isShown) blindActions.show(null);
            reported(workers.training.removeBlindTest(test.id));
          }}
        />
      </Group>
    </Group>
  );
}
