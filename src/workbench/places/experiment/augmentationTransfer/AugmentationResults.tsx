import { Group, Paper, Select, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { AugmentationMetricName } from "../../../../experiments/augmentationTransfer/metrics.ts";
import type {
  AugmentationExperiment,
  SignalSource,
} from "../../../../experiments/augmentationTransfer/specification.ts";
import type { AugmentationTable } from "../../../../experiments/augmentationTransfer/tables.ts";
import { TableScroll } from "../../../controls/TableScroll.tsx";
import { spreadLinesFigure } from "../../../plots/spreadLines.ts";
import { usePlotScheme } from "../../../plots/usePlotScheme.ts";
import { ExportButtons, fileNameOf } from "../ExportButtons.tsx";
import classes from "../experiment.module.css";
import { FigurePanel } from "../FigurePanel.tsx";
import type { ResultsProps } from "../protocols.ts";
import { ComparisonCell, SpreadCell } from "../TableParts.tsx";
import { useReport } from "../useReport.ts";

const metrics: readonly { readonly value: AugmentationMetricName; readonly label: string }[] = [
  { value: "f1", label: "Macro F1" },
  { value: "accuracy", label: "Accuracy" },
  { value: "precision", label: "Macro precision" },
  { value: "recall", label: "Macro recall" },
  { value: "area", label: "Macro area under the ROC curve" },
];

/** What can be looked at: each source, all together, and all together with the test signals of one. */
function viewsOf(sources: readonly SignalSource[]) {
  const each = sources.map(({ name }, source) => ({ label: name, source, testedOn: null }));
  if (sources.length < 2) return each;
  const all = sources.length;
  return [
    ...each,
    { label: "All together", source: all, testedOn: null },
    ...sources.map(({ name }, testedOn) => ({
      label: `All together, tested on ${name}`,
      source: all,
      testedOn,
    })),
  ];
}

/** Every setting by what it learned from, on one source at a time. */
export function AugmentationResults({ found, finished }: ResultsProps) {
  const { sources } = found.specification as unknown as AugmentationExperiment;
  const [shown, setShown] = useState(0);
  const [metric, setMetric] = useState<AugmentationMetricName>("f1");
  const views = viewsOf(sources);
  const { source, testedOn } = views[shown];
  const table = useReport<AugmentationTable>(found.id, { source, testedOn, metric }, finished);
  return (
    <>
      <Group gap="md" align="flex-end">
        <Select
          size="xs"
          label="Measure"
          allowDeselect={false}
          value={metric}
          data={[...metrics]}
          onChange={(value) => value !== null && setMetric(value as AugmentationMetricName)}
        />
        {views.length > 1 && (
          <Select
            size="xs"
            label="Source"
            allowDeselect={false}
            value={String(shown)}
            data={views.map(({ label }, at) => ({ value: String(at), label }))}
            onChange={(value) => value !== null && setShown(Number(value))}
          />
        )}
        <ExportButtons found={found} question={null} suffix="tables" />
      </Group>
      {table !== null && <Panel table={table} file={`${fileNameOf(found)}.${metric}`} />}
    </>
  );
}

function Panel({ table, file }: { readonly table: AugmentationTable; readonly file: string }) {
  const scheme = usePlotScheme();
  const { rows, reading, source, testedOn, metric } = table;
  const title = metrics.find(({ value }) => value === metric)?.label ?? metric;
  const name = testedOn === null ? source.name : `${source.name}, tested on ${testedOn.name}`;
  const hasWeighted = rows.some(({ points }) => points.some(({ overWeighted }) => overWeighted !== null));
  const growing = rows.filter(({ points }) => points.length > 1);
  const figure = spreadLinesFigure(
    growing.map((row) => ({
      name: row.title,
      isBaseline: row.setting === "realToReal",
      points: row.points.map(({ share, values }) => ({
        x: share,
        mean: values.mean,
        span: values.interval,
      })),
    })),
    { x: "Share of the signals that grow", y: title, form: "bar" },
    scheme,
  );
  return (
    <Paper withBorder p="md" component="section" aria-label={name} data-testid="augmentation-table">
      <Title order={2} size="h5">
        {name}: {title}
      </Title>
      <Text size="sm" mt={4} mb="sm" data-testid="reading">
        {reading}
      </Text>
      <TableScroll label={`${name}, table`}>
        <Table className={classes.table} verticalSpacing={5}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Trained on → tested on</Table.Th>
              <Table.Th className={classes.number}>Share</Table.Th>
              <Table.Th className={classes.number}>Training signals</Table.Th>
              <Table.Th className={classes.number}>{title}</Table.Th>
              <Table.Th>Over real ones alone</Table.Th>
              <Table.Th>Over repeated real ones</Table.Th>
              {hasWeighted && <Table.Th>Over weighted real ones</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.flatMap((row) =>
              row.points.map((point, at) => (
                <Table.Tr key={`${row.title} ${point.share}`}>
                  <Table.Td>{at === 0 ? row.title : ""}</Table.Td>
                  <Table.Td className={classes.number}>{point.share}</Table.Td>
                  <Table.Td className={classes.number}>
                    {point.trained === null ? "–" : point.trained.all}
                    {point.trained !== null && point.trained.synthetic > 0 && (
                      <span className={classes.interval}>{point.trained.synthetic} synthetic</span>
                    )}
                  </Table.Td>
                  <Table.Td className={classes.number}>
                    <SpreadCell spread={point.values} isBold={point.overReal?.verdict === "better"} />
                  </Table.Td>
                  <Table.Td>
                    <ComparisonCell comparison={point.overReal} />
                  </Table.Td>
                  <Table.Td>
                    <ComparisonCell comparison={point.overRepeated} />
                  </Table.Td>
                  {hasWeighted && (
                    <Table.Td>
                      <ComparisonCell comparison={point.overWeighted} />
                    </Table.Td>
                  )}
                </Table.Tr>
              )),
            )}
          </Table.Tbody>
        </Table>
      </TableScroll>
      <Text size="xs" c="dimmed" mt={6} mb="md">
        Mean ± SD over the runs, 95 % interval beneath, and as bars in the figure. What grows are the real
        training signals; where synthetic ones are added, or all that is learned from, these; in the
        two-sample test as many of both. Bold only where the interval of the difference leaves zero out and
        the adjusted test agrees.
      </Text>
      {growing.length > 0 && <FigurePanel title={`${title} by share`} figure={figure} file={file} />}
    </Paper>
  );
}
