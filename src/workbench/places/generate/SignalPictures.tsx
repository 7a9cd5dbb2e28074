import type { TokenGridForm } from "../../../generators/generator.ts";
import classes from "./sampling.module.css";
import { TokenGrid } from "./TokenGrid.tsx";

const [width, height] = [240, 90];
/** Highest value that is drawn: noise reaches beyond the signals. */
const reach = 1.6;

/** Signals on the way from noise, with their tokens beneath where they are made of such. */
export function SignalPictures({
  signals,
  beneath,
  count,
  titles,
  tokens,
  grids = [],
  label,
}: {
  /** `[count, length]`, scaled to −1 … 1. */
  readonly signals: Float32Array;
  /** As many signals that are drawn in grey behind them. */
  readonly beneath?: Float32Array;
  readonly count: number;
  /** Of each signal. */
  readonly titles: readonly string[];
  /** `[count, tokens]`, −1 where one is open. */
  readonly tokens?: Int32Array;
  /** How they stand. */
  readonly grids?: readonly TokenGridForm[];
  readonly label: string;
}) {
  const length = signals.length / count;
  const perSignal = (tokens?.length ?? 0) / count;
  return (
    <section className={classes.pictures} aria-label={label} data-testid="sampled">
      {titles.map((title, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a picture is its place in the row.
        <figure key={index} className={classes.picture}>
          <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
            {beneath !== undefined && (
              <path
                className={classes.beneath}
                d={pathOf(beneath, index, length)}
                vectorEffect="non-scaling-stroke"
              />
            )}
            <path d={pathOf(signals, index, length)} vectorEffect="non-scaling-stroke" />
          </svg>
          {tokens !== undefined && (
            <TokenGrid tokens={tokens.subarray(index * perSignal, (index + 1) * perSignal)} forms={grids} />
          )}
          <figcaption>{title}</figcaption>
        </figure>
      ))}
    </section>
  );
}

function pathOf(signals: Float32Array, index: number, length: number): string {
  let path = "";
  for (let at = 0; at < length; at++) {
    const x = ((at * width) / (length - 1)).toFixed(1);
    const y = (height / 2 - (signals[index * length + at] * height) / (2 * reach)).toFixed(1);
    path += `${at === 0 ? "M" : "L"}${x} ${y}`;
  }
  return path;
}
