import {
  ActionIcon,
  Button,
  Container,
  Group,
  Paper,
  Stack,
  Table,
  Text,
  TextInput,
  Title,
  Tooltip,
} from "@mantine/core";
import { IconEye, IconPencil, IconTrash } from "@tabler/icons-react";
import { useLiveQuery } from "dexie-react-hooks";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { StoredRecord } from "../../../storage/database.ts";
import { listRecords } from "../../../storage/records.ts";
import { reported } from "../../state/report.ts";
import { actions, workbench } from "../../state/store.ts";
import { workers } from "../../workers.ts";
import { PickFiles } from "./PickFiles.tsx";
import { RecordCard } from "./RecordCard.tsx";

/** The stored records: open, rename, delete, and how much room they take. */
export function RecordsPlace() {
  const records = useLiveQuery(listRecords);
  const selected = useStore(workbench, (state) => state.record);
  return (
    <Container size="xl" py="md">
      <Stack gap="md">
        <Group justify="space-between">
          <div>
            <Title order={1} size="h3">
              Records
            </Title>
            <Text size="sm" c="dimmed">
              Real recordings that you brought. They are stored in this browser and never leave it.
            </Text>
          </div>
          <PickFiles />
        </Group>
        {selected !== null && <RecordCard />}
        {records !== undefined && records.length > 0 && <RecordTable records={records} />}
        {records !== undefined && records.length === 0 && <NoRecords />}
        <StorageUse count={records?.length ?? 0} />
      </Stack>
    </Container>
  );
}

function NoRecords() {
  return (
    <Paper withBorder p="lg">
      <Text fw={600}>No records yet</Text>
      <Text size="sm" c="dimmed" maw={640}>
        Drop the files of a WFDB record (.hea, .dat and, if there is one, .atr), a folder, or a zip anywhere
        on this page. Open databases such as MIT-BIH and PTB-XL are at physionet.org.
      </Text>
    </Paper>
  );
}

function RecordTable({ records }: { readonly records: readonly StoredRecord[] }) {
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table highlightOnHover verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>Leads</Table.Th>
            <Table.Th>Length</Table.Th>
            <Table.Th>Rate</Table.Th>
            <Table.Th>Beats</Table.Th>
            <Table.Th>Size</Table.Th>
            <Table.Th>
              <span className="visuallyHidden">Actions</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {records.map((record) => (
            <RecordRow key={record.hash} record={record} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function RecordRow({ record }: { readonly record: StoredRecord }) {
  const [name, setName] = useState<string | null>(null);
  const open = () => {
    const lead = record.leads.find((each) => /^(ml)?ii$/i.test(each.name)) ?? record.leads[0];
    actions.selectRecord({ hash: record.hash, lead: lead.name, start: 0, beat: null });
  };
  const rename = () => {
    if (name !== null) reported(workers.records.rename(record.hash, name));
    setName(null);
  };
  return (
    <Table.Tr data-record={record.recordName}>
      <Table.Td>
        {name === null ? (
          <Button variant="subtle" size="compact-sm" onClick={open}>
            {record.name}
          </Button>
        ) : (
          <TextInput
            size="xs"
            aria-label="New name"
            autoFocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            onBlur={rename}
            onKeyDown={(event) => {
              if (event.key === "Enter") rename();
              if (event.key === "Escape") setName(null);
            }}
          />
        )}
      </Table.Td>
      <Table.Td>{record.leads.map((lead) => lead.name).join(", ")}</Table.Td>
      <Table.Td>{(record.length / record.samplingFrequency).toFixed(1)} s</Table.Td>
      <Table.Td>{record.samplingFrequency} Hz</Table.Td>
      <Table.Td>{record.beatCount}</Table.Td>
      <Table.Td>{formatBytes(record.byteSize)}</Table.Td>
      <Table.Td>
        <Group gap={2} wrap="nowrap" justify="flex-end">
          <RowButton label={`Open ${record.name}`} onClick={open} icon={<IconEye size={16} />} />
          <RowButton
            label={`Rename ${record.name}`}
            onClick={() => setName(record.name)}
            icon={<IconPencil size={16} />}
          />
          <RowButton
            label={`Delete ${record.name}`}
            onClick={() => {
              if (workbench.getState().record?.hash === record.hash) actions.selectRecord(null);
              reported(workers.records.remove(record.hash));
            }}
            icon={<IconTrash size={16} />}
          />
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function RowButton({
  label,
  icon,
  onClick,
}: {
  readonly label: string;
  readonly icon: React.ReactNode;
  onClick(): void;
}) {
  return (
    <Tooltip label={label} openDelay={400}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

function StorageUse({ count }: { readonly count: number }) {
  const [estimate, setEstimate] = useState<StorageEstimate | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the use changes with the number of records
  useEffect(() => {
    reported(navigator.storage.estimate().then(setEstimate));
  }, [count]);
  if (estimate?.usage === undefined || estimate.quota === undefined) return null;
  return (
    <Text size="xs" c="dimmed" data-testid="storage-use">
      {formatBytes(estimate.usage)} of about {formatBytes(estimate.quota)} in use by this page.
    </Text>
  );
}

function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}
