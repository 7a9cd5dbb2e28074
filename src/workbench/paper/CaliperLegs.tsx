import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import type { Calipers } from "../state/view.ts";
import { march, neighbouringPeak, readCalipers, snap } from "./calipers.ts";
import { type PaperScale, type Trace, xOfTime } from "./geometry.ts";
import classes from "./paper.module.css";

interface CaliperLegsProps {
  readonly calipers: Calipers;
  readonly duration: number;
  readonly scale: PaperScale;
  signal(): { readonly trace: Trace; readonly peaks: readonly number[] } | null;
  onChange(calipers: Calipers | null): void;
}

/** The legs of the calipers over a strip: dragged, or moved with the keyboard; M marches, Escape closes. */
export function CaliperLegs({ calipers, duration, scale, signal, onChange }: CaliperLegsProps) {
  const grabbed = useRef<{ readonly x: number; readonly at: Calipers } | null>(null);
  const current = signal();
  const trace: Trace = current?.trace ?? { samples: new Float32Array(1), samplingFrequency: 500, unit: "mV" };
  const peaks = current?.peaks ?? [];
  const reading = readCalipers(calipers, trace, scale, peaks);
  const within = (time: number) => Math.min(duration, Math.max(0, time));

  const drag = (part: "from" | "to" | "both") => ({
    onPointerDown(event: PointerEvent<HTMLElement>) {
      event.currentTarget.setPointerCapture(event.pointerId);
      grabbed.current = { x: event.clientX, at: calipers };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const start = grabbed.current;
      if (start === null) return;
      const moved = (event.clientX - start.x) / (scale.speed * scale.pixelsPerMillimetre);
      const place = (time: number) => (event.altKey ? within(time) : snap(within(time), trace, scale, peaks));
      if (part !== "both") onChange({ ...calipers, [part]: place(start.at[part] + moved) });
      else {
        const from = place(start.at.from + moved);
        onChange({ ...calipers, from, to: within(from + start.at.to - start.at.from) });
      }
    },
    onPointerUp() {
      grabbed.current = null;
    },
  });

  const onKeyDown = (part: "from" | "to") => (event: KeyboardEvent) => {
    const sample = (event.shiftKey ? 10 : 1) / trace.samplingFrequency;
    const moves = new Map<string, () => Calipers | null>([
      ["ArrowLeft", () => ({ ...calipers, [part]: within(calipers[part] - sample) })],
      ["ArrowRight", () => ({ ...calipers, [part]: within(calipers[part] + sample) })],
      ["PageUp", () => ({ ...calipers, [part]: neighbouringPeak(calipers[part], peaks, 1) })],
      ["PageDown", () => ({ ...calipers, [part]: neighbouringPeak(calipers[part], peaks, -1) })],
      ["m", () => ({ ...calipers, march: !calipers.march })],
      ["Escape", () => null],
    ]);
    const act = moves.get(event.key.length === 1 ? event.key.toLowerCase() : event.key);
    if (act === undefined) return;
    event.preventDefault();
    onChange(act());
  };

  const [left, right] = [Math.min(calipers.from, calipers.to), Math.max(calipers.from, calipers.to)];
  const words = describeReading(reading, trace.unit);
  return (
    <>
      {march(calipers, duration).map((time) => (
        <div key={time} className={classes.march} data-march style={{ left: xOfTime(time, scale) }} />
      ))}
      <div
        className={classes.span}
        style={{ left: xOfTime(left, scale), width: xOfTime(right, scale) - xOfTime(left, scale) }}
        {...drag("both")}
      >
        <output className={classes.reading} aria-live="polite">
          {words}
        </output>
      </div>
      {(["from", "to"] as const).map((part) => (
        <div
          key={part}
          role="slider"
          tabIndex={0}
          className={classes.leg}
          style={{ left: xOfTime(calipers[part], scale) }}
          aria-label={part === "from" ? "First caliper leg" : "Second caliper leg"}
          aria-valuemin={0}
          aria-valuemax={duration}
          aria-valuenow={calipers[part]}
          aria-valuetext={`${calipers[part].toFixed(3)} s; ${words}`}
          onKeyDown={onKeyDown(part)}
          {...drag(part)}
        />
      ))}
    </>
  );
}

function describeReading(reading: ReturnType<typeof readCalipers>, unit: string): string {
  const ms = (seconds: number) => seconds * 1000;
  const interval = `${ms(reading.interval).toFixed(0)} ± ${ms(reading.intervalUncertainty).toFixed(1)} ms`;
  const rate =
    reading.interval > 0.05
      ? ` · ${reading.rate.toFixed(1)} ± ${reading.rateUncertainty.toFixed(1)} /min`
      : "";
  const difference = Number.isNaN(reading.difference)
    ? ""
    : ` · Δ ${reading.difference.toFixed(2)} ± ${reading.differenceUncertainty.toFixed(2)} ${unit}`;
  return `${interval}${rate}${difference}`;
}
