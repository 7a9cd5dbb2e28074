import { Loader, Paper, Table, Text, Title, Tooltip } from "@mantine/core";
import { type Setting, settingTitles, type TaskName } from "../../../../domain/experiment.ts";
import type { Comparison } from "../../../../evaluation/statistics/comparison.ts";
import type { RealSyntheticQuestion } from "../../../../experiments/realSynthetic/protocol.ts";
import type { ExperimentTable, TableCell } from "../../../../experiments/realSynthetic/tables.ts";
import type { TrainingDescription } from "../../../../services/training/describing.ts";
import { TableScroll } from "../../../controls/TableScroll.tsx";
import classes from "../experiment.module.css";
import { useReport } from "../useReport.ts";

export const metricChoices = [
  { value: "f1", label: "F1 at 0.5" },
  { value: "auprc", label: "AUPRC" },
  { value: "auroc", label: "AUROC" },
  { value: "accuracy", label: "Accuracy at 0.5" },
  { value: "sensitivity", label: "Sensitivity at 95 % specificity" },
] as const;

/** One of the paper's tables: an architecture a row, a setting a column, the gain with its interval, and what it says. */
export function TablePanel({
  experimentId,
  task,
  metric,
  positives,
  finished,
  description,
}: {
  readonly experimentId: string;
  readonly task: TaskName;
  readonly metric: (typeof metricChoices)[number]["value"];
  readonly positives: number | null;
  readonly finished: number;
  readonly description: TrainingDescription;
}) {
  const question: RealSyntheticQuestion = { of: "table", task, metric, positives };
  const table = useReport<ExperimentTable>(experimentId, question, finished);
  if (table === null) return <Loader type="bars" size="sm" aria-label="Computing the table" />;
  return (
    <Paper withBorder p="md" component="section" aria-label={table.title} data-testid={`table-${task}`}>
      <Title order={2} size="h5">
        {table.title}: {table.metricTitle}
        {positives !== null && `, at most ${positives} positives`}
      </Title>
      <Text size="sm" mt={4} mb="sm" data-testid="reading">
        {table.reading}
      </Text>
      <TableScroll label="Results, table">
        <Table className={classes.table} verticalSpacing={5} withRowBorders>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Architecture</Table.Th>
              {table.settings.map((setting) => (
                <Table.Th key={setting} className={classes.number}>
                  {settingTitles[setting]}
                </Table.Th>
              ))}
              <Table.Th className={classes.number}>Gain</Table.Th>
              <Table.Th>Verdict</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {table.rows.map(({ architecture, cells, gain }) => (
              <Table.Tr key={architecture}>
                <Table.Td>{description.architectures[architecture]?.title ?? architecture}</Table.Td>
                {table.settings.map((setting) => (
                  <Table.Td key={setting} className={classes.number}>
                    <Value cell={cells[setting] ?? null} bold={isBold(setting, gain)} />
                  </Table.Td>
                ))}
                <Table.Td className={classes.number}>
                  <Gain gain={gain} />
                </Table.Td>
                <Table.Td>
                  {gain === null ? (
                    "–"
                  ) : (
                    <Tooltip label={gain.reason} multiline maw={320}>
                      <span>
                        {gain.verdict}
                        <span className={classes.interval}>
                          p {probability(gain.adjustedProbability)} (Holm)
                        </span>
                      </span>
                    </Tooltip>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
          {table.averageGain !== null && (
            <Table.Tfoot>
              <Table.Tr>
                <Table.Th>Average gain</Table.Th>
                {table.settings.map((setting) => (
                  <Table.Td key={setting} />
                ))}
                <Table.Td className={classes.number}>{signed(table.averageGain)} %</Table.Td>
                <Table.Td />
              </Table.Tr>
            </Table.Tfoot>
          )}
        </Table>
      </TableScroll>
      <Text size="xs" c="dimmed" mt={6}>
        Mean ± SD over the runs, 95 % interval of the mean beneath; gain of Syn→Real over Real with the 95 %
        interval of the difference over runs and test recordings. Bold only where that interval leaves zero
        out and the adjusted test agrees.
      </Text>
    </Paper>
  );
}

const isBold = (setting: Setting, gain: Comparison | null) =>
  (setting === "syntheticToReal" && gain?.verdict === "better") ||
  (setting === "real" && gain?.verdict === "worse");

const signed = (value: number, digits = 1) => `${value > 0 ? "+" : ""}${value.toFixed(digits)}`;

const probability = (value: number) => (value < 0.001 ? "< 0.001" : value.toFixed(3));

function Value({ cell, bold }: { readonly cell: TableCell | null; readonly bold: boolean }) {
  if (cell === null || cell.mean === null) return <>–</>;
  const { mean, standardDeviation, interval, values, missing } = cell;
  const words = `${mean.toFixed(3)}${standardDeviation === null ? "" : ` ± ${standardDeviation.toFixed(3)}`}`;
  return (
    <>
      {bold ? <strong>{words}</strong> : words}
      <span className={classes.interval}>
        {interval === null ? "" : `[${interval.low.toFixed(3)}, ${interval.high.toFixed(3)}]`}
        {missing > 0 && ` ${values.length} of ${values.length + missing} runs`}
      </span>
    </>
  );
}

function Gain({ gain }: { readonly gain: Comparison | null }) {
  if (gain === null || gain.difference === null) return <>–</>;
  return (
    <>
      {gain.relativeGain === null ? "–" : `${signed(gain.relativeGain)} %`}
      <span className={classes.interval}>
        {signed(gain.difference, 3)}
        {gain.interval !== null && ` [${signed(gain.interval.low, 3)}, ${signed(gain.interval.high, 3)}]`}
      </span>
    </>
  );
}
