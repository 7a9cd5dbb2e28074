import { Button, Group, Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useLiveQuery } from "dexie-react-hooks";
import { useRef, useState } from "react";
import { listCohorts } from "../../../../storage/cohorts.ts";
import { reported } from "../../../state/report.ts";
import { workers } from "../../../workers.ts";
import { CohortCard } from "./CohortCard.tsx";
import { CohortEditor } from "./CohortEditor.tsx";
import { Comparison } from "./Comparison.tsx";

/** Cohorts: named selections of records with their split, on which experiments train. */
export function CohortsTab() {
  const cohorts = useLiveQuery(listCohorts);
  const [compared, setCompared] = useState<readonly string[]>([]);
  const file = useRef<HTMLInputElement>(null);
  const toggle = (id: string) =>
    setCompared((before) =>
      before.includes(id) ? before.filter((other) => other !== id) : [...before.slice(-1), id],
    );
  const chosen = (cohorts ?? []).filter(({ id }) => compared.includes(id));
  return (
    <Stack gap="md">
      <CohortEditor />
      <Group justify="space-between">
        <Text fw={600}>{cohorts === undefined ? "" : `${cohorts.length} saved`}</Text>
        <input
          ref={file}
          type="file"
          accept=".json"
          hidden
          data-testid="pick-cohort"
          onChange={(event) => {
            const input = event.currentTarget;
            const [picked] = input.files ?? [];
            if (picked !== undefined) {
              reported(picked.text().then((text) => workers.records.importCohort(text, picked.name)));
            }
            input.value = "";
          }}
        />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconUpload size={15} />}
          onClick={() => file.current?.click()}
        >
          Import a definition
        </Button>
      </Group>
      {chosen.length === 2 && <Comparison one={chosen[0]} other={chosen[1]} />}
      {cohorts !== undefined && cohorts.length === 0 && (
        <Paper withBorder p="md">
          <Text size="sm" c="dimmed">
            None yet. Narrow the library with its filters, choose a split above, and give the cohort a name.
          </Text>
        </Paper>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        {(cohorts ?? []).map((cohort) => (
          <CohortCard
            key={cohort.id}
            cohort={cohort}
            compared={compared.includes(cohort.id)}
            onCompare={() => toggle(cohort.id)}
          />
        ))}
      </SimpleGrid>
    </Stack>
  );
}
