import { describe, expect, test } from "vitest";
import { mayStandForReal, natureOf } from "./libraryRecord.ts";
import { originInWords, originOfComments, simulatedCohortOrigin } from "./syntheticOrigin.ts";

describe("comments of files", () => {
  test("tell a generator whose training is not known here, and a simulator by its name", () => {
    expect(originOfComments(["Age: 70", "Synthetic: beats of SimVGAN · V, one a second."])).toEqual({
      kind: "unknown",
    });
    expect(originOfComments(["Synthetic recordings of class NORM by DCGAN; mV; seed 1"])).toEqual({
      kind: "unknown",
    });
    expect(
      originOfComments(["Synthetic electrocardiogram, not recorded from anybody: gaussian, preset normal"]),
    ).toEqual({ kind: "simulator", name: "gaussian" });
    expect(originOfComments(["Simulated stand-in: a virtual patient, no recording of a person."])).toEqual(
      simulatedCohortOrigin,
    );
  });

  test("tell nothing of a record that only speaks of such things", () => {
    // Of 100.hea and of a PTB-XL report.
    expect(originOfComments(["69 M 1085 1629 x1", "Aldomet, Inderal"])).toBeUndefined();
    expect(originOfComments(["Synthetic valve in 1987", "compared with synthetic: none"])).toBeUndefined();
    expect(originOfComments([])).toBeUndefined();
  });
});

test("only the built-in stand-in may stand for real records although it is synthetic", () => {
  const generated = { dataset: "other", synthetic: { kind: "unknown" } } as const;
  const standIn = { dataset: "simulated", synthetic: simulatedCohortOrigin } as const;
  expect([generated, standIn, { dataset: "other" } as const].map(natureOf)).toEqual([
    "synthetic",
    "standIn",
    "recorded",
  ]);
  expect([generated, standIn, { dataset: "ptbXl" } as const].map(mayStandForReal)).toEqual([
    false,
    true,
    true,
  ]);
});

test("an origin names what is known", () => {
  expect(originInWords({ kind: "generator", id: "1", name: "SimVGAN" })).toContain("SimVGAN");
  expect(originInWords({ kind: "unknown" })).toContain("not known");
});
