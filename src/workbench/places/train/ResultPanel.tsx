import { Group, Paper, Slider, Stack, Text, Title } from "@mantine/core";
import { useMemo, useState } from "react";
import type { CellResult } from "../../../domain/experiment.ts";
import {
  agreementAt,
  averagePrecision,
  curveOf,
  rocArea,
} from "../../../evaluation/metrics/classification.ts";
import type { StoredRun } from "../../../storage/trainings.ts";
import { formatCount } from "../../format.ts";
import { precisionRecallFigure, rocFigure } from "../../plots/decisionFigures.ts";
import { Plot } from "../../plots/Plot.tsx";
import { usePlotScheme } from "../../plots/usePlotScheme.ts";
import { CalibrationPanel } from "./CalibrationPanel.tsx";
import { ConfusionMatrix, type MatrixCell } from "./ConfusionMatrix.tsx";
import { ExampleList } from "./ExampleList.tsx";
import { NetworkPanel } from "./NetworkPanel.tsx";
import { Tile } from "./Tile.tsx";
import classes from "./train.module.css";

/** What a trained network decides on the test set, at a threshold that a slider moves. */
export function ResultPanel({
  run,
  result,
  title,
}: {
  readonly run: StoredRun;
  readonly result: CellResult;
  readonly title: string;
}) {
  const [threshold, setThreshold] = useState(0.5);
  const [cell, setCell] = useState<MatrixCell | null>(null);
  const scheme = usePlotScheme();
  const { probabilities } = result;
  const truths = useMemo(() => Array.from(result.labels, (label) => label === 1), [result]);
  const points = useMemo(() => curveOf(probabilities, truths), [probabilities, truths]);
  const agreement = agreementAt(probabilities, truths, threshold);
  const positives = truths.filter(Boolean).length;
  const curves = {
    points,
    positives,
    negatives: truths.length - positives,
    chosen: { truePositives: agreement.truePositives, falsePositives: agreement.falsePositives },
  };
  const percent = (rate: number | null) => (rate === null ? "–" : `${(100 * rate).toFixed(1)} %`);
  const accuracy = (agreement.truePositives + agreement.trueNegatives) / truths.length;
  const { train, test } = result.counts;
  return (
    <>
      <Paper withBorder p="md" component="section" aria-label="Test" data-testid="result">
        <Stack gap="md">
          <Group justify="space-between" align="baseline">
            <Title order={2} size="h5">
              {run.search === undefined
                ? `Test on ${run.cell.real === null ? "synthetic recordings held out" : run.cell.real.name}`
                : "Validation of a trial: the test recordings stay unseen"}
            </Title>
            <Text size="xs" c="dimmed">
              {formatCount(test.positive)} with {title.toLowerCase()}, {formatCount(test.negative)} normal ·
              trained on {formatCount(train.positive)} + {formatCount(train.negative)} · best epoch{" "}
              {result.bestEpoch}
            </Text>
          </Group>
          <div className={classes.tiles}>
            <Tile value={agreement.f1.toFixed(3)} name={`F1 at ${threshold.toFixed(2)}`} />
            <Tile value={averagePrecision(probabilities, truths)?.toFixed(3) ?? "–"} name="AUPRC" />
            <Tile value={rocArea(probabilities, truths)?.toFixed(3) ?? "–"} name="AUROC" />
            <Tile value={percent(accuracy)} name="accuracy" />
            <Tile value={percent(agreement.recall)} name="sensitivity" />
            <Tile value={percent(agreement.specificity)} name="specificity" />
            <Tile value={percent(agreement.precision)} name="precision" />
          </div>
          <div className={classes.columns}>
            <Stack gap="xs">
              <ConfusionMatrix agreement={agreement} title={title} chosen={cell} onChoose={setCell} />
              <Text size="xs" c="dimmed">
                A click on a cell shows its recordings.
              </Text>
              <div>
                <Text size="sm" mb={4}>
                  Decided from a probability of {threshold.toFixed(2)}
                </Text>
                <Slider
                  min={0}
                  max={1}
                  step={0.01}
                  value={threshold}
                  onChange={setThreshold}
                  label={null}
                  thumbLabel="Threshold"
                  marks={[{ value: 0.5 }]}
                />
              </div>
            </Stack>
            <Plot
              figure={rocFigure(curves, scheme)}
              height={270}
              interactive
              label={`Receiver operating characteristic, area ${rocArea(probabilities, truths)?.toFixed(3) ?? "unknown"}`}
            />
            <Plot
              figure={precisionRecallFigure(curves, scheme)}
              height={270}
              interactive
              label={`Precision over recall, area ${averagePrecision(probabilities, truths)?.toFixed(3) ?? "unknown"}`}
            />
          </div>
        </Stack>
      </Paper>
      <CalibrationPanel probabilities={probabilities} truths={truths} />
      <NetworkPanel run={run} />
      <ExampleList
        run={run}
        result={result}
        threshold={threshold}
        cell={cell}
        onClear={() => setCell(null)}
      />
    </>
  );
}
