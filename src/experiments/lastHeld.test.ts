import { expect, test } from "vitest";
import { lastHeld } from "./lastHeld.ts";

test("what was made last is held, the first goes first, and nothing is not held", async () => {
  const made: string[] = [];
  const hold = lastHeld<string>(2);
  const ask = (key: string, value: string | null = `value of ${key}`) =>
    hold(key, async () => {
      made.push(key);
      return value;
    });
  expect(await ask("a")).toBe("value of a");
  await ask("b");
  expect(await ask("a", "another")).toBe("value of a");
  expect(made).toEqual(["a", "b"]);
  expect(await ask("none", null)).toBeNull();
  expect(await ask("none", null)).toBeNull();
  expect(made).toEqual(["a", "b", "none", "none"]);
  await ask("c");
  await ask("b");
  expect(await ask("a", "another")).toBe("another");
  expect(made).toEqual(["a", "b", "none", "none", "c", "a"]);
});
