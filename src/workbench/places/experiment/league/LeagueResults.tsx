import { Group, Loader, SegmentedControl, Select } from "@mantine/core";
import { useState } from "react";
import { columnGroupNames, columnGroups } from "../../../../domain/leagueColumns.ts";
import type { LeagueQuestion } from "../../../../experiments/league/protocol.ts";
import type { LeagueExperiment } from "../../../../experiments/league/specification.ts";
import type { LeagueTable } from "../../../../experiments/league/tables.ts";
import { ExportButtons } from "../ExportButtons.tsx";
import type { ResultsProps } from "../protocols.ts";
import { useReport } from "../useReport.ts";
import { LeaguePanel, type ShownGroups } from "./LeaguePanel.tsx";

const groupChoices: readonly { readonly value: ShownGroups; readonly label: string }[] = [
  { value: "all", label: "All" },
  ...columnGroupNames.map((value) => ({ value, label: columnGroups[value] })),
];

/** The league table of a class at a time, all columns or those of a group. */
export function LeagueResults({ found, finished }: ResultsProps) {
  const { classes } = found.specification as unknown as LeagueExperiment;
  const [beatClass, setBeatClass] = useState(classes[0]);
  const [shown, setShown] = useState<ShownGroups>("all");
  const question: LeagueQuestion = { beatClass };
  const table = useReport<LeagueTable>(found.id, question, finished);
  return (
    <>
      <Group gap="md" align="flex-end">
        <Select
          size="xs"
          w={150}
          label="Closeness of class"
          allowDeselect={false}
          value={beatClass}
          data={[...classes]}
          onChange={(value) => value !== null && setBeatClass(value)}
        />
        <SegmentedControl
          size="xs"
          aria-label="Columns"
          value={shown}
          data={[...groupChoices]}
          onChange={(value) => setShown(value as ShownGroups)}
        />
        <ExportButtons found={found} question={null} suffix="league" />
      </Group>
      {table === null ? (
        <Loader type="bars" size="sm" aria-label="Computing the table" />
      ) : (
        <LeaguePanel table={table} shown={shown} />
      )}
    </>
  );
}
