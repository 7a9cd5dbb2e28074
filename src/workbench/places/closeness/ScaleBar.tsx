import type { ScalePlace } from "../../../evaluation/closeness/reading.ts";
import classes from "./closeness.module.css";

/** A value on the way from other real patients, at the left end, to noise, at the right one. */
export function ScaleBar({
  place: { share, low, high },
  ends = ["real", "noise"],
}: {
  readonly place: Pick<ScalePlace, "share" | "low" | "high">;
  readonly ends?: readonly [string, string];
}) {
  return (
    <div
      className={classes.bar}
      role="img"
      aria-label={`${(100 * share).toFixed(0)} % of the way from ${ends[0]} to ${ends[1]}`}
    >
      <span className={classes.barBand} style={{ left: `${100 * low}%`, width: `${100 * (high - low)}%` }} />
      <span className={classes.barMark} style={{ left: `${100 * share}%` }} />
    </div>
  );
}
