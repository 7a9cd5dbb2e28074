import { Table, Text } from "@mantine/core";
import { placeOf, verdictWords } from "../../../evaluation/closeness/reading.ts";
import type { TraitEntry } from "../../../evaluation/closeness/traitReport.ts";
import type { Interval } from "../../../evaluation/statistics/bootstrap.ts";
import type { ClosenessDescription } from "../../../services/training/closeness.ts";
import { TableScroll } from "../../controls/TableScroll.tsx";
import classes from "./closeness.module.css";
import { formatInterval, formatNumber, formatShare } from "./numbers.ts";
import { ScaleBar } from "./ScaleBar.tsx";

/** Intervals and amplitudes as a clinician reads them: medians, how far they are off, and the largest gap. */
export function TraitTable({
  entries,
  description,
  unit,
  isUnseen,
}: {
  readonly entries: readonly TraitEntry[];
  readonly description: ClosenessDescription["traits"];
  /** Of the rows. */
  readonly unit: string;
  readonly isUnseen: boolean;
}) {
  const title = "Intervals and amplitudes";
  return (
    <section aria-label={title} className={classes.group}>
      <Text fw={600} size="sm">
        {title}
      </Text>
      <Text size="xs" c="dimmed" mb={4}>
        Read from every row by the workbench's own delineation. Off by: how far values must be moved on
        average until both sets agree (Wasserstein). Gap: the largest difference of the shares below a value
        (Kolmogorov–Smirnov).
      </Text>
      <TableScroll label={`${title}, table`}>
        <Table className={classes.table} verticalSpacing={4} horizontalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th className={classes.first}>Trait</Table.Th>
              <Table.Th className={classes.number}>Real, median</Table.Th>
              <Table.Th className={classes.number}>Synthetic, median</Table.Th>
              <Table.Th className={classes.number}>Off by</Table.Th>
              <Table.Th className={classes.number}>Gap</Table.Th>
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
              const named = description[entry.key];
              return (
                <Row
                  key={entry.key}
                  entry={entry}
                  title={named.title}
                  unit={named.unit === "mV" ? unit : named.unit}
                  isUnseen={isUnseen}
                />
              );
            })}
          </Table.Tbody>
        </Table>
      </TableScroll>
    </section>
  );
}

function Row({
  entry,
  title,
  unit,
  isUnseen,
}: {
  readonly entry: TraitEntry;
  readonly title: string;
  readonly unit: string;
  readonly isUnseen: boolean;
}) {
  const { shift, interval, intervalReason, gap, gapInterval, nearShift, farShift, real, synthetic } = entry;
  const { nearInterval = null } = entry;
  const place = placeOf({ value: shift, interval, near: nearShift, far: farShift, nearInterval }, "lower");
  return (
    <Table.Tr data-testid={`trait-${entry.key}`}>
      <Table.Td>{title}</Table.Td>
      <Table.Td className={classes.number}>
        {formatNumber(real?.median ?? null)} {unit}
        <span className={classes.interval}>found in {formatShare(entry.foundReal)}</span>
      </Table.Td>
      <Table.Td className={classes.number}>
        {formatNumber(synthetic?.median ?? null)} {unit}
        <span className={classes.interval}>found in {formatShare(entry.foundSynthetic)}</span>
      </Table.Td>
      <Table.Td className={classes.number}>
        {formatNumber(shift)} {unit}
        <span className={classes.interval}>{formatInterval(interval, intervalReason)}</span>
      </Table.Td>
      <Table.Td className={classes.number}>
        {formatNumber(gap)}
        <span className={classes.interval}>{formatInterval(gapInterval)}</span>
      </Table.Td>
      <Anchor
        shift={nearShift}
        gap={entry.nearGap}
        interval={formatInterval(nearInterval, entry.nearIntervalReason)}
        gapInterval={entry.nearGapInterval ?? null}
      />
      <Anchor shift={farShift} gap={entry.farGap} />
      <Table.Td>{place !== null && <ScaleBar place={place} />}</Table.Td>
      <Table.Td className={classes.verdict}>{verdictWords(place, isUnseen, "–")}</Table.Td>
    </Table.Tr>
  );
}

/** What the ends of the scale have. */
function Anchor({
  shift,
  gap,
  interval = "",
  gapInterval = null,
}: {
  readonly shift: number | null;
  readonly gap: number | null;
  /** Of the shift. */
  readonly interval?: string;
  readonly gapInterval?: Interval | null;
}) {
  return (
    <Table.Td className={classes.number}>
      {formatNumber(shift)}
      {interval !== "" && <span className={classes.interval}>{interval}</span>}
      <span className={classes.interval}>gap {formatNumber(gap)}</span>
      {gapInterval !== null && <span className={classes.interval}>{formatInterval(gapInterval)}</span>}
    </Table.Td>
  );
}
