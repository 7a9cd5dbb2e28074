import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Failure } from "../../domain/failure.ts";
import { readRecord } from "../../records/wfdb/record.ts";
import { beatAround } from "../../signal/beats.ts";
import { createRandom } from "../../signal/random.ts";
import { describeWithData } from "../../testing/testData.ts";
import { filesNear } from "../../testing/wfdbFolder.ts";
import { type BeatFitInput, beatModel, fitBeat } from "./fit.ts";

/** Waves as height (mV), centre and width (s from the R peak). */
type Waves = Readonly<Record<"P" | "Q" | "R" | "S" | "T", readonly [number, number, number]>>;

const typical: Waves = {
  P: [0.12, -0.16, 0.022],
  Q: [-0.1, -0.032, 0.009],
  R: [1.1, 0, 0.011],
  S: [-0.22, 0.034, 0.011],
  T: [0.3, 0.27, 0.05],
};

/** The beat by the formula, with baseline and noise, 0.8 s at 500 Hz, R at sample 160. */
function beatOf(waves: Waves, noise = 0, offset = 0): BeatFitInput {
  const random = createRandom(5);
  const samples = Float32Array.from({ length: 400 }, (_, index) => {
    const time = (index - 160) / 500;
    const sum = Object.values(waves).reduce(
      (total, [height, centre, width]) => total + height * Math.exp(-0.5 * ((time - centre) / width) ** 2),
      offset,
    );
    return sum + noise * random.normal();
  });
  return { samples, samplingFrequency: 500, rPeak: 160, rrInterval: 0.8, timing: "seconds" };
}

describe("fitBeat", () => {
  test("recovers the parameters that made a beat, and its baseline", () => {
    const { values, rSquared, baseline } = fitBeat(beatOf(typical, 0, 0.25));
    expect(rSquared).toBeGreaterThan(0.99999);
    expect(baseline.offset).toBeCloseTo(0.25, 3);
    for (const [wave, [height, centre, width]] of Object.entries(typical)) {
      expect(values[`${wave}.amplitude`]).toBeCloseTo(height, 2);
      expect(values[`${wave}.shift`]).toBeCloseTo(centre, 3);
      expect(values[`${wave}.width`]).toBeCloseTo(width, 3);
    }
  });

  test("gives Table A.1's own units and signs", () => {
    const { values } = fitBeat({ ...beatOf(typical), timing: "beat" });
    expect(values["Q.amplitude"]).toBeCloseTo(0.1, 2);
    expect(values["S.amplitude"]).toBeCloseTo(0.22, 2);
    expect(values["R.shift"]).toBeCloseTo(160 / 400, 3);
    expect(values["T.width"]).toBeCloseTo(0.05 / 0.8, 3);
    expect(values["length"]).toBe(0.8);
  });

  test("leaves the noise in the residual", () => {
    const { rootMeanSquareError, residual, values } = fitBeat(beatOf(typical, 0.02));
    expect(rootMeanSquareError).toBeGreaterThan(0.017);
    expect(rootMeanSquareError).toBeLessThan(0.022);
    expect(residual).toHaveLength(400);
    expect(values["R.amplitude"]).toBeCloseTo(1.1, 1);
  });

  test("follows an inverted T and an absent P", () => {
    const { values, rSquared } = fitBeat(beatOf({ ...typical, T: [-0.25, 0.27, 0.05], P: [0, -0.16, 0.02] }));
    expect(rSquared).toBeGreaterThan(0.999);
    expect(values["T.amplitude"]).toBeCloseTo(-0.25, 1);
  });

  test("has exact derivatives", () => {
    const times = Float64Array.from({ length: 60 }, (_, index) => (index - 20) / 100);
    const model = beatModel(times, new Float64Array(60));
    const parameters = Float64Array.from([
      0.1, -0.15, 0.03, -0.1, -0.03, 0.01, 1, 0.001, 0.012, -0.2, 0.04, 0.015, 0.3, 0.25, 0.06, 0.05, -0.1,
    ]);
    const [residuals, jacobian] = [new Float64Array(60), new Float64Array(60 * 17)];
    model(parameters, residuals, jacobian);
    const spare = new Float64Array(60 * 17);
    for (let index = 0; index < 17; index++) {
      const step = 1e-6;
      const [above, below] = [new Float64Array(60), new Float64Array(60)];
      model(
        parameters.map((value, at) => (at === index ? value + step : value)),
        above,
        spare,
      );
      model(
        parameters.map((value, at) => (at === index ? value - step : value)),
        below,
        spare,
      );
      for (let row = 0; row < 60; row++) {
        expect(Math.abs(jacobian[row * 17 + index] - (above[row] - below[row]) / (2 * step))).toBeLessThan(
          2e-5,
        );
      }
    }
  });

  test("refuses what is no beat", () => {
    const beat = beatOf(typical);
    const broken: Partial<BeatFitInput>[] = [
      { samples: new Float32Array(10) },
      { samples: new Float32Array(400).fill(0.3) },
      { samples: beat.samples.map((value, index) => (index === 7 ? Number.NaN : value)) },
      { rPeak: 1000 },
      { samplingFrequency: 0 },
    ];
    for (const part of broken) expect(() => fitBeat({ ...beat, ...part })).toThrow(Failure);
  });
});

describeWithData("real beats", (data) => {
  test("200 normal beats of ten records have a median R² of at least 0.98", () => {
    const folder = join(data, "mitdb");
    const names = ["100", "101", "112", "115", "117", "122", "123", "205", "220", "230"].filter((name) =>
      readdirSync(folder).includes(`${name}.dat`),
    );
    const found: number[] = [];
    const start = performance.now();
    for (const name of names) {
      const { leads, annotations } = readRecord(name, filesNear(folder, name), "");
      const beats = annotations.filter(({ symbol }) => "NAVLRFj/".includes(symbol));
      const lead = leads.find((each) => each.name === "MLII") ?? leads[0];
      const positions = beats.map(({ sample }) => sample);
      const normal = beats.flatMap(({ symbol }, index) => (symbol === "N" ? [index] : [])).slice(20, -1);
      const stride = Math.floor(normal.length / 20);
      for (let count = 0; count < 20; count++) {
        const window = beatAround(lead.samples, lead.samplingFrequency, positions, normal[count * stride]);
        found.push(fitBeat({ ...window, timing: "beat" }).rSquared);
      }
    }
    const sorted = found.sort((one, other) => one - other);
    const median = (sorted[99] + sorted[100]) / 2;
    console.info(
      `fit: ${found.length} beats, median R² ${median.toFixed(4)}, ${((performance.now() - start) / found.length).toFixed(1)} ms a beat with reading`,
    );
    expect(found).toHaveLength(200);
    expect(median).toBeGreaterThanOrEqual(0.98);
  });
});
