import { useEffect, useRef } from "react";
import classes from "./paper.module.css";
import { drawTwelveLeads, type NamedTrace, twelveLeadSize } from "./twelveLeads.ts";
import { usePaperColours } from "./usePaperColours.ts";

/** Twelve leads as they are printed, in true millimetres; what does not fit the window is scrolled to. */
export function TwelveLeads({
  leads,
  gain,
  pixelsPerMillimetre,
  title,
  label,
}: {
  readonly leads: readonly NamedTrace[];
  /** mm/mV */
  readonly gain: number;
  readonly pixelsPerMillimetre: number;
  readonly title: string;
  readonly label: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const colours = usePaperColours();
  const width = twelveLeadSize.width * pixelsPerMillimetre;
  const height = twelveLeadSize.height * pixelsPerMillimetre;
  useEffect(() => {
    const surface = canvas.current;
    const context = surface?.getContext("2d");
    if (!surface || !context) return;
    const ratio = window.devicePixelRatio;
    surface.width = Math.round(width * ratio);
    surface.height = Math.round(height * ratio);
    drawTwelveLeads(context, ratio, { leads, gain, pixelsPerMillimetre, colours, title });
  }, [leads, gain, pixelsPerMillimetre, colours, title, width, height]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.scroller} aria-label={label} tabIndex={0}>
      <canvas ref={canvas} role="img" aria-label={label} style={{ width, height, display: "block" }} />
    </section>
  );
}
