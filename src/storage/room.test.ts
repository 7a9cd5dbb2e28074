import { afterEach, describe, expect, test, vi } from "vitest";
import { isOutOfRoom, keepStorage, readRoom } from "./room.ts";

afterEach(() => vi.unstubAllGlobals());

describe("room in the browser's storage", () => {
  test("is what the browser estimates", async () => {
    const storage = {
      estimate: async () => ({ usage: 250, quota: 1000 }),
      persisted: async () => true,
      persist: async () => true,
    };
    vi.stubGlobal("navigator", { storage });
    expect(await readRoom()).toEqual({ used: 250, available: 750, persistent: true });
    expect(await keepStorage()).toBe(true);
  });

  test("is unknown where the browser does not tell", async () => {
    vi.stubGlobal("navigator", {});
    expect(await readRoom()).toBeNull();
    expect(await keepStorage()).toBe(false);
  });

  test("is recognised as the reason of a failure however deep it lies", () => {
    const full = new DOMException("full", "QuotaExceededError");
    expect(isOutOfRoom(full)).toBe(true);
    expect(isOutOfRoom(Object.assign(new Error("aborted"), { name: "AbortError", inner: full }))).toBe(true);
    expect(isOutOfRoom(new Error("something else"))).toBe(false);
    expect(isOutOfRoom(undefined)).toBe(false);
  });
});
