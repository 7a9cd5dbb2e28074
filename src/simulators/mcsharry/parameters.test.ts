import { describe, expect, test } from "vitest";
import { defaultsOf, resolveValues, type Values } from "../../domain/schema.ts";
import { mcsharrySimulator } from "./index.ts";
import { etaParameters, mcsharrySchema, published } from "./parameters.ts";

const choices = mcsharrySimulator.presets.flatMap((preset) =>
  mcsharrySimulator.rhythms.map((rhythm) => [preset.value, rhythm.value] as const),
);
const radians = (degrees: number) => (degrees * Math.PI) / 180;
const etaAt = (preset: string, values: Values) =>
  etaParameters(resolveValues(mcsharrySchema(preset, "normal"), values), preset);

describe("published defaults", () => {
  test("are those of McSharry 2003 and of both ECGSYN programs", () => {
    expect(published["ecgsyn"].theta).toEqual([-70, -15, 0, 15, 100]);
    expect(published["ecgsyn-c"].theta).toEqual([-60, -15, 0, 15, 90]);
    for (const { a, b } of Object.values(published)) {
      expect(a).toEqual([1.2, -5, 30, -7.5, 0.75]);
      expect(b).toEqual([0.25, 0.1, 0.1, 0.1, 0.4]);
    }
  });

  test("stand in the schema, with ECGSYN's heart rate, its SD, LF/HF ratio and baseline", () => {
    expect(defaultsOf(mcsharrySchema("ecgsyn", "normal"))).toMatchObject({
      "P.theta": -70,
      "Q.theta": -15,
      "R.theta": 0,
      "S.theta": 15,
      "T.theta": 100,
      "R.a": 30,
      "T.b": 0.4,
      "heartRate.mean": 60,
      "heartRate.sd": 1,
      "heartRate.lfHfRatio": 0.5,
      "respiration.frequency": 0.25,
      "baseline.amplitude": 0.005,
      "noise.whiteSd": 0,
    });
  });

  test("follow the heart rate as each program scales them: the C program leaves T where it is", () => {
    const factor = Math.sqrt(1.5);
    const root = Math.sqrt(factor);
    const matlab = etaAt("ecgsyn", { "heartRate.mean": 90 });
    [-70 * root, -15 * factor, 0, 15 * factor, 100 * root].forEach((angle, wave) => {
      expect(matlab.theta[wave]).toBeCloseTo(radians(angle), 12);
    });
    const program = etaAt("ecgsyn-c", { "heartRate.mean": 90 });
    [-60 * root, -15 * factor, 0, 15 * factor, 90].forEach((angle, wave) => {
      expect(program.theta[wave]).toBeCloseTo(radians(angle), 12);
    });
    [0.25, 0.1, 0.1, 0.1, 0.4].forEach((width, wave) => {
      expect(matlab.b[wave]).toBeCloseTo(width * factor, 12);
      expect(program.b[wave]).toBeCloseTo(width * factor, 12);
    });
  });

  test("stay as they are without that scaling", () => {
    const eta = etaAt("ecgsyn", { "heartRate.mean": 90, scaleWithHeartRate: false });
    expect([...eta.b]).toEqual(published["ecgsyn"].b);
    expect(eta.theta[0]).toBeCloseTo(radians(-70), 12);
  });
});

describe.each(choices)("the schema of %s, %s", (preset, rhythm) => {
  const schema = mcsharrySchema(preset, rhythm);

  test("allows its own defaults", () => {
    expect(() => resolveValues(schema, defaultsOf(schema))).not.toThrow();
  });

  test("marks what a rhythm sets as a reconstruction", () => {
    const normal = mcsharrySchema(preset, "normal");
    for (const [key, field] of Object.entries(schema)) {
      if (field.default !== normal[key].default) expect(field.provenance).toBe("reconstruction");
    }
  });
});

test.each(["constructor", "toString", "", "ECGSYN"])("the preset or rhythm %j is refused by name", (name) => {
  expect(() => mcsharrySchema(name, "normal")).toThrow(
    expect.objectContaining({ code: "unknown-preset", place: name }),
  );
  expect(() => mcsharrySchema("ecgsyn", name)).toThrow(
    expect.objectContaining({ code: "unknown-rhythm", place: name }),
  );
});
