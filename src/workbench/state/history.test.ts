import { describe, expect, test } from "vitest";
import { advance, beginHistory, redo, undo } from "./history.ts";

describe("history", () => {
  test("undo returns to the step before, redo to the step after", () => {
    const two = advance(advance(beginHistory("a"), "b", null, 0), "c", null, 1);
    expect(undo(two).present).toBe("b");
    expect(undo(undo(two)).present).toBe("a");
    expect(redo(undo(two)).present).toBe("c");
  });

  test("a continuous movement is one step", () => {
    let history = beginHistory(0);
    for (let step = 1; step <= 50; step++) history = advance(history, step, "R.amplitude", step * 16);
    expect(history.past).toEqual([0]);
    expect(undo(history).present).toBe(0);
  });

  test("a press of the pointer is one step, however long it rests", () => {
    let history = advance(beginHistory(0), 1, "R.amplitude", 0, 7);
    history = advance(history, 2, "R.amplitude", 5000, 7);
    expect(history.past).toEqual([0]);
    history = advance(history, 3, "R.amplitude", 10_000, 8);
    expect(history.past).toEqual([0, 2]);
  });

  test("another key, or a pause, begins a new step", () => {
    let history = advance(beginHistory(0), 1, "R.amplitude", 0);
    history = advance(history, 2, "T.amplitude", 10);
    history = advance(history, 3, "T.amplitude", 2000);
    expect(history.past).toEqual([0, 1, 2]);
  });

  test("a change after undo forgets the future", () => {
    const changed = advance(undo(advance(beginHistory("a"), "b", null, 0)), "c", null, 1);
    expect(changed.future).toEqual([]);
    expect(redo(changed)).toBe(changed);
  });

  test("nothing to undo or redo leaves the history as it is", () => {
    const only = beginHistory("a");
    expect(undo(only)).toBe(only);
    expect(redo(only)).toBe(only);
  });
});
