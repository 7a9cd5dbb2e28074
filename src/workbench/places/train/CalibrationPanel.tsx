import { Paper, Stack, Text, Title } from "@mantine/core";
import {
  brierScore,
  expectedCalibrationError,
  logLoss,
  reliabilityBins,
} from "../../../evaluation/metrics/calibration.ts";
import { calibrationFigure } from "../../plots/calibrationFigure.ts";
import { Plot } from "../../plots/Plot.tsx";
import { usePlotScheme } from "../../plots/usePlotScheme.ts";
import { Tile } from "./Tile.tsx";
import classes from "./train.module.css";

/** Whether the probabilities can be taken at their word. */
export function CalibrationPanel({
  probabilities,
  truths,
}: {
  readonly probabilities: Float32Array;
  readonly truths: readonly boolean[];
}) {
  const scheme = usePlotScheme();
  const digits = (value: number | null) => value?.toFixed(3) ?? "–";
  const error = expectedCalibrationError(probabilities, truths);
  return (
    <Paper withBorder p="md" component="section" aria-label="Calibration" data-testid="calibration">
      <Title order={2} size="h5" mb="xs">
        Calibration
      </Title>
      <div className={classes.calibration}>
        <Stack gap="sm">
          <div className={classes.tiles}>
            <Tile value={digits(error)} name="expected calibration error" />
            <Tile value={digits(brierScore(probabilities, truths))} name="Brier score" />
            <Tile value={digits(logLoss(probabilities, truths))} name="log loss (nats)" />
          </div>
          <Text size="xs" c="dimmed" maw={460}>
            Of the recordings that were given a probability near 0.8, eight in ten should have the class:
            points on the dotted line. Below it the network is too sure, above it not sure enough. Ten bins of
            equal width, with 95 % intervals (Wilson). Where training weighted the classes, probabilities are
            shifted towards the rarer one.
          </Text>
        </Stack>
        <Plot
          figure={calibrationFigure(reliabilityBins(probabilities, truths), scheme)}
          height={270}
          interactive
          label={`Reliability diagram, expected calibration error ${digits(error)}`}
        />
      </div>
    </Paper>
  );
}
