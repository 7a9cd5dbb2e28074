import { useComputedColorScheme } from "@mantine/core";
import { type Ref, useCallback, useEffect, useImperativeHandle, useRef, useState } from "react";
import type { Schema, Values } from "../../domain/schema.ts";
import type { BeatComponent, BeatPicture } from "../../simulators/simulator.ts";
import { beatFigure, beatRange, type RealBeat } from "../plots/beatFigure.ts";
import type { Figure } from "../plots/figure.ts";
import { Plot, type PlotHandle } from "../plots/Plot.tsx";
import type { ColourScheme } from "../plots/theme.ts";
import classes from "./beat.module.css";
import { type BeatPainter, createBeatPainter } from "./beatPainter.ts";
import { type Changes, canMove, canWiden } from "./dragging.ts";
import { WaveHandles, type WaveHandlesRef } from "./WaveHandles.tsx";

/** How pictures reach the view without a render of React: up to sixty a second. */
export interface BeatViewHandle {
  draw(picture: BeatPicture): void;
  /** The beat as it stands with letters at its waves, for export; null before the first picture. */
  figure(scheme: ColourScheme): Figure | null;
}

interface BeatViewProps {
  readonly schema: Schema;
  /** Every parameter of the schema with its value, which a drag starts from. */
  readonly values: Values;
  /** A real beat under the synthetic one, and if asked for what remains of it. */
  readonly overlay?: RealBeat | null;
  /** Parameters that a gesture has changed, in range and on their steps; called up to sixty times a second. */
  readonly onDrag: (changes: Changes) => void;
  /** The gesture is over (also when Escape has put everything back): time for one entry in the history. */
  readonly onDragEnd: () => void;
  /** CSS pixels. */
  readonly height?: number;
  readonly ref?: Ref<BeatViewHandle>;
}

/** One beat: every wave in its colour under the sum, with handles to grab the waves by. */
export function BeatView(props: BeatViewProps) {
  const { schema, values, overlay = null, onDrag, onDragEnd, height = 380, ref } = props;
  const scheme = useComputedColorScheme("light");
  const plot = useRef<PlotHandle>(null);
  const handles = useRef<WaveHandlesRef>(null);
  const painter = useRef<BeatPainter | null>(null);
  const newest = useRef<{ picture: BeatPicture | null; overlay: RealBeat | null }>({
    picture: null,
    overlay,
  });
  const [components, setComponents] = useState<readonly BeatComponent[]>([]);

  const paint = useCallback(() => {
    painter.current ??= createBeatPainter({
      plot: {
        show: (figure) => plot.current?.show(figure),
        move: (figure) => plot.current?.move(figure),
      },
      paintHandles: (picture, scale) => handles.current?.paint(picture, scale),
    });
    return painter.current;
  }, []);

  useImperativeHandle(ref, () => {
    const draw = (picture: BeatPicture) => {
      newest.current.picture = picture;
      paint().draw(picture);
      setComponents((before) => (sameHandles(before, picture.components) ? before : picture.components));
    };
    const figure = (inScheme: ColourScheme) => {
      const { picture, overlay: real } = newest.current;
      if (picture === null) return null;
      const range = beatRange(picture, real);
      return beatFigure({ picture, overlay: real, range, scheme: inScheme, labels: true });
    };
    return { draw, figure };
  }, [paint]);

  useEffect(() => {
    newest.current.overlay = overlay;
    paint().setOverlay(overlay);
  }, [paint, overlay]);
  useEffect(() => paint().setScheme(scheme), [paint, scheme]);
  useEffect(() => () => painter.current?.stop(), []);

  const repaintHandles = useCallback(() => paint().repaintHandles(), [paint]);

  return (
    <div className={classes.view} style={{ height }}>
      <Plot ref={plot} label={summary(components)} height={height} onSize={(size) => paint().setSize(size)} />
      <WaveHandles
        ref={handles}
        components={components}
        schema={schema}
        values={values}
        scheme={scheme}
        onDrag={onDrag}
        onDragEnd={onDragEnd}
        onHeld={(held) => paint().setHeld(held)}
        onBuilt={repaintHandles}
      />
    </div>
  );
}

function summary(components: readonly BeatComponent[]): string {
  const names = components.map(({ name }) => name).join(", ");
  return `One synthetic beat: the waves ${names} and their sum, amplitude against time`;
}

/** Whether the handles built for one list of waves serve another: same waves, same freedoms. */
function sameHandles(a: readonly BeatComponent[], b: readonly BeatComponent[]): boolean {
  return (
    a.length === b.length &&
    a.every(
      (component, index) =>
        component.name === b[index].name &&
        canMove(component) === canMove(b[index]) &&
        canWiden(component) === canWiden(b[index]),
    )
  );
}
