import { Table, Tooltip, UnstyledButton } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import type { ReactNode } from "react";
import {
  type ColumnGroup,
  type ColumnKey,
  columnGroups,
  columnKeys,
  columnOf,
  numberInWords,
} from "../../../../domain/leagueColumns.ts";
import type { Comparison } from "../../../../evaluation/statistics/comparison.ts";
import type { LeagueRow, LeagueTable, LeagueValue } from "../../../../experiments/league/tables.ts";
import { TableScroll } from "../../../controls/TableScroll.tsx";
import classes from "./league.module.css";
import { isSameKey, type SortKey, sortedRows } from "./sorting.ts";

const keysOf = (group: ColumnGroup) => columnKeys.filter((key) => columnOf(key).group === group);

/** The rows by the columns of some groups; a head sorts by its column, the best first. It scrolls within itself. */
export function LeagueGrid({
  table,
  groups,
  sort,
  onSort,
}: {
  readonly table: LeagueTable;
  readonly groups: readonly ColumnGroup[];
  readonly sort: SortKey | null;
  readonly onSort: (key: SortKey | null) => void;
}) {
  const head = (key: SortKey, title: string, says: string) => (
    <SortHead
      key={JSON.stringify(key)}
      title={title}
      says={says}
      isSorted={isSameKey(sort, key)}
      onSort={() => onSort(isSameKey(sort, key) ? null : key)}
    />
  );
  return (
    <TableScroll label="League, table">
      <Table className={classes.table} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th
              rowSpan={2}
              className={classes.name}
              aria-sort={isSameKey(sort, "title") ? "ascending" : undefined}
            >
              <SortButton
                title="Contestant"
                isSorted={isSameKey(sort, "title")}
                onSort={() => onSort(isSameKey(sort, "title") ? null : "title")}
              />
            </Table.Th>
            {groups.map((group) => (
              <Table.Th
                key={group}
                scope="colgroup"
                colSpan={keysOf(group).length + 1}
                className={classes.group}
              >
                <span className={classes.groupTitle}>{columnGroups[group]}</span>
              </Table.Th>
            ))}
          </Table.Tr>
          <Table.Tr>
            {groups.flatMap((group) => [
              ...keysOf(group).map((key) =>
                head({ kind: "column", key }, columnOf(key).title, columnOf(key).says),
              ),
              head(
                { kind: "rank", group },
                "Mean rank",
                `Mean of the places in the columns of ${columnGroups[group].toLowerCase()}; no score.`,
              ),
            ])}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sortedRows(table.rows, sort).map((row) => (
            <Row
              key={`${row.contestant.generator} ${JSON.stringify(row.contestant)}`}
              row={row}
              groups={groups}
              seeds={table.seeds}
            />
          ))}
        </Table.Tbody>
      </Table>
    </TableScroll>
  );
}

function SortHead({
  title,
  says,
  isSorted,
  onSort,
}: {
  readonly title: string;
  readonly says: string;
  readonly isSorted: boolean;
  readonly onSort: () => void;
}) {
  return (
    <Table.Th className={classes.number} aria-sort={isSorted ? "ascending" : undefined}>
      <Tooltip label={says} multiline maw={300} openDelay={300}>
        <SortButton title={title} isSorted={isSorted} onSort={onSort} />
      </Tooltip>
    </Table.Th>
  );
}

function SortButton({
  title,
  isSorted,
  onSort,
  ...rest
}: {
  readonly title: string;
  readonly isSorted: boolean;
  readonly onSort: () => void;
}) {
  return (
    <UnstyledButton {...rest} className={classes.sort} onClick={onSort}>
      {title}
      {isSorted && <IconArrowDown size={12} aria-label="best first" />}
    </UnstyledButton>
  );
}

function Row({
  row,
  groups,
  seeds,
}: {
  readonly row: LeagueRow;
  readonly groups: readonly ColumnGroup[];
  readonly seeds: number;
}) {
  const { title, role, runs, accused, values, meanRanks } = row;
  return (
    <Table.Tr data-role={role} className={classes.row}>
      <Table.Th scope="row" className={classes.name}>
        {title}
        <span className={classes.interval}>
          {role === "generator" ? "" : "reference"}
          {runs < seeds && `${role === "generator" ? "" : ", "}${runs} of ${seeds} runs`}
        </span>
      </Table.Th>
      {groups.flatMap((group) => [
        ...keysOf(group).map((key) => (
          <Cell key={key}>
            <Value value={values[key]} comparison={comparisonOf(row, key)} />
            {key === "copies" && accused !== null && accused > 0 && (
              <strong className={classes.accused}>
                accused, {accused} of {runs}
              </strong>
            )}
          </Cell>
        )),
        <Cell key={`${group} rank`}>{meanRanks[group] === null ? "–" : meanRanks[group].toFixed(1)}</Cell>,
      ])}
    </Table.Tr>
  );
}

const Cell = ({ children }: { readonly children: ReactNode }) => (
  <Table.Td className={classes.number}>{children}</Table.Td>
);

/** What a difference was tested with; null for columns without a test. */
const comparisonOf = ({ overReal, overRepeated }: LeagueRow, key: ColumnKey): Comparison | null =>
  key === "gain" ? overReal : key === "gainOverRepeated" ? overRepeated : null;

/** A number with its interval and its place; a tested difference with its sign and verdict, bold where it is decided. */
function Value({
  value: found,
  comparison,
}: {
  readonly value: LeagueValue;
  readonly comparison: Comparison | null;
}) {
  const { value, interval, rank } = found;
  if (value === null) return <>–</>;
  const words = (each: number) => `${comparison !== null && each > 0 ? "+" : ""}${numberInWords(each)}`;
  return (
    <>
      {comparison?.verdict === "better" ? <strong>{words(value)}</strong> : words(value)}
      {comparison !== null && ` ${comparison.verdict}`}
      {interval !== null && (
        <span className={classes.interval}>
          [{words(interval.low)}, {words(interval.high)}]
        </span>
      )}
      {rank !== null && (
        <span className={classes.interval}>
          {rank.place} {rank.from !== rank.to && `(${rank.from}–${rank.to})`}
        </span>
      )}
    </>
  );
}
