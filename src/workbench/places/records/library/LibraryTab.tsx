import { Button, Drawer, Group, Paper, Stack, Text } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { IconFilter, IconTrash, IconUsersGroup } from "@tabler/icons-react";
import { startTransition, useEffect, useState } from "react";
import { useStore } from "zustand";
import { beatClasses } from "../../../../domain/libraryRecord.ts";
import type { Facets } from "../../../../records/library/facets.ts";
import { formatBytes, formatCount } from "../../../format.ts";
import { library, libraryActions } from "../../../state/library.ts";
import { reported } from "../../../state/report.ts";
import { actions } from "../../../state/store.ts";
import { workers } from "../../../workers.ts";
import classes from "../records.module.css";
import { Filters } from "./Filters.tsx";
import { GetData } from "./GetData.tsx";
import { RecordTable } from "./RecordTable.tsx";
import { useFacets } from "./useLibrary.ts";

/** The library: filters beside a table of all records. */
export function LibraryTab() {
  const facets = useFacets();
  const isNarrow = useMediaQuery("(max-width: 900px)", false, { getInitialValueInEffect: false });
  const [opened, { open, close }] = useDisclosure(false);
  // The filters come after the table: both at once would keep the page from answering for a moment.
  const [hasFilters, setHasFilters] = useState(false);
  useEffect(() => startTransition(() => setHasFilters(true)), []);
  if (facets === null) return null;
  if (facets.whole.records === 0) return <GetData empty />;
  return (
    <div className={classes.library}>
      {isNarrow ? (
        <Drawer opened={opened} onClose={close} title="Filters" size="sm">
          <Filters whole={facets.whole} />
        </Drawer>
      ) : (
        <Paper withBorder p="md" className={classes.filters}>
          {hasFilters && <Filters whole={facets.whole} />}
        </Paper>
      )}
      <Stack gap="sm" miw={0}>
        <Group justify="space-between" gap="xs">
          <Counts found={facets.found} whole={facets.whole} />
          <Group gap="xs">
            {isNarrow && (
              <Button size="xs" variant="default" leftSection={<IconFilter size={15} />} onClick={open}>
                Filters
              </Button>
            )}
            <Button
              size="xs"
              variant="light"
              leftSection={<IconUsersGroup size={15} />}
              onClick={() => libraryActions.show("cohorts")}
            >
              Make a cohort of these
            </Button>
            <DeleteFound count={facets.found.records} />
          </Group>
        </Group>
        <RecordTable />
        <GetData />
      </Stack>
    </div>
  );
}

function Counts({ found, whole }: { readonly found: Facets; readonly whole: Facets }) {
  const beats = beatClasses
    .filter((beatClass) => found.beats[beatClass] > 0)
    .map((beatClass) => `${formatCount(found.beats[beatClass])} ${beatClass}`);
  return (
    <div>
      <Text size="sm" fw={600} role="status" data-testid="found-records">
        {found.records === whole.records
          ? `${formatCount(found.records)} ${found.records === 1 ? "record" : "records"}`
          : `${formatCount(found.records)} of ${formatCount(whole.records)} records`}
        {` · ${formatCount(found.patients)} ${found.patients === 1 ? "patient" : "patients"}`}
      </Text>
      <Text size="xs" c="dimmed">
        {[
          beats.length > 0 ? `annotated beats: ${beats.join(" · ")}` : "no annotated beats",
          `${(found.duration / 3600).toFixed(1)} h`,
          formatBytes(found.byteSize),
        ].join(" · ")}
      </Text>
    </div>
  );
}

/** Deletes what the filters let through, after a second press. */
function DeleteFound({ count }: { readonly count: number }) {
  const { query } = useStore(library);
  const [sure, setSure] = useState(false);
  if (count === 0) return null;
  const remove = async () => {
    const { rows } = await workers.records.queryRecords(query, { key: "name", descending: false }, 0, count);
    await workers.records.remove(rows.map(({ hash }) => hash));
    actions.selectRecord(null);
  };
  return (
    <Button
      size="xs"
      variant={sure ? "filled" : "subtle"}
      color={sure ? "red" : "gray"}
      leftSection={<IconTrash size={15} />}
      onBlur={() => setSure(false)}
      onClick={() => {
        if (sure) reported(remove());
        setSure(!sure);
      }}
    >
      {sure ? `Really delete ${formatCount(count)}?` : "Delete these"}
    </Button>
  );
}
