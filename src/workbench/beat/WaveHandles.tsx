import { type Ref, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import type { Schema, Values } from "../../domain/schema.ts";
import type { BeatComponent, BeatPicture } from "../../simulators/simulator.ts";
import { waveLetter } from "../plots/beatFigure.ts";
import { type ColourScheme, waveColour } from "../plots/theme.ts";
import classes from "./beat.module.css";
import { type Changes, canMove, canWiden, readout } from "./dragging.ts";
import { areaPath, type BeatScale, handlePoints } from "./geometry.ts";
import { useWaveGestures } from "./useWaveGestures.ts";
import { WaveHandle } from "./WaveHandle.tsx";

export interface WaveHandlesRef {
  /** Moves every handle to its wave; cheap enough for every frame. */
  paint(picture: BeatPicture, scale: BeatScale): void;
}

interface WaveHandlesProps {
  /** Waves that the picture has; their positions come through `paint`. */
  readonly components: readonly BeatComponent[];
  readonly schema: Schema;
  readonly values: Values;
  readonly scheme: ColourScheme;
  readonly onDrag: (changes: Changes) => void;
  readonly onDragEnd: () => void;
  readonly onHeld: (held: boolean) => void;
  /** Asks for `paint`, after the handles have been built anew. */
  readonly onBuilt: () => void;
  readonly ref?: Ref<WaveHandlesRef>;
}

/** The layer over the plot by which waves are grabbed with mouse, finger or keyboard. */
export function WaveHandles(props: WaveHandlesProps) {
  const { components, schema, values, scheme, onBuilt, ref } = props;
  const layer = useRef<SVGSVGElement>(null);
  const note = useRef<HTMLDivElement>(null);
  const scene = useRef<{ picture: BeatPicture; scale: BeatScale } | null>(null);
  const [active, setActive] = useState<string | null>(null);
  const [held, setHeld] = useState<string | null>(null);
  const spoken = held ?? active;

  const gestures = useWaveGestures({
    schema,
    values,
    onDrag: props.onDrag,
    onDragEnd: props.onDragEnd,
    onHeld: (name) => {
      setHeld(name);
      props.onHeld(name !== null);
    },
    onActive: setActive,
    scene: () => scene.current,
  });

  const paintNote = () => {
    const component = scene.current?.picture.components.find(({ name }) => name === spoken);
    if (note.current === null || component === undefined || scene.current === null) return;
    const { picture, scale } = scene.current;
    placeNote(note.current, component, picture.unit, scale);
  };
  const repaintNote = useRef(paintNote);
  useLayoutEffect(() => {
    repaintNote.current = paintNote;
    paintNote();
  });

  useImperativeHandle(ref, () => {
    const paint = (picture: BeatPicture, scale: BeatScale) => {
      scene.current = { picture, scale };
      if (layer.current === null) return;
      for (const component of picture.components) {
        placeHandle(layer.current, component, picture, scale);
      }
      repaintNote.current();
    };
    return { paint };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: new elements stand nowhere until they are painted
  useLayoutEffect(() => onBuilt(), [components, onBuilt]);

  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold SVG */}
      <svg
        ref={layer}
        className={classes.layer}
        role="group"
        aria-label="Waves to grab: arrow keys move a wave, Shift with the arrow keys or brackets changes its width"
        data-held={held === null ? undefined : ""}
        {...gestures.surface}
      >
        <title>Waves to grab</title>
        {components.map(
          (component) =>
            canMove(component) && (
              <path
                key={component.name}
                className={classes.area}
                data-wave={component.name}
                data-part="area"
                data-lit={component.name === spoken ? "" : undefined}
                style={{ fill: waveColour(component.name, scheme).stroke }}
              />
            ),
        )}
        {components.map((component) => (
          <WaveHandle
            key={component.name}
            name={component.name}
            letter={waveLetter(component.name)}
            movable={canMove(component)}
            widenable={canWiden(component)}
            {...sliderValue(component, schema, values)}
            colour={waveColour(component.name, scheme)}
            active={component.name === spoken}
            onKeyDown={gestures.onKeyDown}
            onKeysDone={gestures.onKeysDone}
            onActive={gestures.activate}
          />
        ))}
      </svg>
      <div ref={note} className={classes.note} aria-hidden="true" hidden={spoken === null} />
    </>
  );
}

/** The quantity that stands for a wave where only one number is asked for: its amplitude, else its width. */
function sliderValue(component: BeatComponent, schema: Schema, values: Values) {
  const key = (component.amplitude ?? component.widthTarget ?? component.shift)?.key;
  const field = key === undefined ? undefined : schema[key];
  const value = key === undefined ? undefined : values[key];
  if (field?.kind !== "number" || typeof value !== "number") return { value: 0, minimum: 0, maximum: 0 };
  return { value, minimum: field.minimum, maximum: field.maximum };
}

function placeHandle(
  layer: SVGSVGElement,
  component: BeatComponent,
  picture: BeatPicture,
  scale: BeatScale,
): void {
  const points = handlePoints(component, scale);
  const below = component.height < 0;
  for (const part of layer.querySelectorAll<SVGElement>(`[data-wave="${component.name}"]`)) {
    switch (part.dataset["part"]) {
      case "area":
        part.setAttribute("d", areaPath(component, picture, scale));
        break;
      case "peak":
      case "left":
      case "right": {
        const { x, y } = points[part.dataset["part"]];
        part.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
        break;
      }
      case "slider":
        part.setAttribute("aria-valuetext", readout(component, picture.unit));
        break;
      case "letter":
        part.setAttribute("y", below ? "24" : "-12");
        break;
      default:
    }
  }
}

/** Puts the read-out beside the peak of a wave, within the figure. */
function placeNote(note: HTMLElement, component: BeatComponent, unit: string, scale: BeatScale): void {
  const { peak } = handlePoints(component, scale);
  note.textContent = `${waveLetter(component.name)}  ${readout(component, unit)}`;
  const room = (note.parentElement?.clientWidth ?? 0) - note.offsetWidth - 6;
  const left = Math.max(6, Math.min(room, peak.x - note.offsetWidth / 2));
  const top = component.height < 0 ? peak.y + 34 : peak.y - 62;
  note.style.transform = `translate(${left.toFixed(0)}px, ${Math.max(2, top).toFixed(0)}px)`;
}
