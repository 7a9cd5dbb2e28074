import { Alert, Table, Text } from "@mantine/core";
import { type CohortSummary, type SideSummary, sides } from "../../../../domain/cohort.ts";
import { beatClasses } from "../../../../domain/libraryRecord.ts";
import { formatCount } from "../../../format.ts";

/** Labels that are told one by one. */
const mostLabels = 6;

/** A cohort in numbers: what is on each side of its split, and what to beware of. */
export function SidesTable({ summary }: { readonly summary: CohortSummary }) {
  const { whole, leftOut, missing, leakingPatients, age, sexes } = summary;
  const classes = beatClasses.filter((beatClass) => whole.beats[beatClass] > 0);
  const labels = Object.entries(whole.labels)
    .sort(([, one], [, other]) => other - one)
    .slice(0, mostLabels)
    .map(([label]) => label);
  const columns: readonly (readonly [string, SideSummary])[] = [
    ...sides.map((side) => [sideTitles[side], summary.sides[side]] as const),
    ["All", whole],
  ];
  const row = (title: string, of: (side: SideSummary) => number) => (
    <Table.Tr key={title}>
      <Table.Th scope="row" fw={500}>
        {title}
      </Table.Th>
      {columns.map(([name, side]) => (
        <Table.Td key={name} ta="right">
          {formatCount(of(side))}
        </Table.Td>
      ))}
    </Table.Tr>
  );
  return (
    <>
      <Table.ScrollContainer minWidth={380}>
        <Table verticalSpacing={4} withRowBorders={false} striped fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>
                <span className="visuallyHidden">What is counted</span>
              </Table.Th>
              {columns.map(([name]) => (
                <Table.Th key={name} ta="right" scope="col">
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {row("Records", (side) => side.records)}
            {row("Patients", (side) => side.patients)}
            {classes.map((beatClass) => row(`Beats ${beatClass}`, (side) => side.beats[beatClass]))}
            {labels.map((label) => row(`Labelled ${label}`, (side) => side.labels[label] ?? 0))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="xs" c="dimmed">
        {[
          age === null ? "" : `age ${age.mean.toFixed(1)} ± ${age.standardDeviation.toFixed(1)} years`,
          `${sexes.female} female, ${sexes.male} male, ${sexes.unknown} unknown`,
          leftOut > 0 ? `${leftOut} records fit no side of this split and are left out` : "",
        ]
          .filter((part) => part !== "")
          .join(" · ")}
      </Text>
      {leakingPatients.length > 0 && (
        <Alert color="orange" p="xs" mt="xs" title="The same patient is on more than one side" role="alert">
          <Text size="sm">
            {leakingPatients.slice(0, 5).join(", ")}
            {leakingPatients.length > 5 && ` and ${leakingPatients.length - 5} more`}: a test then measures in
            part how well a patient is remembered. Split by patient to avoid it.
          </Text>
        </Alert>
      )}
      {missing > 0 && (
        <Alert color="yellow" p="xs" mt="xs">
          <Text size="sm">
            {formatCount(missing)} of its records are not in this browser. Import them, and the cohort is
            whole again.
          </Text>
        </Alert>
      )}
    </>
  );
}

const sideTitles = { train: "Train", validation: "Validation", test: "Test" } as const;
