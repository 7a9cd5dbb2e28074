import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef } from "react";
import type { Schema, Values } from "../../domain/schema.ts";
import type { BeatPicture } from "../../simulators/simulator.ts";
import {
  type Changes,
  canMove,
  canWiden,
  dragTo,
  type Grab,
  grab,
  type HandlePart,
  nearestHandle,
  nudge,
} from "./dragging.ts";
import { type BeatScale, handlePoints, type Point } from "./geometry.ts";

/** A press becomes a drag when the pointer has moved this far, CSS pixels. */
const slack = 3;

export interface WaveGestureOptions {
  readonly schema: Schema;
  readonly values: Values;
  /** Called with every change that a gesture makes, in parameters of the schema. */
  readonly onDrag: (changes: Changes) => void;
  /** Called when a gesture that has changed something is over, also when it was taken back. */
  readonly onDragEnd: () => void;
  /** A wave is being moved, or no longer. */
  readonly onHeld: (name: string | null) => void;
  /** A wave shows its flank handles. */
  readonly onActive: (name: string | null) => void;
  /** What is on the screen at this moment. */
  readonly scene: () => { readonly picture: BeatPicture; readonly scale: BeatScale } | null;
}

interface Drag {
  readonly held: Grab;
  readonly pointer: number;
  readonly surface: SVGSVGElement;
  last: Changes | null;
}

/** Pointer and keyboard on the waves, as event handlers for the layer of handles and for one wave's slider. */
export function useWaveGestures(options: WaveGestureOptions) {
  const current = useRef(options);
  useEffect(() => {
    current.current = options;
  });
  const gestures = useMemo(() => createGestures(() => current.current), []);
  useEffect(() => gestures.cancel, [gestures]);
  return gestures;
}

function createGestures(options: () => WaveGestureOptions) {
  let drag: Drag | null = null;
  let active: string | null = null;
  /** Values that keys have set and React has perhaps not yet handed back. */
  let typed: Record<string, number> = {};

  const activate = (name: string | null) => {
    if (name === active) return;
    active = name;
    options().onActive(name);
  };

  const release = () => {
    if (drag === null) return;
    const { last, pointer, surface } = drag;
    drag = null;
    window.removeEventListener("keydown", onEscape, true);
    if (surface.hasPointerCapture(pointer)) surface.releasePointerCapture(pointer);
    options().onHeld(null);
    if (last !== null) options().onDragEnd();
  };

  /** Puts back what the drag has changed. */
  const cancel = () => {
    if (drag?.last) options().onDrag(drag.held.startValues);
    release();
  };

  const onEscape = (event: globalThis.KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    cancel();
  };

  const onPointerDown = (event: PointerEvent<SVGSVGElement>) => {
    const scene = options().scene();
    if (event.button !== 0 || drag !== null || scene === null) return;
    const at = pointIn(event);
    const pressed = wavePartOf(event.target);
    if (pressed === null) return;
    const reachable = scene.picture.components.map((component) => ({
      name: component.name,
      points: handlePoints(component, scene.scale),
      movable: canMove(component),
      widenable: canWiden(component),
    }));
    const taken = nearestHandle(reachable, active, at) ?? pressed;
    const component = scene.picture.components.find(({ name }) => name === taken.name);
    if (component === undefined) return;
    event.preventDefault();
    activate(component.name);
    const surface = event.currentTarget;
    surface.querySelector<SVGElement>(`[role="slider"][data-wave="${taken.name}"]`)?.focus({
      preventScroll: true,
    });
    const held = grab(component, taken.part, at, scene.scale, options().values);
    if (Object.keys(held.startValues).length === 0) return;
    drag = { held, pointer: event.pointerId, surface, last: null };
    surface.setPointerCapture(event.pointerId);
    window.addEventListener("keydown", onEscape, true);
    options().onHeld(component.name);
  };

  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    if (drag === null) {
      const over = wavePartOf(event.target);
      if (over !== null && event.pointerType === "mouse") activate(over.name);
      return;
    }
    if (event.pointerId !== drag.pointer) return;
    const at = pointIn(event);
    const { from } = drag.held;
    if (drag.last === null && Math.hypot(at.x - from.x, at.y - from.y) < slack) return;
    const changes = dragTo(drag.held, at, options().schema);
    if (drag.last !== null && sameChanges(changes, drag.last)) return;
    drag.last = changes;
    options().onDrag(changes);
  };

  const onPointerLeave = (event: PointerEvent<SVGSVGElement>) => {
    if (drag === null && event.pointerType === "mouse") activate(focusedWave(event.currentTarget));
  };

  const onKeyDown = (event: KeyboardEvent<SVGElement>, name: string) => {
    const { scene, values, schema, onDrag } = options();
    const component = scene()?.picture.components.find((candidate) => candidate.name === name);
    if (component === undefined || drag !== null || event.ctrlKey || event.metaKey || event.altKey) return;
    const changes = nudge(component, event.key, event.shiftKey, { ...values, ...typed }, schema);
    if (changes === null) return;
    event.preventDefault();
    typed = { ...typed, ...changes };
    onDrag(changes);
  };

  /** A key let go, or the focus gone: what the keys have changed is one step of the history. */
  const onKeysDone = () => {
    if (Object.keys(typed).length === 0) return;
    typed = {};
    options().onDragEnd();
  };

  const surface = {
    onPointerDown,
    onPointerMove,
    onPointerUp: release,
    onPointerCancel: cancel,
    onLostPointerCapture: release,
    onPointerLeave,
  };
  return { surface, activate, onKeyDown, onKeysDone, cancel };
}

function pointIn(event: PointerEvent<SVGSVGElement>): Point {
  const box = event.currentTarget.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

function wavePartOf(target: EventTarget): { readonly name: string; readonly part: HandlePart } | null {
  const holder = target instanceof Element ? target.closest<SVGElement>("[data-part]") : null;
  const { wave, part } = holder?.dataset ?? {};
  if (wave === undefined) return null;
  return { name: wave, part: part === "left" || part === "right" || part === "peak" ? part : "area" };
}

/** The wave on which the keyboard stands, if it does: a press alone also focuses, but shows nothing. */
function focusedWave(surface: SVGSVGElement): string | null {
  return surface.querySelector<SVGElement>(":focus-visible")?.dataset["wave"] ?? null;
}

function sameChanges(a: Changes, b: Changes): boolean {
  return Object.keys(a).every((key) => a[key] === b[key]);
}
