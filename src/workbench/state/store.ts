import { createStore } from "zustand/vanilla";
import type { Failure } from "../../domain/failure.ts";
import type { Schema, Values } from "../../domain/schema.ts";
import type { Address, PlaceName, SchemaLookup } from "../address.ts";
import { advance, beginHistory, type History, redo, undo } from "./history.ts";
import { initialPicture, keepShared, type Picture, withoutValues, withValues } from "./picture.ts";
import { type ControlGroup, initialView, type RecordSelection, type View } from "./view.ts";

export interface WorkbenchState {
  readonly place: PlaceName;
  readonly history: History<Picture>;
  readonly view: View;
  readonly hidden: readonly ControlGroup[];
  readonly record: RecordSelection | null;
  readonly problem: Failure | null;
}

/** The one store of the page; nothing of React in it. */
export const workbench = createStore<WorkbenchState>(() => ({
  place: "synthesise",
  history: beginHistory(initialPicture),
  view: initialView,
  hidden: [],
  record: null,
  problem: null,
}));

let schemaOf: SchemaLookup = () => null;

/** Tells the store what the simulators' parameters are; called once, before anything is drawn. */
export function setSchemas(lookup: SchemaLookup): void {
  schemaOf = lookup;
}

/** Schema of the picture's own simulator, preset and rhythm. */
export function schemaFor(picture: Picture): Schema {
  return schemaOf(picture.simulator, picture.preset, picture.rhythm) ?? {};
}

export const pictureOf = (state: WorkbenchState): Picture => state.history.present;

/** The press of the pointer that is now held down; null while none is. */
let press: number | null = null;
let presses = 0;

/** Follows the pointer, so that all that one press changes is one step of undo. Gives the way to stop. */
export function watchPresses(target: EventTarget): () => void {
  const begin = () => {
    press = ++presses;
  };
  const end = () => {
    press = null;
  };
  const watched = { pointerdown: begin, pointerup: end, pointercancel: end };
  for (const [name, listener] of Object.entries(watched)) target.addEventListener(name, listener, true);
  return () => {
    for (const [name, listener] of Object.entries(watched)) target.removeEventListener(name, listener, true);
  };
}

function show(picture: Picture, merge: string | null): void {
  workbench.setState((state) => ({
    history: advance(state.history, picture, merge, performance.now(), press),
  }));
}

const present = () => pictureOf(workbench.getState());

/** What a person can do; each is one step of undo unless it belongs to one continuous movement. */
export const actions = {
  setValues(changes: Values, merge: string | null = Object.keys(changes).join()): void {
    show(withValues(present(), schemaFor(present()), changes), merge);
  },
  reset(keys?: readonly string[]): void {
    show(withoutValues(present(), keys), null);
  },
  chooseSimulator(simulator: string, preset: string, rhythm: string): void {
    show({ ...present(), simulator, preset, rhythm, overrides: {} }, null);
  },
  choosePreset(preset: string): void {
    show({ ...present(), preset, overrides: {} }, null);
  },
  chooseRhythm(rhythm: string): void {
    const before = present();
    const next = { ...before, rhythm };
    show({ ...next, overrides: keepShared(before.overrides, schemaFor(before), schemaFor(next)) }, null);
  },
  setPicture(changes: Partial<Picture>, merge: string | null = null): void {
    show({ ...present(), ...changes }, merge);
  },
  /** A continuous movement is over: what follows is a step of its own, even if it moves the same parameter. */
  endMovement(): void {
    workbench.setState((state) => ({ history: { ...state.history, lastMerge: null } }));
  },
  undo(): void {
    workbench.setState((state) => ({ history: undo(state.history) }));
  },
  redo(): void {
    workbench.setState((state) => ({ history: redo(state.history) }));
  },
  setView(changes: Partial<View>): void {
    workbench.setState((state) => ({ view: { ...state.view, ...changes } }));
  },
  setHidden(hidden: readonly ControlGroup[]): void {
    workbench.setState({ hidden });
  },
  selectRecord(record: RecordSelection | null): void {
    workbench.setState({ record });
  },
  go(place: PlaceName): void {
    workbench.setState({ place });
  },
  report(problem: Failure | null): void {
    workbench.setState({ problem });
  },
  /** Opens a link: its whole state, with a history that begins there. */
  open(address: Address): void {
    const { picture, ...rest } = address;
    workbench.setState({ ...rest, history: beginHistory(picture) });
  },
};

/** The present state as a link would carry it. */
export function addressOf(state: WorkbenchState): Address {
  const { place, view, hidden, record } = state;
  return { place, picture: pictureOf(state), view, hidden, record };
}
