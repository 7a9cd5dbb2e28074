import { badness, type ColumnGroup, type ColumnKey, columnOf } from "../../../../domain/leagueColumns.ts";
import type { LeagueRow } from "../../../../experiments/league/tables.ts";

/** What rows are sorted by: a column, the mean rank in a group, or the name. */
export type SortKey =
  | "title"
  | { readonly kind: "column"; readonly key: ColumnKey }
  | { readonly kind: "rank"; readonly group: ColumnGroup };

export const isSameKey = (one: SortKey | null, other: SortKey): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** Rows with the best first, whichever way a column runs, those without a value last; as they come without a key. */
export function sortedRows(rows: readonly LeagueRow[], sort: SortKey | null): readonly LeagueRow[] {
  if (sort === null) return rows;
  if (sort === "title") return rows.toSorted((one, other) => one.title.localeCompare(other.title, "en"));
  const worth = (row: LeagueRow) => {
    if (sort.kind === "rank") return row.meanRanks[sort.group] ?? Number.POSITIVE_INFINITY;
    const { value } = row.values[sort.key];
    return value === null ? Number.POSITIVE_INFINITY : badness(value, columnOf(sort.key).better);
  };
  return rows.toSorted((one, other) => {
    const [first, second] = [worth(one), worth(other)];
    return first === second ? 0 : first - second;
  });
}
