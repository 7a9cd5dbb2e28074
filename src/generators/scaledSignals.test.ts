import { describe, expect, test } from "vitest";
import type { GeneratorContext } from "./generator.ts";
import { mixedPool } from "./scaledSignals.ts";

const [length, count, ownCount] = [216, 40, 4];

/** A peak in one place, of 1 mV in the population and of 3 mV in the patient. */
const beats = (number: number, height: number) =>
  Float32Array.from({ length: number * length }, (_, at) => (at % length === 72 ? height : 0));
const context: GeneratorContext = {
  signals: beats(count, 1),
  patientBeats: beats(ownCount, 3),
  count,
  length,
  samplingFrequency: 360,
  classes: ["N"],
  labels: new Uint8Array(count),
  iterations: 1,
  seed: 1,
};

describe("heights of beats of the population and of a patient", () => {
  const peaksOf = (share: number) => {
    const made = mixedPool(context, share, { heights: "any", isScaled: true }).inMillivolt(
      beats(400, 1).map((value) => 2 * value - 1),
      3,
    );
    return Array.from({ length: 400 }, (_, row) => made[row * length + 72]);
  };

  test("are the patient's as often as the discriminator sees the patient", () => {
    const share = peaksOf(0.5).filter((peak) => Math.abs(peak - 3) < 1e-6).length / 400;
    // Four standard deviations of 400 draws.
    expect(Math.abs(share - 0.5)).toBeLessThan(0.1);
  });

  test("are those of one side alone where the other is never seen", () => {
    expect(new Set(peaksOf(0))).toEqual(new Set([1]));
    expect(new Set(peaksOf(1))).toEqual(new Set([3]));
  });
});
