import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { augmentationCellsOf } from "./grid.ts";
import { augmentationDefaults } from "./specification.ts";
import { parseAugmentation } from "./specificationFile.ts";

test("the file of the full form says what the paper's experiments are", () => {
  const file = "docs/augmentation.experiment.json";
  const experiment = parseAugmentation(readFileSync(file, "utf8"), file);
  expect(experiment).toEqual({ ...augmentationDefaults, name: experiment.name, sources: experiment.sources });
  expect(experiment.sources.map(({ name }) => name)).toEqual(["PTB-XL", "Chapman"]);
  // Two databases and both, twenty runs at five shares of: 1 + 2 + 2 + 5 · 4 + 4 · 2 trainings.
  expect(augmentationCellsOf(experiment)).toHaveLength(3 * 20 * 5 * 33);
});
