import { Paper, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import { baselineTitles, type PganBaseline, pganBaselines } from "../../../../domain/beatBaselines.ts";
import type { PganFigure } from "../../../../experiments/syntheticBeats/pganFigures.ts";
import { TableScroll } from "../../../controls/TableScroll.tsx";
import { spreadLinesFigure } from "../../../plots/spreadLines.ts";
import { usePlotScheme } from "../../../plots/usePlotScheme.ts";
import classes from "../experiment.module.css";
import { FigurePanel } from "../FigurePanel.tsx";
import type { ResultsProps } from "../protocols.ts";
import { ComparisonCell, SpreadCell } from "../TableParts.tsx";
import { BaselineChoice } from "./BaselineChoice.tsx";
import { TargetResults } from "./TargetResults.tsx";

/** PGAN's Figures 6 to 8, for a class at a time. */
export function PganResults(props: ResultsProps) {
  return (
    <TargetResults<PganFigure>
      {...props}
      suffix="figures"
      show={(report, file) => <PganPanel found={report} file={file} />}
    />
  );
}

function PganPanel({ found, file }: { readonly found: PganFigure; readonly file: string }) {
  const scheme = usePlotScheme();
  const { rows, title, reading, patients } = found;
  const present = pganBaselines.filter((each) => rows.some(({ method }) => method === each));
  const [baseline, setBaseline] = useState<PganBaseline>("none");
  const counts = [...new Set(rows.flatMap(({ points }) => points.map(({ count }) => count)))].sort(
    (one, other) => one - other,
  );
  const figure = spreadLinesFigure(
    rows.map(({ title: name, method, points }) => ({
      name,
      isBaseline: method === "none",
      points: points.map(({ count, area }) => ({ x: count, mean: area.mean, span: area.interval })),
    })),
    { x: "Added beats", y: "Area under the ROC curve", form: "bar" },
    scheme,
  );
  return (
    <Paper withBorder p="md" component="section" aria-label={title} data-testid={`table-${found.target}`}>
      <Title order={2} size="h5">
        {title}
      </Title>
      <Text size="sm" mt={4} mb="sm" data-testid="reading">
        {reading}
      </Text>
      <BaselineChoice baselines={present} words={baselineTitles} value={baseline} onChange={setBaseline} />
      <TableScroll label={`${title}, table`}>
        <Table className={classes.table} verticalSpacing={5}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Method</Table.Th>
              {counts.map((count) => (
                <Table.Th key={count} className={classes.number}>
                  {count}
                </Table.Th>
              ))}
              <Table.Th className={classes.number}>At the chosen number</Table.Th>
              <Table.Th>Difference</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.method}>
                <Table.Td>{row.title}</Table.Td>
                {counts.map((count) => {
                  const point = row.points.find((each) => each.count === count);
                  return (
                    <Table.Td key={count} className={classes.number}>
                      {point === undefined ? "" : <SpreadCell spread={point.area} />}
                    </Table.Td>
                  );
                })}
                <Table.Td className={classes.number}>
                  <SpreadCell spread={row.area} isBold={row.over.none?.verdict === "better"} />
                </Table.Td>
                <Table.Td>
                  <ComparisonCell comparison={row.over[baseline]} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </TableScroll>
      <Text size="xs" c="dimmed" mt={6} mb="md">
        Area under the ROC curve of the class against the rest, mean ± SD over {patients.length} patients,
        runs of a patient averaged first; 95 % interval for other patients beneath, and as bars in the figure.
        Bold only where the interval of the difference leaves zero out and the adjusted test agrees.
      </Text>
      <FigurePanel title="By the number of added beats (Figures 6 to 8)" figure={figure} file={file} />
    </Paper>
  );
}
