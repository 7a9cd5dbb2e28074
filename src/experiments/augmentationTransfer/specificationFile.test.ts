import { describe, expect, test } from "vitest";
import { augmentationDefaults } from "./specification.ts";
import { parseAugmentation } from "./specificationFile.ts";

const least = {
  kind: "Augmentation and transfer experiment",
  name: "PTB-XL",
  sources: [{ name: "PTB-XL", members: [] }],
};
const parsed = (changes: object) => parseAugmentation(JSON.stringify({ ...least, ...changes }), "a.json");

describe("a specification file", () => {
  test("what it does not say is as the authors have it", () => {
    expect(parsed({})).toEqual({ ...augmentationDefaults, ...least });
    // 21,000 signals of seven classes; twenty runs; shares of a fifth.
    expect(augmentationDefaults.syntheticPerClass * augmentationDefaults.classes.length).toBe(21_000);
    expect(augmentationDefaults.seeds).toHaveLength(20);
    expect(augmentationDefaults.shares).toEqual([0.2, 0.4, 0.6, 0.8, 1]);
  });

  test.each([
    [{ form: "minutes" }, "form"],
    [{ classes: ["N"] }, "classes"],
    [{ classes: ["N", "N"] }, "classes"],
    [{ shares: [0, 1] }, "shares"],
    [{ shares: [] }, "shares"],
    [{ settings: ["realToMoon"] }, "settings"],
    [{ generators: [{ generator: "diffWave" }] }, "generators"],
    [{ division: { byPatient: true, testShare: 1, validationShare: 0.1, seed: 1 } }, "division"],
    [{ syntheticPerClass: 2 }, "syntheticPerClass"],
    [{ seeds: [1, 1] }, "seeds"],
    [{ sources: [] }, "sources"],
    [{ crossesSources: "yes" }, "crossesSources"],
    [{ ratios: [1] }, "ratios"],
  ])("names the field that cannot be used: %o", (changes, field) => {
    expect(() => parsed(changes)).toThrow(
      expect.objectContaining({ code: "experiment-file", place: `a.json, ${field}` }),
    );
  });

  test("text that is none", () => {
    for (const text of ["", "[]", "{", "3"]) {
      expect(() => parseAugmentation(text, "a.json")).toThrow(
        expect.objectContaining({ code: "experiment-file", place: "a.json, the whole file" }),
      );
    }
  });
});
