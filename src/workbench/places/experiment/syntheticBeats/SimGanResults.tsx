import { Paper, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import { baselineTitles, type SimGanBaseline, simGanBaselines } from "../../../../domain/beatBaselines.ts";
import type { SimGanRow, SimGanTable } from "../../../../experiments/syntheticBeats/simGanTables.ts";
import { TableScroll } from "../../../controls/TableScroll.tsx";
import { intervalRowsFigure } from "../../../plots/intervalRows.ts";
import { deviationSpan, spreadLinesFigure } from "../../../plots/spreadLines.ts";
import { usePlotScheme } from "../../../plots/usePlotScheme.ts";
import classes from "../experiment.module.css";
import { FigurePanel } from "../FigurePanel.tsx";
import type { ResultsProps } from "../protocols.ts";
import { ComparisonCell, SpreadCell } from "../TableParts.tsx";
import { BaselineChoice } from "./BaselineChoice.tsx";
import { TargetResults } from "./TargetResults.tsx";

/** SimGAN's Tables 1 and 2 and its Figures 2 and 3, for a class at a time. */
export function SimGanResults(props: ResultsProps) {
  return (
    <TargetResults<SimGanTable>
      {...props}
      suffix="tables"
      show={(report, file) => <SimGanPanel table={report} file={file} />}
    />
  );
}

function SimGanPanel({ table, file }: { readonly table: SimGanTable; readonly file: string }) {
  const scheme = usePlotScheme();
  const { rows, chance, matchedRecall, title, reading } = table;
  const isBaseline = ({ added }: SimGanRow) => added.generator === "none";
  const present = simGanBaselines.filter((each) => rows.some(({ added }) => added.generator === each));
  const [baseline, setBaseline] = useState<SimGanBaseline>("none");
  const curves = spreadLinesFigure(
    rows.map((row) => ({
      name: row.title,
      isBaseline: isBaseline(row),
      points: row.curve.map(({ recall, mean, standardDeviation }) => ({
        x: recall,
        mean,
        span: deviationSpan(mean, standardDeviation),
      })),
    })),
    { x: "Recall (sensitivity)", y: "Precision", form: "band", chance, range: [0, 1.02] },
    scheme,
  );
  const byRatio = spreadLinesFigure(
    rows
      .filter(({ ratio }) => ratio !== 0)
      .map((row) => ({
        name: row.title,
        points: row.byRatio.map(({ ratio, averagePrecision }) => ({
          x: ratio,
          mean: averagePrecision.mean,
          span: averagePrecision.interval,
        })),
      })),
    { x: "Added beats over real ones of the class", y: "Average precision", form: "bar" },
    scheme,
  );
  const matched = intervalRowsFigure(
    rows.map((row) => ({
      name: row.title,
      isBaseline: isBaseline(row),
      mean: row.precisionAtRecall.mean,
      interval: row.precisionAtRecall.interval,
    })),
    `Precision where recall reaches ${matchedRecall}`,
    scheme,
  );
  return (
    <Paper withBorder p="md" component="section" aria-label={title} data-testid={`table-${table.target}`}>
      <Title order={2} size="h5">
        {title}
      </Title>
      <Text size="sm" mt={4} mb="sm" data-testid="reading">
        {reading}
      </Text>
      <BaselineChoice baselines={present} words={baselineTitles} value={baseline} onChange={setBaseline} />
      <TableScroll label={`${title}, table`}>
        <Table className={classes.table} verticalSpacing={5} horizontalSpacing={7}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Added beats</Table.Th>
              <Table.Th className={classes.number}>Ratio</Table.Th>
              <Table.Th className={classes.number}>Average precision</Table.Th>
              <Table.Th className={classes.number}>ROC area</Table.Th>
              <Table.Th className={classes.number}>Precision at recall {matchedRecall}</Table.Th>
              <Table.Th className={classes.number}>Recall</Table.Th>
              <Table.Th className={classes.number}>Precision</Table.Th>
              <Table.Th>Difference</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={`${row.title} ${JSON.stringify(row.added.hyperparameters)}`}>
                <Table.Td>{row.title}</Table.Td>
                <Table.Td className={classes.number}>
                  {row.ratio ?? "–"}
                  {row.ratio !== null && row.ratio > 0 && !row.isRatioChosen && (
                    <span className={classes.interval}>not chosen</span>
                  )}
                </Table.Td>
                <Table.Td className={classes.number}>
                  <SpreadCell spread={row.averagePrecision} isBold={row.over.none?.verdict === "better"} />
                </Table.Td>
                {(["rocArea", "precisionAtRecall", "recall", "precision"] as const).map((measure) => (
                  <Table.Td key={measure} className={classes.number}>
                    <SpreadCell spread={row[measure]} />
                  </Table.Td>
                ))}
                <Table.Td>
                  <ComparisonCell comparison={row.over[baseline]} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </TableScroll>
      <Text size="xs" c="dimmed" mt={6} mb="md">
        Mean ± SD over the runs, 95 % interval beneath. Chance gives a precision of{" "}
        {chance === null ? "–" : chance.toFixed(3)}. Ratios and thresholds are those that validation patients
        chose. Bold only where the interval of the difference leaves zero out and the adjusted test agrees.
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        In the figures: bands are one standard deviation over the runs, bars 95 % intervals of the mean.
      </Text>
      <div className={classes.figures}>
        <FigurePanel
          title="Precision over recall (Figures 2 and 3)"
          figure={curves}
          file={`${file}.curves`}
        />
        <FigurePanel
          title={`Precision at recall ${matchedRecall} (Table 1)`}
          figure={matched}
          file={`${file}.matched`}
        />
        <FigurePanel title="Average precision over added beats" figure={byRatio} file={`${file}.ratios`} />
      </div>
    </Paper>
  );
}
