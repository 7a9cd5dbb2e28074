import { Tooltip } from "@mantine/core";
import type { Comparison } from "../../../evaluation/statistics/comparison.ts";
import type { Spread } from "../../../experiments/syntheticBeats/tables.ts";
import classes from "./experiment.module.css";

const signed = (value: number) => `${value > 0 ? "+" : ""}${value.toFixed(3)}`;
const probability = (value: number) => (value < 0.001 ? "< 0.001" : value.toFixed(3));

/** Mean ± SD with the interval beneath; bold only where a comparison calls it better. */
export function SpreadCell({
  spread,
  isBold = false,
}: {
  readonly spread: Spread;
  readonly isBold?: boolean;
}) {
  const { mean, standardDeviation, interval } = spread;
  if (mean === null) return <>–</>;
  const words = `${mean.toFixed(3)}${standardDeviation === null ? "" : ` ± ${standardDeviation.toFixed(3)}`}`;
  return (
    <>
      {isBold ? <strong>{words}</strong> : words}
      {interval !== null && (
        <span className={classes.interval}>
          [{interval.low.toFixed(3)}, {interval.high.toFixed(3)}]
        </span>
      )}
    </>
  );
}

/** A difference with its interval, and the verdict with its reason. */
export function ComparisonCell({ comparison }: { readonly comparison: Comparison | null }) {
  if (comparison === null || comparison.difference === null) return <>–</>;
  const { difference, interval, verdict, reason, adjustedProbability } = comparison;
  return (
    <Tooltip label={reason} multiline maw={320}>
      <span className={classes.comparison}>
        {signed(difference)} {verdict}
        {interval !== null && (
          <span className={classes.interval}>
            [{signed(interval.low)}, {signed(interval.high)}]
          </span>
        )}
        <span className={classes.interval}>p {probability(adjustedProbability)} (Holm)</span>
      </span>
    </Tooltip>
  );
}
