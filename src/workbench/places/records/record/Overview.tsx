import { useCallback } from "react";
import type { OpenedRecord } from "../../../../services/records.ts";
import { formatClock } from "../../../format.ts";
import type { PaperColours } from "../../../paper/drawPaper.ts";
import { type CanvasSize, usePaperCanvas } from "../../../paper/usePaperCanvas.ts";
import { usePaperColours } from "../../../paper/usePaperColours.ts";
import { actions } from "../../../state/store.ts";
import type { RecordSelection } from "../../../state/view.ts";
import { useAnswer } from "../../../useAnswer.ts";
import { workers } from "../../../workers.ts";
import classes from "../records.module.css";

/** Parts of the whole record that are drawn: about one a pixel of a wide window. */
const buckets = 1400;
/** CSS pixels. */
const height = 64;
/** s that the brush shows as taken; the strip beneath shows about as much. */
const brushLength = 10;

/** The whole record at a glance; the brush says where the strip stands, and moves it. */
export function Overview({
  record,
  selection,
}: {
  readonly record: OpenedRecord;
  readonly selection: RecordSelection;
}) {
  const colours = usePaperColours();
  const { hash, lead, start } = selection;
  // The last lead stays until the next one has come.
  const envelope = useAnswer(`${hash}/${lead}`, () => workers.records.overview(hash, lead, buckets), true);
  const { duration } = record;
  const canvas = usePaperCanvas(
    useCallback(
      (context: CanvasRenderingContext2D, size: CanvasSize) => {
        if (envelope !== null) paint(context, size, colours, envelope);
      },
      [colours, envelope],
    ),
  );

  const moveTo = (time: number) => {
    const latest = Math.max(0, duration - brushLength);
    const next = Math.round(Math.min(latest, Math.max(0, time)) * 100) / 100;
    actions.selectRecord({ ...selection, start: next });
  };
  const timeAt = (clientX: number) => {
    const box = canvas.current?.getBoundingClientRect();
    return box === undefined ? 0 : ((clientX - box.left) / box.width) * duration - brushLength / 2;
  };
  const share = (time: number) => `${Math.min(100, (time / duration) * 100)}%`;
  return (
    <div className={classes.overview}>
      <canvas
        ref={canvas}
        className={classes.overviewCanvas}
        style={{ height }}
        role="img"
        aria-label={`All ${formatClock(duration)} of lead ${lead}`}
      />
      <div
        role="slider"
        tabIndex={0}
        className={classes.brush}
        aria-label="Time shown on the strip"
        aria-valuemin={0}
        aria-valuemax={Math.round(duration)}
        aria-valuenow={Math.round(start)}
        aria-valuetext={`from ${formatClock(start)}`}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          moveTo(timeAt(event.clientX));
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) moveTo(timeAt(event.clientX));
        }}
        onKeyDown={(event) => {
          const step = steps[event.key];
          if (step === undefined) return;
          event.preventDefault();
          moveTo(step(start, duration));
        }}
      >
        <div
          className={classes.brushWindow}
          style={{ left: share(start), width: share(Math.min(brushLength, duration)) }}
        />
      </div>
      <div className={classes.overviewTimes} aria-hidden="true">
        {[0, 0.25, 0.5, 0.75, 1].map((part) => (
          <span key={part}>{formatClock(part * duration)}</span>
        ))}
      </div>
    </div>
  );
}

/** The lowest and the highest value of each part, between the quantiles of both. */
function paint(
  context: CanvasRenderingContext2D,
  { width, ratio }: CanvasSize,
  colours: PaperColours,
  { minimum, maximum }: { readonly minimum: Float32Array; readonly maximum: Float32Array },
): void {
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, width, height);
  const [lowest, highest] = [robust(minimum, 0.02), robust(maximum, 0.98)];
  const yOf = (value: number) => height - 6 - ((value - lowest) / (highest - lowest || 1)) * (height - 12);
  context.strokeStyle = colours.ink;
  context.lineWidth = 1;
  context.beginPath();
  minimum.forEach((low, index) => {
    if (Number.isNaN(low)) return;
    const x = ((index + 0.5) / minimum.length) * width;
    context.moveTo(x, yOf(low));
    context.lineTo(x, yOf(maximum[index]) - 0.5);
  });
  context.stroke();
}

const steps: Readonly<Record<string, (start: number, duration: number) => number>> = {
  ArrowRight: (start) => start + brushLength / 2,
  ArrowLeft: (start) => start - brushLength / 2,
  PageDown: (start) => start + 60,
  PageUp: (start) => start - 60,
  Home: () => 0,
  End: (_start, duration) => duration,
};

/** A quantile without the few wildest parts: one artefact must not flatten half an hour. */
function robust(values: Float32Array, share: number): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
