import type { Interval } from "../../../evaluation/statistics/bootstrap.ts";
import classes from "./closeness.module.css";

/** A value on the way from other real patients, at the left end, to noise, at the right one. */
export function ScaleBar({
  value,
  interval,
  near,
  far,
  ends = ["real", "noise"],
}: {
  readonly value: number;
  readonly interval: Interval | null;
  readonly near: number;
  readonly far: number;
  readonly ends?: readonly [string, string];
}) {
  const place = (each: number) => 100 * Math.min(1, Math.max(0, (each - near) / (far - near)));
  const at = place(value);
  const [one, other] = interval === null ? [at, at] : [place(interval.low), place(interval.high)];
  const left = Math.min(one, other);
  return (
    <div
      className={classes.bar}
      role="img"
      aria-label={`${at.toFixed(0)} % of the way from ${ends[0]} to ${ends[1]}`}
    >
      <span className={classes.barBand} style={{ left: `${left}%`, width: `${Math.abs(other - one)}%` }} />
      <span className={classes.barMark} style={{ left: `${at}%` }} />
    </div>
  );
}
