import { ActionIcon, Table, Text } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { Fragment, useState } from "react";
import { placeOf, verdictWords } from "../../../evaluation/closeness/reading.ts";
import type { ClosenessEntry } from "../../../evaluation/closeness/report.ts";
import type { MeasureDescription } from "../../../services/training/closeness.ts";
import { TableScroll } from "../../controls/TableScroll.tsx";
import classes from "./closeness.module.css";
import { formatInterval, formatNumber, unitOf } from "./numbers.ts";
import { ScaleBar } from "./ScaleBar.tsx";

/** Measures of one kind: value, both anchors, and where the value lies between them. */
export function MeasureTable({
  title,
  says,
  entries,
  measures,
  unit,
  isUnseen,
}: {
  readonly title: string;
  readonly says: string;
  readonly entries: readonly ClosenessEntry<string>[];
  readonly measures: Readonly<Record<string, MeasureDescription>>;
  /** Of the rows. */
  readonly unit: string;
  readonly isUnseen: boolean;
}) {
  const [open, setOpen] = useState<string | null>(null);
  if (entries.length === 0) return null;
  return (
    <section aria-label={title} className={classes.group}>
      <Text fw={600} size="sm">
        {title}
      </Text>
      <Text size="xs" c="dimmed" mb={4}>
        {says}
      </Text>
      <TableScroll label={`${title}, table`}>
        <Table className={classes.table} verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Measure</Table.Th>
              <Table.Th className={classes.number}>Synthetic</Table.Th>
              <Table.Th className={classes.number}>Other real patients</Table.Th>
              <Table.Th className={classes.number}>Noise</Table.Th>
              <Table.Th className={classes.barColumn}>
                <span className={classes.ends}>
                  <span>real</span>
                  <span>noise</span>
                </span>
              </Table.Th>
              <Table.Th>Reading</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {entries.map((entry) => {
              const measure = measures[entry.key];
              const isOpen = open === entry.key;
              return (
                <Fragment key={entry.key}>
                  <Table.Tr data-testid={`measure-${entry.key}`}>
                    <Table.Td>
                      <span className={classes.name}>
                        {measure.title}
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          size="sm"
                          aria-label={`What is ${measure.title}?`}
                          aria-expanded={isOpen}
                          onClick={() => setOpen(isOpen ? null : entry.key)}
                        >
                          <IconInfoCircle size={14} />
                        </ActionIcon>
                      </span>
                    </Table.Td>
                    <Cells
                      entry={entry}
                      measure={measure}
                      unit={unitOf(measure.unit, unit)}
                      isUnseen={isUnseen}
                    />
                  </Table.Tr>
                  {isOpen && (
                    <Table.Tr>
                      <Table.Td colSpan={6} className={classes.explained}>
                        {measure.says} <span className={classes.paper}>{measure.paper}</span>
                        {entry.probability !== null && entry.nearProbability !== null && (
                          <>
                            {" "}
                            Were both sets of one distribution, so large a value would have the probability{" "}
                            {formatNumber(entry.probability)} by permutation of rows; between the two sets of
                            real patients it is {formatNumber(entry.nearProbability)}. Rows of a patient are
                            alike, so read it only beside that one.
                          </>
                        )}{" "}
                        {entry.rows} rows of each set.
                      </Table.Td>
                    </Table.Tr>
                  )}
                </Fragment>
              );
            })}
          </Table.Tbody>
        </Table>
      </TableScroll>
      {entries.map(
        ({ key, note }) =>
          note !== undefined && (
            <Text key={key} size="xs" c="dimmed" mt={4} data-testid={`note-${key}`}>
              {measures[key].title}: {note}
            </Text>
          ),
      )}
    </section>
  );
}

function Cells({
  entry,
  measure,
  unit,
  isUnseen,
}: {
  readonly entry: ClosenessEntry<string>;
  readonly measure: MeasureDescription;
  readonly unit: string;
  readonly isUnseen: boolean;
}) {
  const { value, interval, intervalReason, near, nearInterval, nearIntervalReason, far, reason, note } =
    entry;
  const place = placeOf(entry, measure.better);
  if (value === null) {
    return (
      <Table.Td colSpan={5}>
        <Text size="xs" c="dimmed">
          {reason}
        </Text>
      </Table.Td>
    );
  }
  return (
    <>
      <Table.Td className={classes.number}>
        {formatNumber(value)}
        {unit !== "" && ` ${unit}`}
        <span className={classes.interval}>{formatInterval(interval, intervalReason)}</span>
        {note !== undefined && <span className={classes.interval}>few rows, see below</span>}
      </Table.Td>
      <Table.Td className={classes.number}>
        {formatNumber(near)}
        <span className={classes.interval}>{formatInterval(nearInterval, nearIntervalReason)}</span>
      </Table.Td>
      <Table.Td className={classes.number}>{formatNumber(far)}</Table.Td>
      <Table.Td>{place !== null && <ScaleBar place={place} />}</Table.Td>
      <Table.Td className={classes.verdict}>{verdictWords(place, isUnseen, "noise is no worse")}</Table.Td>
    </>
  );
}
