import { expect, test } from "vitest";
import { people } from "../../testing/beatCells.ts";
import { diversityBeside } from "./makeAdded.ts";

test("diversity tells generated beats that are all alike from real ones", () => {
  const real = people.samples.subarray(0, 20 * 216);
  expect(diversityBeside(real, real)).toBe(1);
  const alike = Float32Array.from({ length: 20 * 216 }, (_, at) => real[at % 216]);
  expect(diversityBeside(alike, real)).toBeLessThan(1e-6);
});
