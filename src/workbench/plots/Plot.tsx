import { type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import type { Figure } from "./figure.ts";
import { loadPlotly, type PlotlyLibrary } from "./plotly.ts";
import { createSurface, type Size, type Surface } from "./surface.ts";

/** For figures that move faster than React should render; both wait until Plotly is there. */
export interface PlotHandle {
  /** Draws a figure whole. */
  show(figure: Figure): void;
  /** Moves the points of the figure shown; same traces, same layout. */
  move(figure: Figure): void;
}

interface PlotProps {
  /** What to draw; leave it out where the handle draws. */
  readonly figure?: Figure;
  /** What the picture shows, in a sentence, for those who do not see it. */
  readonly label: string;
  /** CSS pixels; the width follows the container. */
  readonly height: number;
  /** Hovering, zooming and the small tool bar. */
  readonly interactive?: boolean;
  /** Called with the size in CSS pixels before the figure is drawn at that size. */
  readonly onSize?: (size: Size) => void;
  readonly ref?: Ref<PlotHandle>;
}

/** A Plotly figure in React: loads Plotly when first shown, follows the width of its container, cleans up. */
export function Plot({ figure, label, height, interactive = false, onSize, ref }: PlotProps) {
  const element = useRef<HTMLDivElement>(null);
  const surface = useRef<Surface | null>(null);
  const newest = useRef<Figure | null>(null);
  const reportSize = useRef(onSize);
  const [failure, setFailure] = useState<unknown>(null);
  if (failure !== null) throw failure;

  useEffect(() => {
    reportSize.current = onSize;
  });

  useImperativeHandle(ref, () => {
    const through = (method: "show" | "move") => (next: Figure) => {
      newest.current = next;
      surface.current?.[method](next);
    };
    return { show: through("show"), move: through("move") };
  }, []);

  useEffect(() => {
    const target = element.current;
    if (target === null) return;
    let plotly: PlotlyLibrary | null = null;
    let gone = false;
    // A figure in a folded panel has no size yet; it opens as soon as it has one.
    const followSize = () => {
      const size = { width: target.clientWidth, height: target.clientHeight };
      if (gone || size.width === 0 || size.height === 0) return;
      reportSize.current?.(size);
      if (surface.current !== null) surface.current.resize(size);
      else if (plotly !== null) {
        surface.current = createSurface(plotly, target, size, interactive);
        if (newest.current !== null) surface.current.show(newest.current);
      }
    };
    const observer = new ResizeObserver(followSize);
    observer.observe(target);
    loadPlotly().then(
      (library) => {
        plotly = library;
        followSize();
      },
      (error: unknown) => setFailure(error),
    );
    return () => {
      gone = true;
      observer.disconnect();
      surface.current?.remove();
      surface.current = null;
    };
  }, [interactive]);

  useEffect(() => {
    if (figure === undefined) return;
    newest.current = figure;
    surface.current?.show(figure);
  }, [figure]);

  const style = { width: "100%", height, margin: 0, overflow: "hidden" };
  return interactive ? (
    <figure ref={element} aria-label={label} style={style} />
  ) : (
    <div ref={element} role="img" aria-label={label} style={style} />
  );
}
