import { useCallback } from "react";
import { type PaperColours, paintGrid } from "../../../paper/drawPaper.ts";
import { type CanvasSize, usePaperCanvas } from "../../../paper/usePaperCanvas.ts";
import { usePaperColours } from "../../../paper/usePaperColours.ts";

/** mm of paper for a mV, and in the height of the picture. */
const [gain, paperHeight] = [10, 44] as const;
/** mm of paper for a second: a beat is written faster than a strip, so that it can be seen. */
const speedOf = (seconds: number) => (seconds < 2 ? 50 : 25);

/** A beat or a strip in the middle of a sheet of paper that is the same for all of them. */
export function BeatPaper({
  samples,
  samplingFrequency,
  label,
}: {
  readonly samples: Float32Array;
  readonly samplingFrequency: number;
  readonly label: string;
}) {
  const colours = usePaperColours();
  const canvas = usePaperCanvas(
    useCallback(
      (context: CanvasRenderingContext2D, size: CanvasSize) =>
        paint(context, size, colours, samples, samplingFrequency),
      [colours, samples, samplingFrequency],
    ),
  );
  return <canvas ref={canvas} role="img" aria-label={label} />;
}

function paint(
  context: CanvasRenderingContext2D,
  { width, height, ratio }: CanvasSize,
  colours: PaperColours,
  samples: Float32Array,
  samplingFrequency: number,
): void {
  const duration = samples.length / samplingFrequency;
  const speed = speedOf(duration);
  const pixelsPerMillimetre = Math.min(height / paperHeight, width / (duration * speed + 4));
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, width, height);
  paintGrid(context, { width, height, ratio, pixelsPerMillimetre, scroll: 0, colours });
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of samples) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  // The middle of the beat stands in the middle of the paper: an electrode's offset is no hint.
  const middle = (low + high) / 2;
  const left = (width - duration * speed * pixelsPerMillimetre) / 2;
  context.beginPath();
  samples.forEach((value, index) => {
    const x = left + (index / samplingFrequency) * speed * pixelsPerMillimetre;
    const y = height / 2 - (value - middle) * gain * pixelsPerMillimetre;
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  });
  context.strokeStyle = colours.ink;
  context.lineWidth = 2;
  context.lineJoin = "round";
  context.stroke();
  context.fillStyle = colours.text;
  context.font = "11px system-ui, sans-serif";
  context.textAlign = "right";
  context.fillText(`${speed} mm/s · ${gain} mm/mV`, width - 8, height - 8);
}
