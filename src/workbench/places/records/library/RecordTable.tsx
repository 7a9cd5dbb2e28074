import { ActionIcon, Badge, Group, Menu, Text, TextInput, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconDots, IconPencil, IconTrash } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { meaningOf } from "../../../../domain/labels.ts";
import { beatClasses, datasets, durationOf, type LibraryRecord } from "../../../../domain/libraryRecord.ts";
import type { SortKey } from "../../../../records/library/query.ts";
import { formatDuration } from "../../../format.ts";
import { library, libraryActions } from "../../../state/library.ts";
import { reported } from "../../../state/report.ts";
import { actions, workbench } from "../../../state/store.ts";
import { workers } from "../../../workers.ts";
import classes from "../records.module.css";
import { SyntheticBadge } from "../SyntheticBadge.tsx";
import { useRows } from "./useLibrary.ts";

/** CSS pixels. */
const rowHeight = 44;

interface Column {
  readonly title: string;
  readonly sort: SortKey | null;
  /** Left out where there is little room. */
  readonly wide?: boolean;
  readonly cell: (record: LibraryRecord) => React.ReactNode;
}

const columns: readonly Column[] = [
  { title: "Name", sort: "name", cell: (record) => <NameCell record={record} /> },
  { title: "Patient", sort: "patient", wide: true, cell: (record) => record.patient ?? "–" },
  { title: "Age, sex", sort: "age", cell: ageAndSex },
  { title: "Labels", sort: null, cell: (record) => <Labels labels={record.labels} /> },
  { title: "Length", sort: "duration", wide: true, cell: (record) => formatDuration(durationOf(record)) },
  { title: "Beats", sort: "beats", cell: beats },
  {
    title: "Rate, 1/min",
    sort: "heartRate",
    wide: true,
    cell: (record) => (record.heartRate === null ? "–" : Math.round(record.heartRate)),
  },
  { title: "Signal", sort: null, wide: true, cell: (record) => record.quality },
];

/** The records that the filters let through; only what is in sight is there. */
export function RecordTable() {
  const rows = useRows();
  const scroller = useRef<HTMLDivElement>(null);
  const { order } = useStore(library);
  const virtual = useVirtualizer({
    count: rows?.total ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const [from, to] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  const need = rows?.need;
  useEffect(() => need?.(from, to), [need, from, to]);
  if (rows === null) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table of which only some rows are there cannot be a table element
    <div role="table" aria-label="Records" aria-rowcount={rows.total + 1} className={classes.table}>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="rowgroup">
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        <div role="row" tabIndex={-1} aria-rowindex={1} className={classes.tableHead}>
          {columns.map(({ title, sort, wide }) => {
            const sorted = sort === order.key;
            return (
              // biome-ignore lint/a11y/useSemanticElements: as above
              <div
                key={title}
                role="columnheader"
                tabIndex={-1}
                data-wide={wide || undefined}
                aria-sort={sorted ? (order.descending ? "descending" : "ascending") : undefined}
              >
                {sort === null ? (
                  title
                ) : (
                  <UnstyledButton className={classes.sort} onClick={() => libraryActions.sort(sort)}>
                    {title}
                    {sorted && (order.descending ? <IconArrowDown size={13} /> : <IconArrowUp size={13} />)}
                  </UnstyledButton>
                )}
              </div>
            );
          })}
          {/* biome-ignore lint/a11y/useSemanticElements: as above */}
          <div role="columnheader" tabIndex={-1}>
            <span className="visuallyHidden">Actions</span>
          </div>
        </div>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div ref={scroller} role="rowgroup" className={classes.tableBody} data-testid="record-rows">
        <div style={{ height: virtual.getTotalSize(), position: "relative" }} role="presentation">
          {items.map(({ index, start }) => (
            <RecordRow key={index} index={index} top={start} record={rows.row(index)} />
          ))}
        </div>
      </div>
    </div>
  );
}

function RecordRow({
  index,
  top,
  record,
}: {
  readonly index: number;
  readonly top: number;
  readonly record: LibraryRecord | undefined;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table of which only some rows are there cannot be a table element
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      className={classes.tableRow}
      style={{ transform: `translateY(${top}px)`, height: rowHeight }}
      data-record={record?.recordName}
    >
      {columns.map(({ title, wide, cell }) => (
        // biome-ignore lint/a11y/useSemanticElements: as above
        <div key={title} role="cell" data-wide={wide || undefined} data-column={title}>
          {record === undefined ? "…" : cell(record)}
        </div>
      ))}
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="cell">{record !== undefined && <RowMenu record={record} />}</div>
    </div>
  );
}

/** Opens a record on its own page. */
export function openRecord(record: LibraryRecord): void {
  const lead = record.analysedLead ?? record.leads[0]?.name ?? "";
  actions.selectRecord({ hash: record.hash, lead, start: 0, beat: null });
  libraryActions.show("record");
}

function NameCell({ record }: { readonly record: LibraryRecord }) {
  return (
    <Group gap={6} wrap="nowrap" className={classes.nameCell}>
      <UnstyledButton className={classes.name} onClick={() => openRecord(record)}>
        {record.name}
      </UnstyledButton>
      <SyntheticBadge record={record} />
      <Text size="xs" c="dimmed" truncate className={classes.dataset}>
        {datasets[record.dataset]}
      </Text>
    </Group>
  );
}

function ageAndSex({ age, sex }: LibraryRecord): string {
  if (age === null && sex === null) return "–";
  const years = age === null ? "?" : age >= 90 ? "≥ 90" : String(Math.round(age));
  return sex === null ? years : `${years} ${sex === "female" ? "F" : "M"}`;
}

const mostLabels = 4;

function Labels({ labels }: { readonly labels: readonly string[] }) {
  return (
    <Group gap={4} wrap="nowrap" className={classes.labels}>
      {labels.slice(0, mostLabels).map((label) => (
        <Badge
          key={label}
          size="sm"
          variant="default"
          radius="sm"
          tt="none"
          fw={500}
          title={meaningOf(label)}
        >
          {label}
        </Badge>
      ))}
      {labels.length > mostLabels && (
        <Text size="xs" c="dimmed">
          +{labels.length - mostLabels}
        </Text>
      )}
    </Group>
  );
}

function beats({ beatCount, beatCounts }: LibraryRecord): React.ReactNode {
  const others = beatClasses
    .slice(1)
    .filter((beatClass) => beatCounts[beatClass] > 0)
    .map((beatClass) => `${beatCounts[beatClass]} ${beatClass}`);
  return (
    <span className={classes.beats}>
      {beatCount}
      {others.length > 0 && <small> {others.join(" · ")}</small>}
    </span>
  );
}

function RowMenu({ record }: { readonly record: LibraryRecord }) {
  const [name, setName] = useState<string | null>(null);
  const rename = () => {
    if (name !== null && name !== record.name) reported(workers.records.rename(record.hash, name));
    setName(null);
  };
  const remove = () => {
    if (workbench.getState().record?.hash === record.hash) actions.selectRecord(null);
    reported(workers.records.remove([record.hash]));
  };
  if (name !== null) {
    return (
      <TextInput
        size="xs"
        className={classes.rename}
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
    );
  }
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${record.name}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setName(record.name)}>
          Rename
        </Menu.Item>
        <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={remove}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
