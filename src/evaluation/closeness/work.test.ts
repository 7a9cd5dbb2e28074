import { afterEach, expect, test, vi } from "vitest";
import { finish, finishWithPauses, type Work } from "./work.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

let clock = 0;

/** Counts, and lets so many milliseconds pass each time. */
function* counting(most: number, milliseconds: number): Work<number> {
  let count = 0;
  while (count < most) {
    clock += milliseconds;
    count++;
    yield;
  }
  return count;
}

test("work is done at once, or with a pause after every 30 ms", async () => {
  vi.spyOn(performance, "now").mockImplementation(() => clock);
  expect(finish(counting(5, 1000))).toBe(5);
  let pauses = 0;
  const pause = async () => {
    pauses++;
    // The pause itself is no part of the next stretch.
    clock += 1000;
  };
  expect(await finishWithPauses(counting(10, 16), { pause })).toEqual({ result: 10 });
  expect(pauses).toBe(5);
  expect(await finishWithPauses(counting(10, 16), {})).toEqual({ result: 10 });
});

test("work ends where it is stopped", async () => {
  let asked = 0;
  const stopped = () => ++asked > 3;
  expect(await finishWithPauses(counting(10, 0), { stopped })).toBeNull();
  expect(asked).toBe(4);
});
