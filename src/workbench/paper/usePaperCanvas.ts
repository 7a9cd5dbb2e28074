import { type RefObject, useEffect, useRef, useState } from "react";

/** CSS pixels, and device pixels to each. */
export interface CanvasSize {
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

/**
 * A canvas that is painted at the resolution of the screen, and anew whenever its width changes.
 * @param paint another function is another picture: it has to be the same as long as the picture is
 */
export function usePaperCanvas(
  paint: (context: CanvasRenderingContext2D, size: CanvasSize) => void,
): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const surface = canvas.current;
    if (surface === null) return;
    const observer = new ResizeObserver(() => setWidth(surface.clientWidth));
    observer.observe(surface);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const surface = canvas.current;
    const context = surface?.getContext("2d");
    if (!surface || !context || width === 0) return;
    const ratio = window.devicePixelRatio;
    surface.width = Math.round(width * ratio);
    surface.height = Math.round(surface.clientHeight * ratio);
    paint(context, { width, height: surface.clientHeight, ratio });
  }, [paint, width]);
  return canvas;
}
