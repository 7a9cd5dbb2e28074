import { beforeAll, describe, expect, test } from "vitest";
import { resolveValues } from "../../domain/schema.ts";
import { generators } from "../../generators/index.ts";
import { openBackend } from "../../neural/backend/backends.ts";
import { aamiClassOf } from "../../records/aami.ts";
import { createRandom } from "../../signal/random.ts";
import { scaleToRange } from "../../simulators/heartOde/scaling.ts";
import { beatContext } from "../../testing/beatContext.ts";
import { beatRecording } from "./beatRecording.ts";
import { beatForm, beatsOfClasses, inBeatForm, simulatedBeats } from "./beatRows.ts";
import { latentDirections } from "./latentDirections.ts";
import { lookPositions } from "./lookPositions.ts";
import { type GenerationCheckpoint, type GenerationHooks, runGeneration } from "./runGeneration.ts";

const { length, before } = beatForm;

describe("beats of a class", () => {
  const patients = [0, 1, 2].map((patient) => simulatedBeats(2026, patient, 3));

  test("are those whose symbols belong to it, R at its place", () => {
    const all = patients.reduce((sum, { symbols }) => sum + symbols.length, 0);
    const counts = (["N", "S", "V", "F", "Q"] as const).map(
      (beatClass) => beatsOfClasses(patients, [beatClass], 1e6, 1).count,
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(all);
    const normal = beatsOfClasses(patients, ["N"], 1e6, 1);
    expect(normal.patients).toBe(3);
    const isNormal = Array.from(patients[0].symbols, (symbol) => aamiClassOf(symbol) === "N");
    const first = isNormal.indexOf(true);
    expect(normal.signals.subarray(0, length)).toEqual(
      patients[0].beats.subarray(first * length, (first + 1) * length),
    );
  });

  test("are drawn evenly where there are too many, the same for a seed", () => {
    const drawn = beatsOfClasses(patients, ["N"], 60, 5);
    expect(drawn.count).toBe(60);
    expect(drawn.patients).toBe(3);
    expect(beatsOfClasses(patients, ["N"], 60, 5).signals).toEqual(drawn.signals);
    expect(beatsOfClasses(patients, ["N"], 60, 6).signals).not.toEqual(drawn.signals);
  });

  test("of another sampling frequency keep their shape and the place of R", () => {
    // A beat at 500 Hz: 100 samples before R, 200 after; a Gaussian of 40 ms at R upon 0.3 mV
    const pulse = (at: number, peak: number, rate: number) =>
      0.3 + Math.exp(-0.5 * ((at - peak) / rate / 0.02) ** 2);
    const at500 = Float32Array.from({ length: 300 }, (_, at) => pulse(at, 100, 500));
    const formed = inBeatForm(at500, 300, 100, 500);
    expect(formed).toHaveLength(length);
    for (let at = 10; at < length - 10; at++) expect(formed[at]).toBeCloseTo(pulse(at, before, 360), 2);
    const at360 = Float32Array.from({ length }, (_, at) => pulse(at, before, 360));
    expect(inBeatForm(at360, length, before, 360)).toBe(at360);
  });
});

describe("the training of a generator", () => {
  beforeAll(() => openBackend("wasm"));
  const set = beatsOfClasses([simulatedBeats(2026, 0, 3)], ["N"], 100, 1);
  const real = {
    signals: scaleToRange(set.signals, length, { lowest: -1, highest: 1 }).samples,
    labels: set.labels,
  };
  const iterations = 24;
  const build = async () => {
    const model = await generators.vanillaGan();
    const values = resolveValues(model.hyperparameters, { batchSize: 8 });
    return model.build(values, beatContext(set.signals, { seed: 3 }));
  };
  const run = async (hooks: Partial<GenerationHooks>, from: GenerationCheckpoint | null = null) => {
    const generator = await build();
    const outcome = await runGeneration(
      generator,
      { iterations, seed: 3, classes: 1, real, length },
      { stopped: () => false, ...hooks },
      from,
    );
    generator.dispose();
    return outcome;
  };

  test("warns of a collapse once its signals are to be judged, not while an earlier stage is trained", async () => {
    for (const [beginsAt, isWarned] of [
      [0, true],
      [iterations, false],
    ] as const) {
      const generator = await build();
      const same = {
        ...generator,
        beginsAt,
        sampleScaled: async (latents: Float32Array) =>
          new Float32Array((latents.length / generator.latentSize) * length),
      };
      const warnings: string[] = [];
      const plan = { iterations, seed: 3, classes: 1, real, length };
      const hooks = { stopped: () => false, onWarning: (warning: string) => warnings.push(warning) };
      await runGeneration(same, plan, hooks);
      expect(warnings.some((warning) => warning.includes("collapsed"))).toBe(isWarned);
      generator.dispose();
    }
  });

  test("is looked at from the start to the end, and stopped and resumed takes the same course", async () => {
    const whole: Float32Array[] = [];
    const positions: number[] = [];
    let told = 0;
    let last: GenerationCheckpoint | null = null;
    const outcome = await run({
      onSnapshot: ({ position, signals }) => {
        positions.push(position);
        whole.push(signals);
      },
      onMeasures: (_, rows) => {
        told += rows.length;
      },
      onCheckpoint: async (checkpoint) => {
        last = checkpoint;
      },
    });
    expect(outcome.end).toBe("finished");
    expect(told).toBe(iterations);
    expect(positions).toEqual(Array.from({ length: iterations + 1 }, (_, at) => at));
    expect((last as GenerationCheckpoint | null)?.position).toBe(iterations);

    const parts: Float32Array[] = [];
    let kept: GenerationCheckpoint | null = null;
    const stopped = await run({
      stopped: () => parts.length > 10,
      onSnapshot: ({ signals }) => parts.push(signals),
      onCheckpoint: async (checkpoint) => {
        kept = structuredClone(checkpoint);
      },
    });
    expect(stopped.end).toBe("cancelled");
    await run({ onSnapshot: ({ signals }) => parts.push(signals) }, kept);
    expect(parts).toHaveLength(whole.length);
    parts.forEach((beats, at) => {
      expect(beats).toEqual(whole[at]);
    });
  });

  test("is looked at a hundred times at most", () => {
    expect([...lookPositions(3, false)]).toEqual([1, 2, 3]);
    for (const [iterations, every, last] of [
      [2000, 20, 2000],
      [2050, 21, 2050],
    ]) {
      const positions = [...lookPositions(iterations, false)];
      expect(positions.slice(0, 2)).toEqual([every, 2 * every]);
      expect(positions.at(-1)).toBe(last);
      expect(positions.length).toBeLessThanOrEqual(100);
    }
  });

  test("is looked at early where looks are rare", () => {
    const positions = [...lookPositions(4000, true)];
    expect(positions.slice(0, 5)).toEqual([25, 50, 100, 200, 400]);
    expect(positions).toHaveLength(23);
    expect([...lookPositions(2, true)]).toEqual([1, 2]);
  });
});

describe("a recording of generated beats", () => {
  test("holds every beat, annotated at its R, and says that it is synthetic", () => {
    const beats = Float32Array.from({ length: 3 * length }, (_, at) => Math.sin(at));
    const recording = beatRecording(beats, {
      name: "made",
      generator: "GAN · V, N",
      symbols: ["V", "N", "V"],
      seed: 4,
      filter: "zeroPhase",
    });
    expect(recording.annotations.map(({ sample, symbol }) => [sample, symbol])).toEqual([
      [72, "V"],
      [432, "N"],
      [792, "V"],
    ]);
    const [{ samples }] = recording.leads;
    expect(samples.subarray(360, 360 + length)).toEqual(beats.subarray(length, 2 * length));
    // Between two beats it runs straight.
    const slope = samples[length + 1] - samples[length];
    expect(samples[300] - samples[299]).toBeCloseTo(slope, 5);
    expect(recording.comments[0]).toMatch(/^Synthetic/);
    expect(recording.comments[1]).toBe("Learned from beats cut behind a zero-phase filter of 0.5 to 40 Hz.");
  });
});

test("the direction in which beats change most is found in latent space", () => {
  const random = createRandom(8);
  const [rows, latentSize] = [200, 6];
  const latents = Float32Array.from({ length: rows * latentSize }, () => random.normal());
  // A generator whose beat rises with the third number of its latent vector, and a little with the first.
  const beats = new Float32Array(rows * length);
  for (let row = 0; row < rows; row++) {
    for (let at = 0; at < length; at++) {
      beats[row * length + at] =
        3 * latents[row * latentSize + 2] * Math.sin(at / 10) +
        0.5 * latents[row * latentSize] * Math.cos(at / 10);
    }
  }
  const { directions, shares } = latentDirections(latents, latentSize, beats, length, 3);
  const [first, second] = [
    directions.subarray(0, latentSize),
    directions.subarray(latentSize, 2 * latentSize),
  ];
  // The variances are as 9 to 0.25.
  expect(shares[0]).toBeGreaterThan(0.93);
  expect(Math.abs(first[2])).toBeGreaterThan(0.85);
  expect(Math.abs(second[0])).toBeGreaterThan(0.85);
  expect(Math.abs(first[0])).toBeLessThan(0.25);
  expect(shares).toHaveLength(2);
});
