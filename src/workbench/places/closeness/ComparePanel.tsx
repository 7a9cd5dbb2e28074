import { Paper, Table, Text, Title } from "@mantine/core";
import { useLiveQuery } from "dexie-react-hooks";
import { placeOf, verdictWords } from "../../../evaluation/closeness/reading.ts";
import type { ClosenessEntry } from "../../../evaluation/closeness/report.ts";
import type { ClosenessDescription, MeasureDescription } from "../../../services/training/closeness.ts";
import { findCloseness } from "../../../storage/closeness.ts";
import type { StoredCloseness } from "../../../storage/storedCloseness.ts";
import { TableScroll } from "../../controls/TableScroll.tsx";
import classes from "./closeness.module.css";
import { formatInterval, formatNumber } from "./numbers.ts";
import { ScaleBar } from "./ScaleBar.tsx";

/** Two comparisons, measure by measure: each on the way between its own anchors. */
export function ComparePanel({
  found,
  otherId,
  description,
}: {
  readonly found: StoredCloseness;
  readonly otherId: string;
  readonly description: ClosenessDescription;
}) {
  const other = useLiveQuery(async () => findCloseness(otherId), [otherId]) ?? null;
  if (other === null) return null;
  const others = new Map((other.parts.measures ?? []).map((entry) => [entry.key, entry]));
  return (
    <Paper withBorder p="md" component="section" aria-label="Side by side" data-testid="side-by-side">
      <Title order={2} size="h5">
        Side by side
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        A: {found.name}. B: {other.name}. Values of different real sets or numbers of rows cannot be compared;
        the places between their anchors can.
      </Text>
      <TableScroll label="Side by side, table">
        <Table className={classes.table} verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Measure</Table.Th>
              <Table.Th className={classes.number}>A</Table.Th>
              <Table.Th className={classes.barColumn}>A, real to noise</Table.Th>
              <Table.Th className={classes.number}>B</Table.Th>
              <Table.Th className={classes.barColumn}>B, real to noise</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {(found.parts.measures ?? []).map((entry) => (
              <Table.Tr key={entry.key}>
                <Table.Td>{description.measures[entry.key].title}</Table.Td>
                <Side
                  entry={entry}
                  better={description.measures[entry.key].better}
                  isUnseen={found.parts.sets?.isUnseen ?? true}
                />
                <Side
                  entry={others.get(entry.key) ?? null}
                  better={description.measures[entry.key].better}
                  isUnseen={other.parts.sets?.isUnseen ?? true}
                />
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </TableScroll>
    </Paper>
  );
}

function Side({
  entry,
  better,
  isUnseen,
}: {
  readonly entry: ClosenessEntry | null;
  readonly better: MeasureDescription["better"];
  readonly isUnseen: boolean;
}) {
  if (entry === null || entry.value === null) {
    return (
      <>
        <Table.Td className={classes.number}>–</Table.Td>
        <Table.Td />
      </>
    );
  }
  const { value, interval, intervalReason } = entry;
  const place = placeOf(entry, better);
  return (
    <>
      <Table.Td className={classes.number}>
        {formatNumber(value)}
        <span className={classes.interval}>{formatInterval(interval, intervalReason)}</span>
      </Table.Td>
      <Table.Td>
        {place !== null && <ScaleBar place={place} />}
        <span className={classes.interval}>{verdictWords(place, isUnseen, "")}</span>
      </Table.Td>
    </>
  );
}
