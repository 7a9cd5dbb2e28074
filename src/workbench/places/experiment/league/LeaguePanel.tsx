import { Paper, Text, Title } from "@mantine/core";
import { useState } from "react";
import {
  type ColumnGroup,
  columnGroupNames,
  columnGroups,
  columnOf,
} from "../../../../domain/leagueColumns.ts";
import type { LeagueTable } from "../../../../experiments/league/tables.ts";
import { LeagueGrid } from "./LeagueGrid.tsx";
import type { SortKey } from "./sorting.ts";

export type ShownGroups = ColumnGroup | "all";

/** The table with what it says in plain words, and what its numbers are. */
export function LeaguePanel({ table, shown }: { readonly table: LeagueTable; readonly shown: ShownGroups }) {
  const [sort, setSort] = useState<SortKey | null>(null);
  const groups = shown === "all" ? columnGroupNames : [shown];
  const title = sort === null || sort === "title" ? null : sort;
  return (
    <Paper withBorder p="md" component="section" aria-label="League table" data-testid="league-table">
      <Title order={2} size="h5">
        League table
        {shown === "all" ? "" : `: ${columnGroups[shown].toLowerCase()}`}
      </Title>
      <Text size="sm" mt={4} mb="sm" data-testid="reading">
        {table.reading}
      </Text>
      <LeagueGrid key={shown} table={table} groups={groups} sort={sort} onSort={setSort} />
      <Text size="xs" c="dimmed" mt={6}>
        {title !== null &&
          title.kind === "column" &&
          `Sorted by ${columnOf(title.key).title}: ${columnOf(title.key).says} `}
        Means over the runs with 95 % intervals; for closeness and privacy from the lowest to the highest
        limit of the runs' own intervals, for cost from the least to the most. Ranks are among the generators:
        the place by the value, and in brackets the places that the intervals leave open. A mean rank is the
        mean of the places in a group of columns, and no score: no generator is called better than one whose
        interval overlaps. Real beats alone reach a macro F1 of {table.realAlone.value?.toFixed(3) ?? "–"}.
      </Text>
    </Paper>
  );
}
