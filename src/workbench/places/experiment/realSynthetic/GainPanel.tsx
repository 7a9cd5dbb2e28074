import { Button, Group, Paper, Table, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { RealSyntheticQuestion } from "../../../../experiments/realSynthetic/protocol.ts";
import type { GainPoint } from "../../../../experiments/realSynthetic/tables.ts";
import type { TrainingDescription } from "../../../../services/training/describing.ts";
import { TableScroll } from "../../../controls/TableScroll.tsx";
import { gainFigure } from "../../../plots/gainFigure.ts";
import { plotImage } from "../../../plots/image.ts";
import { Plot } from "../../../plots/Plot.tsx";
import { usePlotScheme } from "../../../plots/usePlotScheme.ts";
import { saveFile } from "../../../saveFile.ts";
import { reported } from "../../../state/report.ts";
import classes from "../experiment.module.css";
import { useReport } from "../useReport.ts";
import { metricChoices } from "./TablePanel.tsx";

/** Gain over the number of positives, as figure and as table. */
export function GainPanel({
  experimentId,
  metric,
  finished,
  description,
}: {
  readonly experimentId: string;
  readonly metric: (typeof metricChoices)[number]["value"];
  readonly finished: number;
  readonly description: TrainingDescription;
}) {
  const scheme = usePlotScheme();
  const question: RealSyntheticQuestion = { of: "gains", metric };
  const points = useReport<GainPoint[]>(experimentId, question, finished);
  if (points === null) return null;
  const titles = Object.fromEntries(
    Object.entries(description.tasks).map(([task, { short }]) => [task, short]),
  );
  const metricTitle = metricChoices.find(({ value }) => value === metric)?.label ?? metric;
  const figure = gainFigure(points, titles, metricTitle, scheme);
  const sizes = [...new Set(points.map(({ positives }) => positives))];
  const tasks = [...new Set(points.map(({ task }) => task))];
  const save = async () => {
    const url = await plotImage(figure, { format: "svg", width: 760, height: 420, scheme });
    saveFile("gain.svg", "image/svg+xml", [decodeURIComponent(url.slice(url.indexOf(",") + 1))]);
  };
  return (
    <Paper
      withBorder
      p="md"
      component="section"
      aria-label="Gain by the number of positives"
      data-testid="gains"
    >
      <Group justify="space-between">
        <Title order={2} size="h5">
          Gain of Syn→Real over Real, by the number of positives
        </Title>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} />}
          onClick={() => reported(save())}
        >
          SVG
        </Button>
      </Group>
      <Plot figure={figure} height={300} interactive label="Gain over the number of positive recordings" />
      <TableScroll label="Gain, table">
        <Table className={classes.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Gain in {metricTitle}, %</Table.Th>
              {sizes.map((size) => (
                <Table.Th key={String(size)} className={classes.number}>
                  {size ?? "all"}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {tasks.map((task) => (
              <Table.Tr key={task}>
                <Table.Td>{titles[task]}</Table.Td>
                {sizes.map((size) => (
                  <Table.Td key={String(size)} className={classes.number}>
                    {points
                      .find((point) => point.task === task && point.positives === size)
                      ?.gain?.toFixed(1) ?? "–"}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </TableScroll>
    </Paper>
  );
}
