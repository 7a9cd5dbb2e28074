import { useCallback } from "react";
import type { ExplainedExample } from "../../../services/training/models.ts";
import { type PaperColours, paintGrid } from "../../paper/drawPaper.ts";
import { type CanvasSize, usePaperCanvas } from "../../paper/usePaperCanvas.ts";
import { usePaperColours } from "../../paper/usePaperColours.ts";

/** mm of paper for a second, the usual speed. */
const speed = 25;
/** Standard deviations from the middle to either edge. */
const reach = 6;

/** A whole recording on paper as wide as the page, shaded where a network looked. */
export function ExampleStrip({
  explained,
  label,
}: {
  readonly explained: ExplainedExample | null;
  readonly label: string;
}) {
  const colours = usePaperColours();
  const canvas = usePaperCanvas(
    useCallback(
      (context: CanvasRenderingContext2D, size: CanvasSize) => paint(context, size, colours, explained),
      [colours, explained],
    ),
  );
  return <canvas ref={canvas} role="img" aria-label={label} data-drawn={explained !== null} />;
}

function paint(
  context: CanvasRenderingContext2D,
  { width, height, ratio }: CanvasSize,
  colours: PaperColours,
  explained: ExplainedExample | null,
): void {
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, width, height);
  const duration = explained === null ? 10 : explained.samples.length / explained.samplingFrequency;
  // The paper is scaled so that the whole recording fits: its squares stay 0.04 and 0.2 s.
  paintGrid(context, {
    width,
    height,
    ratio,
    pixelsPerMillimetre: width / (duration * speed),
    scroll: 0,
    colours,
  });
  if (explained === null) return;
  const { samples, saliency } = explained;
  const x = (index: number) => (index / (samples.length - 1)) * width;
  const step = width / samples.length;
  context.fillStyle = colours.mark;
  saliency?.forEach((value, index) => {
    if (value < 0.02) return;
    context.globalAlpha = 0.45 * value;
    context.fillRect(x(index) - step / 2, 0, step + 0.5, height);
  });
  context.globalAlpha = 1;
  context.beginPath();
  samples.forEach((value, index) => {
    const y = height / 2 - (value / reach) * (height / 2);
    if (index === 0) context.moveTo(x(index), y);
    else context.lineTo(x(index), y);
  });
  context.strokeStyle = colours.ink;
  context.lineWidth = 1.2;
  context.lineJoin = "round";
  context.stroke();
}
