import { describe, expect, test } from "vitest";
import { cropBeat } from "../boundaries.ts";
import { besideR, qrsReach, trueBeat } from "./truth.ts";

/** `[amplitude, width, shift]` of P, Q, R, S, T, in mV and s around R. */
const clinical = [0.12, 0.02, -0.16, -0.08, 0.01, -0.03, 1, 0.01, 0, -0.2, 0.01, 0.03, 0.3, 0.05, 0.25];
const place = { origin: 1000, secondsPerUnit: 1, samplingFrequency: 500, window: null };

describe("the truth of a beat", () => {
  test("bounds each wave at its centre ± 2.2 standard deviations", () => {
    const beat = trueBeat(clinical, "N", null, besideR, place);
    // P: 1000 + 500 × (−0.16 ± 2.2 × 0.02); T: 1000 + 500 × (0.25 ± 2.2 × 0.05).
    expect(beat?.p?.onset).toBeCloseTo(898, 9);
    expect(beat?.p?.peak).toBeCloseTo(920, 9);
    expect(beat?.p?.offset).toBeCloseTo(942, 9);
    expect(beat?.t?.onset).toBeCloseTo(1070, 9);
    expect(beat?.t?.offset).toBeCloseTo(1180, 9);
    // From the onset of Q, −0.03 − 0.022, to the end of S, 0.03 + 0.022.
    expect(beat?.qrs.onset).toBeCloseTo(974, 9);
    expect(beat?.qrs.offset).toBeCloseTo(1026, 9);
    expect(beat?.rPeak).toBe(1000);
  });

  test("leaves out waves that cannot be seen", () => {
    const faint = clinical.with(0, 0.004).with(12, -0.0049).with(3, -0.019).with(9, 0.019);
    const beat = trueBeat(faint, "N", null, besideR, place);
    expect(beat?.p).toBeNull();
    expect(beat?.t).toBeNull();
    expect(beat?.qrs.onset).toBeCloseTo(989, 9);
    expect(beat?.qrs.offset).toBeCloseTo(1011, 9);
  });

  test("begins the QRS with a delta wave", () => {
    const { before, after } = qrsReach(clinical, besideR, { height: 0.3, rise: 0.07, decay: 0.03 }, 1);
    expect(before).toBe(0.07);
    expect(after).toBeCloseTo(0.066, 9);
    expect(qrsReach(clinical, besideR, { height: 0, rise: 0.07, decay: 0.03 }, 1).before).toBeCloseTo(
      0.052,
      9,
    );
  });

  test("knows only what was drawn within the beat's own samples", () => {
    const within = (window: [number, number]) => trueBeat(clinical, "N", null, besideR, { ...place, window });
    expect(within([930, 1100])?.p).toBeNull();
    expect(within([930, 1100])?.t).toBeNull();
    expect(within([910, 1150])?.p?.onset).toBe(910);
    expect(within([910, 1150])?.t?.offset).toBe(1150);
    expect(within([1001, 1400])).toBeNull();
  });
});

describe("cropping", () => {
  const beat = trueBeat(clinical, "N", null, besideR, place);
  if (beat === null) throw new Error("no beat");

  test("moves a beat into the recording and cuts what crosses its edges", () => {
    expect(cropBeat(beat, 910, 240)).toMatchObject({ rPeak: 90, p: { onset: 0 }, t: { offset: 239 } });
    expect(cropBeat(beat, 910, 240)?.qrs.onset).toBeCloseTo(64, 9);
  });

  test("drops waves whose peak is outside, and beats whose R peak is", () => {
    expect(cropBeat(beat, 930, 150)).toMatchObject({ rPeak: 70, p: null });
    expect(cropBeat(beat, 1001, 200)).toBeNull();
    expect(cropBeat(beat, 0, 1000)).toBeNull();
    expect(cropBeat(beat, 0, 1001)?.rPeak).toBe(1000);
  });
});
