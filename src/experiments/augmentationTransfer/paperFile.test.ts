import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { augmentationCellsOf } from "./grid.ts";
import { augmentationDefaults } from "./specification.ts";
import { parseAugmentation } from "./specificationFile.ts";

test("the file of the full form says what the paper's experiments are", () => {
  const file = "docs/augmentation.experiment.json";
  const experiment = parseAugmentation(readFileSync(file, "utf8"), file);
  const { name, sources } = experiment;
  expect(experiment).toEqual({ ...augmentationDefaults, name, sources, crossesSources: true });
  expect(experiment.sources.map(({ name }) => name)).toEqual(["PTB-XL", "Chapman"]);
  // A folder gives each its records.
  const named = sources.map((source) => ({ ...source, members: [source.name] }));
  // Two databases and both, twenty runs at five shares of: 1 + 2 + 2 + 5 · 4 + 4 · 2 trainings; and of each of two with synthetic
  // signals of the other: 2 · 4 + 4 · 2.
  expect(augmentationCellsOf({ ...experiment, sources: named })).toHaveLength(20 * 5 * (3 * 33 + 2 * 16));
});
