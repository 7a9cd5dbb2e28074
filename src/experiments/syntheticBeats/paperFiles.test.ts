import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { pganDefaults, simGanDefaults } from "./specification.ts";

test.each([
  ["simgan", simGanDefaults],
  ["pgan", pganDefaults],
] as const)("the file of the full form of %s says what the page's full form is", (name, defaults) => {
  const { source, ...experiment } = JSON.parse(readFileSync(`docs/${name}.experiment.json`, "utf8"));
  expect(experiment).toEqual({ ...defaults, name: experiment.name });
  expect(source.name).toBe("MIT-BIH");
});
