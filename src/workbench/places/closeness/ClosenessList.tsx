import { Badge, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useLiveQuery } from "dexie-react-hooks";
import { useStore } from "zustand";
import { placeOf, verdictCounts } from "../../../evaluation/closeness/reading.ts";
import { listCloseness } from "../../../storage/closeness.ts";
import type { StoredCloseness } from "../../../storage/storedCloseness.ts";
import { DeleteButton } from "../../controls/DeleteButton.tsx";
import { closeness, closenessActions } from "../../state/closeness.ts";
import { reported } from "../../state/report.ts";
import { workers } from "../../workers.ts";
import layout from "../train/train.module.css";

/** Every comparison of this browser: to be looked at, set beside another, deleted. */
export function ClosenessList() {
  const all = useLiveQuery(listCloseness) ?? [];
  return (
    <Paper withBorder p="md" component="section" aria-label="Comparisons">
      <Title order={2} size="h5" mb="xs">
        Comparisons
      </Title>
      {all.length === 0 && (
        <Text size="sm" c="dimmed">
          None yet.
        </Text>
      )}
      <Stack gap={6} data-testid="comparisons">
        {all.map((each) => (
          <Row key={each.id} found={each} />
        ))}
      </Stack>
    </Paper>
  );
}

function Row({ found }: { readonly found: StoredCloseness }) {
  const shown = useStore(closeness, (state) => state.shown);
  const isBeside = useStore(closeness, ({ beside }) => beside === found.id);
  const isOn = useStore(closeness, ({ running }) => running === found.id);
  const isShown = shown === found.id;
  const described = useStore(closeness, ({ description }) => description?.measures ?? null);
  const counts = verdictCounts(
    (found.parts.measures ?? []).map((entry) => placeOf(entry, described?.[entry.key]?.better ?? "lower")),
  );
  const told = counts.real + counts.near + counts.between + counts.far;
  return (
    <Group justify="space-between" gap="xs">
      <button
        type="button"
        className={layout.runName}
        aria-current={isShown}
        onClick={() => closenessActions.show(found.id)}
      >
        {found.name}
      </button>
      <Group gap="xs">
        {told > 0 && (
          <Badge size="sm" variant="light" color="gray">
            {counts.real + counts.near} of {told} near real
          </Badge>
        )}
        <Text size="xs" c="dimmed">
          {new Date(found.createdAt).toLocaleString("en-GB")}
        </Text>
        {shown !== null && !isShown && told > 0 && (
          <Button
            size="compact-xs"
            variant={isBeside ? "filled" : "default"}
            aria-pressed={isBeside}
            onClick={() => closenessActions.compareWith(isBeside ? null : found.id)}
          >
            Side by side
          </Button>
        )}
        <DeleteButton
          tooltip="Delete the comparison"
          label={`Delete ${found.name}`}
          disabled={isOn}
          onDelete={() => {
            if (isShown) closenessActions.show(null);
            reported(workers.training.removeCloseness(found.id));
          }}
        />
      </Group>
    </Group>
  );
}
