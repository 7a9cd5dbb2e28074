import { type Ref, useCallback, useEffect, useImperativeHandle, useRef, useState } from "react";
import type { Calipers } from "../state/view.ts";
import { CaliperLegs } from "./CaliperLegs.tsx";
import { drawStrip, type PaperMark } from "./drawPaper.ts";
import {
  heightFor,
  type PaperHeight,
  type PaperScale,
  stripWidth,
  type Trace,
  timeOfX,
  xOfTime,
} from "./geometry.ts";
import classes from "./paper.module.css";
import { usePaperColours } from "./usePaperColours.ts";

/** Paints without a React render, for signals that change with every frame. */
export interface StripHandle {
  draw(trace: Trace, marks: readonly PaperMark[], peaks: readonly number[]): void;
  /** The paper as it stands, for exports. */
  snapshot(): {
    readonly trace: Trace;
    readonly height: PaperHeight;
    readonly marks: readonly PaperMark[];
  } | null;
}

export interface EcgStripProps {
  readonly ref?: Ref<StripHandle>;
  /** Spoken name of the picture. */
  readonly label: string;
  /** Written on the paper: the lead, and whether it is synthetic. */
  readonly title: string;
  readonly scale: PaperScale;
  readonly calipers: Calipers | null;
  onCalipers(calipers: Calipers | null): void;
  /** Time at the left edge, s; follows the prop when it changes. */
  readonly start?: number;
  onStart?(start: number): void;
}

/** A signal on ECG paper of true scale; what does not fit the window is scrolled to. */
export function EcgStrip(props: EcgStripProps) {
  const { ref, label, title, scale, calipers, onCalipers, start, onStart } = props;
  const scroller = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const signal = useRef<{ trace: Trace; marks: readonly PaperMark[]; peaks: readonly number[] } | null>(null);
  const [duration, setDuration] = useState(10);
  const [height, setHeight] = useState<PaperHeight>({ middle: 0.5, millimetres: 40 });
  const heightNow = useRef(height);
  const colours = usePaperColours();
  const { speed, gain, pixelsPerMillimetre } = scale;

  const paint = useCallback(() => {
    const [box, surface, current] = [scroller.current, canvas.current, signal.current];
    const context = surface?.getContext("2d");
    if (!box || !surface || !context || current === null) return;
    const ratio = window.devicePixelRatio;
    const paper = heightNow.current;
    const width = box.clientWidth;
    const [deviceWidth, deviceHeight] = [
      Math.round(width * ratio),
      Math.round(paper.millimetres * pixelsPerMillimetre * ratio),
    ];
    if (surface.width !== deviceWidth) surface.width = deviceWidth;
    if (surface.height !== deviceHeight) surface.height = deviceHeight;
    drawStrip(context, width, ratio, {
      trace: current.trace,
      marks: current.marks,
      scale: { speed, gain, pixelsPerMillimetre },
      height: paper,
      colours,
      scroll: box.scrollLeft,
      title,
    });
  }, [speed, gain, pixelsPerMillimetre, colours, title]);

  const chooseHeight = useCallback(
    (fresh: boolean) => {
      const current = signal.current;
      if (current === null) return;
      const next = heightFor(current.trace.samples, gain, fresh ? null : heightNow.current);
      if (next !== heightNow.current) {
        heightNow.current = next;
        setHeight(next);
      }
    },
    [gain],
  );

  useImperativeHandle(
    ref,
    () => ({
      draw(trace, marks, peaks) {
        const changedLength = signal.current?.trace.samples.length !== trace.samples.length;
        signal.current = { trace, marks, peaks };
        if (changedLength) setDuration(trace.samples.length / trace.samplingFrequency);
        chooseHeight(changedLength);
        paint();
      },
      snapshot: () => (signal.current === null ? null : { ...signal.current, height: heightNow.current }),
    }),
    [chooseHeight, paint],
  );

  useEffect(() => {
    chooseHeight(true);
    paint();
  }, [chooseHeight, paint]);

  useEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const observer = new ResizeObserver(paint);
    observer.observe(box);
    // A window dragged to another screen, or zoomed, changes the pixel ratio without changing the box.
    const ratio = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    ratio.addEventListener("change", paint);
    return () => {
      observer.disconnect();
      ratio.removeEventListener("change", paint);
    };
  }, [paint]);

  const leftEdge = useCallback(() => {
    const box = scroller.current;
    return box === null ? 0 : Math.max(0, timeOfX(box.scrollLeft, { speed, gain, pixelsPerMillimetre }));
  }, [speed, gain, pixelsPerMillimetre]);

  useEffect(() => {
    const box = scroller.current;
    if (box === null || start === undefined || Math.abs(start - leftEdge()) < 0.05) return;
    box.scrollLeft = start === 0 ? 0 : xOfTime(start, { speed, gain, pixelsPerMillimetre });
  }, [start, leftEdge, speed, gain, pixelsPerMillimetre]);

  return (
    <section
      ref={scroller}
      className={classes.scroller}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={() => {
        paint();
        onStart?.(leftEdge());
      }}
    >
      <div
        className={classes.content}
        style={{
          width: stripWidth(duration, speed) * pixelsPerMillimetre,
          height: height.millimetres * pixelsPerMillimetre,
        }}
      >
        <canvas
          ref={canvas}
          className={classes.canvas}
          role="img"
          aria-label={label}
          style={{ height: height.millimetres * pixelsPerMillimetre }}
        />
        {calipers !== null && (
          <CaliperLegs
            calipers={calipers}
            duration={duration}
            scale={scale}
            signal={() => signal.current}
            onChange={onCalipers}
          />
        )}
      </div>
    </section>
  );
}
