import { expect, test } from "vitest";
import { type StoredCloseness, withoutOldClassifiers } from "./storedCloseness.ts";

const comparison = {
  id: "a",
  state: "finished",
  message: "",
  parts: { measures: [] },
} as unknown as StoredCloseness;

test("a comparison whose classifiers were scored without intervals keeps the rest and can go on", () => {
  const scored = {
    ...comparison,
    parts: { measures: [], twoSample: { value: null, reason: "Few rows." } },
  } as StoredCloseness;
  const upgraded = withoutOldClassifiers(scored);
  expect(upgraded).toMatchObject({ id: "a", state: "cancelled", parts: { measures: [] } });
  expect(upgraded.parts).not.toHaveProperty("twoSample");
  expect(upgraded.message).toMatch(/go on/);
});

test("one without classifiers stays as it is", () => {
  expect(withoutOldClassifiers(comparison)).toBe(comparison);
});
