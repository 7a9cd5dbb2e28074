import type { Schema, Values } from "../../domain/schema.ts";
import type { BeatComponent, DragTarget } from "../../simulators/simulator.ts";
import type { BeatScale, HandlePoints, Point } from "./geometry.ts";

/** What of a wave is held: the peak and the area move it, the flanks change its width. */
export type HandlePart = "peak" | "left" | "right" | "area";

export type Changes = Readonly<Record<string, number>>;

/** A wave held by the pointer, with everything as it was when it was grabbed. */
export interface Grab {
  readonly part: HandlePart;
  readonly component: BeatComponent;
  readonly from: Point;
  readonly scale: BeatScale;
  /** Values of the parameters that this grab can change, by key. */
  readonly startValues: Changes;
}

/** A target that a drag can move: there is one, and moving it changes the picture. */
function usable(target: DragTarget | null): target is DragTarget {
  return target !== null && Number.isFinite(target.scale) && target.scale !== 0;
}

export function canMove(component: BeatComponent): boolean {
  return usable(component.amplitude) || usable(component.shift);
}

export function canWiden(component: BeatComponent): boolean {
  return usable(component.widthTarget);
}

/** Takes hold of a wave at a point of the figure. */
export function grab(
  component: BeatComponent,
  part: HandlePart,
  from: Point,
  scale: BeatScale,
  values: Values,
): Grab {
  const targets =
    part === "left" || part === "right" ? [component.widthTarget] : [component.amplitude, component.shift];
  const startValues: Record<string, number> = {};
  for (const target of targets) {
    const value = target === null ? undefined : values[target.key];
    if (usable(target) && typeof value === "number") startValues[target.key] = value;
  }
  return { part, component, from, scale, startValues };
}

/**
 * The parameters with the pointer at `to`: within their ranges, on their steps. Pixels count as they did when the
 * wave was grabbed, so that an axis that grows meanwhile does not run away with it.
 */
export function dragTo(held: Grab, to: Point, schema: Schema): Changes {
  const { part, component, from, scale, startValues } = held;
  const seconds = (to.x - from.x) * scale.secondsPerPixel;
  const units = (from.y - to.y) * scale.unitsPerPixel;
  const changes: Record<string, number> = {};
  const move = (target: DragTarget | null, by: number) => {
    if (!usable(target) || startValues[target.key] === undefined) return;
    changes[target.key] = allowed(schema, target.key, startValues[target.key] + by / target.scale);
  };
  if (part === "left") move(component.widthTarget, -seconds);
  else if (part === "right") move(component.widthTarget, seconds);
  else {
    move(component.amplitude, units);
    move(component.shift, seconds);
  }
  return changes;
}

/** What an arrow key or bracket means: one step of shift, amplitude or width; null for any other key. */
export function nudge(
  component: BeatComponent,
  key: string,
  shiftKey: boolean,
  values: Values,
  schema: Schema,
): Changes | null {
  const step = keySteps[shiftKey && key.startsWith("Arrow") ? `Shift+${key}` : key];
  if (step === undefined) return null;
  const target = component[step.target];
  if (!usable(target)) return null;
  const field = schema[target.key];
  const value = values[target.key];
  if (field?.kind !== "number" || typeof value !== "number") return null;
  const direction = step.direction * Math.sign(target.scale);
  return { [target.key]: allowed(schema, target.key, value + direction * field.step) };
}

type TargetName = "amplitude" | "shift" | "widthTarget";

const keySteps: Readonly<Record<string, { readonly target: TargetName; readonly direction: 1 | -1 }>> = {
  ArrowLeft: { target: "shift", direction: -1 },
  ArrowRight: { target: "shift", direction: 1 },
  ArrowUp: { target: "amplitude", direction: 1 },
  ArrowDown: { target: "amplitude", direction: -1 },
  "Shift+ArrowLeft": { target: "widthTarget", direction: -1 },
  "Shift+ArrowRight": { target: "widthTarget", direction: 1 },
  "Shift+ArrowDown": { target: "widthTarget", direction: -1 },
  "Shift+ArrowUp": { target: "widthTarget", direction: 1 },
  "[": { target: "widthTarget", direction: -1 },
  "]": { target: "widthTarget", direction: 1 },
};

/** A value on its field's step and within its range. */
function allowed(schema: Schema, key: string, value: number): number {
  const field = schema[key];
  if (field?.kind !== "number") return value;
  const onStep = Number((Math.round(value / field.step) * field.step).toPrecision(12)) + 0;
  return Math.min(field.maximum, Math.max(field.minimum, onStep));
}

/** One wave's handles, as the search for the nearest sees them. */
export interface Reachable {
  readonly name: string;
  readonly points: HandlePoints;
  readonly movable: boolean;
  readonly widenable: boolean;
}

/** How far from a handle's middle (CSS pixels) a press still takes it. */
const reach = 20;

/**
 * The handle nearest to a press, where several overlap: every peak, and the flanks of the wave that shows them.
 * Null when none is within reach.
 */
export function nearestHandle(
  waves: readonly Reachable[],
  active: string | null,
  at: Point,
): { readonly name: string; readonly part: "peak" | "left" | "right" } | null {
  let best: { name: string; part: "peak" | "left" | "right" } | null = null;
  let least = reach;
  for (const { name, points, movable, widenable } of waves) {
    for (const part of ["peak", "left", "right"] as const) {
      if (part === "peak" ? !movable : !widenable || name !== active) continue;
      const distance = Math.hypot(points[part].x - at.x, points[part].y - at.y);
      if (distance <= least) {
        least = distance;
        best = { name, part };
      }
    }
  }
  return best;
}

/** A wave in numbers: `0.45 mV · 590 ms · σ 30 ms`. */
export function readout(component: BeatComponent, unit: string): string {
  const height = component.height.toFixed(2).replace("-", "−");
  const centre = `${Math.round(component.centre * 1000)} ms`.replace("-", "−");
  return `${height === "−0.00" ? "0.00" : height} ${unit} · ${centre} · σ ${milliseconds(component.width)}`;
}

function milliseconds(seconds: number): string {
  const value = Math.abs(seconds) * 1000;
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}
