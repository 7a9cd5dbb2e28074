import { Alert, Button, Container, Group, Stack, Tabs, Text, Title } from "@mantine/core";
import { IconPlayerSkipForward } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { formatBytes } from "../../format.ts";
import { followLibrary, type LibraryView, library, libraryActions } from "../../state/library.ts";
import { reported } from "../../state/report.ts";
import { workbench } from "../../state/store.ts";
import { useAnswer } from "../../useAnswer.ts";
import { workers } from "../../workers.ts";
import { CohortsTab } from "./cohorts/CohortsTab.tsx";
import { importState } from "./imports/importing.ts";
import { PickFiles } from "./imports/PickFiles.tsx";
import { LibraryTab } from "./library/LibraryTab.tsx";
import { RecordPage } from "./record/RecordPage.tsx";

/** The library of records, a page for each, and the cohorts made of them. */
export function RecordsPlace() {
  const { view } = useStore(library);
  const hasRecord = useStore(workbench, (state) => state.record !== null);
  useEffect(followLibrary, []);
  // A record that was closed or deleted has no page.
  const shown: LibraryView = view === "record" && !hasRecord ? "list" : view;
  return (
    <Container size={1500} py="md">
      <Stack gap="md">
        <Group justify="space-between" gap="xs">
          <div>
            <Title order={1} size="h3">
              Records
            </Title>
            <Text size="sm" c="dimmed">
              They are stored in this browser and never leave it.
            </Text>
          </div>
          <PickFiles compact />
        </Group>
        <Interrupted />
        <Tabs
          value={shown === "record" ? "list" : shown}
          onChange={(next) => libraryActions.show(next === "cohorts" ? "cohorts" : "list")}
          keepMounted={false}
        >
          <Tabs.List mb="md">
            <Tabs.Tab value="list">Library</Tabs.Tab>
            <Tabs.Tab value="cohorts">Cohorts</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="list">{shown === "record" ? <RecordPage /> : <LibraryTab />}</Tabs.Panel>
          <Tabs.Panel value="cohorts">
            <CohortsTab />
          </Tabs.Panel>
        </Tabs>
        <StorageUse />
      </Stack>
    </Container>
  );
}

/** An import whose tab was closed in the middle: what is stored is there, and the rest can follow. */
function Interrupted() {
  const [closed, setClosed] = useState(false);
  const phase = useStore(importState, (state) => state.phase.kind);
  // An import that runs takes up what was interrupted: asked again when it has ended.
  const interrupted = useAnswer(phase === "running" ? null : `interrupted ${phase}`, () =>
    workers.records.interruptedImports(),
  );
  if (closed || interrupted === null || interrupted.length === 0) return null;
  const dismiss = () => {
    reported(workers.records.dismissImports(interrupted.map(({ id }) => id)));
    setClosed(true);
  };
  return (
    <Alert color="yellow" title="An import did not finish" data-testid="interrupted-import">
      <Stack gap="xs">
        {interrupted.map(({ id, title, stored, total }) => (
          <Text key={id} size="sm">
            {title}: {stored} of {total} records are stored, whole. Choose or drop the same files again, and
            it goes on where it stopped.
          </Text>
        ))}
        <Group gap="xs">
          <PickFiles onPicked={dismiss} />
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            leftSection={<IconPlayerSkipForward size={15} />}
            onClick={dismiss}
          >
            Leave it at that
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

function StorageUse() {
  const { revision } = useStore(library);
  const estimate = useAnswer(`room ${revision}`, () => navigator.storage.estimate(), true);
  if (estimate?.usage === undefined || estimate.quota === undefined) return null;
  return (
    <Text size="xs" c="dimmed" data-testid="storage-use">
      {formatBytes(estimate.usage)} of about {formatBytes(estimate.quota)} in use by this page.
    </Text>
  );
}
