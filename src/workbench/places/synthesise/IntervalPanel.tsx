import { Paper, Text, Tooltip } from "@mantine/core";
import type { IntervalStatistic, Intervals } from "../../../signal/intervals.ts";
import classes from "./synthesise.module.css";

interface Reading {
  readonly name: string;
  readonly meaning: string;
  readonly unit: string;
  readonly scale: number;
  readonly of: (intervals: Intervals) => IntervalStatistic | null;
}

const readings: readonly Reading[] = [
  { name: "Heart rate", meaning: "60 / RR", unit: "/min", scale: 1, of: (all) => all.heartRate },
  { name: "RR", meaning: "From one R peak to the next", unit: "ms", scale: 1000, of: (all) => all.rr },
  { name: "PR", meaning: "Onset of P to onset of QRS", unit: "ms", scale: 1000, of: (all) => all.pr },
  {
    name: "QRS",
    meaning: "Onset to offset of the QRS complex",
    unit: "ms",
    scale: 1000,
    of: (all) => all.qrs,
  },
  { name: "QT", meaning: "Onset of QRS to the end of T", unit: "ms", scale: 1000, of: (all) => all.qt },
  {
    name: "QTc",
    meaning: "Bazett: QT / √RR, RR in seconds",
    unit: "ms",
    scale: 1000,
    of: (all) => all.qtcBazett,
  },
  {
    name: "QTc F",
    meaning: "Fridericia: QT / ∛RR, RR in seconds",
    unit: "ms",
    scale: 1000,
    of: (all) => all.qtcFridericia,
  },
];

/** Intervals of the synthetic recording, read from its ground truth; a dash where the rhythm has none. */
export function IntervalPanel({ intervals }: { readonly intervals: Intervals | null }) {
  return (
    <Paper
      component="section"
      aria-label="Intervals of the synthetic recording"
      className={classes.intervals}
      withBorder
    >
      {readings.map(({ name, meaning, unit, scale, of }) => {
        const statistic = intervals === null ? null : of(intervals);
        return (
          <Tooltip
            key={name}
            label={`${meaning}. From the ground truth; waves span ± 2.2 σ.`}
            openDelay={400}
          >
            <div className={classes.reading} data-reading={name}>
              <Text size="xs" c="dimmed">
                {name}
              </Text>
              <Text className={classes.value}>
                {statistic === null ? "–" : Math.round(statistic.mean * scale)}
                {statistic !== null && <small> {unit}</small>}
              </Text>
              <Text size="xs" c="dimmed" className={classes.deviation}>
                {statistic === null ? "none" : `± ${Math.round(statistic.standardDeviation * scale)}`}
              </Text>
            </div>
          </Tooltip>
        );
      })}
    </Paper>
  );
}
