import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Schema } from "../domain/schema.ts";
import { type Address, readAddress, writeAddress } from "./address.ts";
import { initialPicture } from "./state/picture.ts";
import { controlGroups, initialView } from "./state/view.ts";

const common = { description: "", section: "R wave", provenance: "paper" } as const;
const schema: Schema = {
  "R.amplitude": {
    kind: "number",
    label: "Amplitude",
    default: 1,
    minimum: -3,
    maximum: 3,
    step: 0.01,
    unit: "mV",
    ...common,
  },
  hierarchicalShifts: { kind: "switch", label: "Hierarchical", default: true, ...common },
  noise: {
    kind: "choice",
    label: "Noise",
    default: "white",
    options: [
      { value: "none", label: "None" },
      { value: "white", label: "White" },
    ],
    ...common,
  },
};
const schemaOf = (simulator: string) => (simulator === "gaussian" ? schema : null);
const initial: Address = {
  place: "synthesise",
  picture: initialPicture,
  view: initialView,
  hidden: [],
  record: null,
};

const anyAddress: fc.Arbitrary<Address> = fc.record({
  place: fc.constantFrom("synthesise", "records"),
  picture: fc.record({
    simulator: fc.constant("gaussian"),
    preset: fc.constantFrom("clinical", "author"),
    rhythm: fc.constantFrom("normal", "af"),
    seed: fc.nat(2 ** 31),
    variation: fc.constantFrom("exact", "drawn"),
    duration: fc.integer({ min: 1, max: 120 }),
    samplingFrequency: fc.integer({ min: 50, max: 2000 }),
    overrides: fc.record(
      {
        "R.amplitude": fc.double({ min: -3, max: 0.99, noNaN: true }).map((value) => value + 0),
        hierarchicalShifts: fc.constant(false),
        noise: fc.constant("none"),
      },
      { requiredKeys: [] },
    ),
  }),
  view: fc.record({
    speed: fc.constantFrom(5, 12.5, 25, 50),
    gain: fc.constantFrom(5, 10, 20),
    calipers: fc.option(
      fc.record({
        from: fc.nat(99999).map((tenths) => tenths / 1e4),
        to: fc.nat(99999).map((tenths) => tenths / 1e4),
        march: fc.boolean(),
      }),
    ),
  }),
  hidden: fc.subarray(Object.keys(controlGroups) as (keyof typeof controlGroups)[]),
  record: fc.option(
    fc.record({
      hash: fc.stringMatching(/^[0-9a-f]{64}$/),
      lead: fc.string(),
      start: fc.nat(1800),
      beat: fc.option(fc.nat(3000)),
    }),
  ),
});

describe("address", () => {
  test("a link carries the whole state", () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        const { address: read, problems } = readAddress(writeAddress(address), schemaOf);
        expect(read).toEqual(address);
        expect(problems).toEqual([]);
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  test("the first page has the shortest link", () => {
    expect(writeAddress(initial)).toBe("#/synthesise");
    expect(readAddress("", schemaOf).address).toEqual(initial);
  });

  test("what makes no sense is named and left out, the rest holds", () => {
    const { address, problems } = readAddress(
      "#/synthesise?R.amplitude=99&noise=none&seed=-1&wings=2",
      schemaOf,
    );
    expect(address.picture.overrides).toEqual({ noise: "none" });
    expect(address.picture.seed).toBe(initialPicture.seed);
    expect(problems.map((problem) => problem.place)).toEqual(["seed", "R.amplitude", "wings"]);
  });

  test("empty numbers are not zero", () => {
    expect(readAddress("#/synthesise?R.amplitude=&seed=", schemaOf).problems).toHaveLength(2);
  });

  test("an unknown simulator opens the default one and says so", () => {
    const { address, problems } = readAddress("#/synthesise?simulator=perpetuum", schemaOf);
    expect(address.picture).toEqual(initialPicture);
    expect(problems[0].code).toBe("address-unknown");
  });

  test("any text at all gives an address", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readAddress(text, schemaOf).address.picture.duration).toBeGreaterThan(0);
      }),
      { seed: 12 },
    );
  });
});
