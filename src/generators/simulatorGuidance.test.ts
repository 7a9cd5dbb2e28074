import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import "../neural/backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { defaultsOf } from "../domain/schema.ts";
import { residualLoss } from "../neural/adversarial/residualLoss.ts";
import { createRandom } from "../signal/random.ts";
import { drawEta, etaDistribution, simulatedClasses } from "../simulators/heartOde/etaParameters.ts";
import {
  type PhaseTable,
  paperCycle,
  phaseTable,
  recommendedCycle,
  releasedCycle,
} from "../simulators/heartOde/phaseTable.ts";
import { type BeatUnit, modelUnit } from "../simulators/heartOde/scaling.ts";
import { simulatorLossGradient } from "../simulators/heartOde/simulatorLoss.ts";
import { beatContext } from "../testing/beatContext.ts";
import { gaussianBeats } from "../testing/gaussianBeats.ts";
import { cycleTable, networkUnit } from "./heartCycle.ts";
import { scaledPool } from "./scaledSignals.ts";
import { simulatedBeats } from "./simulatedBeats.ts";
import { drivesOf, simulatorGuidance, simulatorSchema } from "./simulatorGuidance.ts";

const length = 216;
const count = 6;

/** η of a batch as `drivesOf` draws them. */
const etasOf = (distribution: ReturnType<typeof etaDistribution>, seed: number) => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => drawEta(distribution, random));
};

function lossAndGradient(beats: Float32Array, drives: Float32Array, step: number) {
  return tf.tidy(() => {
    const drive = tf.tensor2d(drives, [count, length - 1]);
    const { value, grad } = tf.valueAndGrad((x) => residualLoss(x as tf.Tensor2D, drive, step))(
      tf.tensor2d(beats, [count, length]),
    );
    return { loss: value.dataSync()[0], gradient: grad.dataSync() };
  });
}

describe.each(["cpu", "wasm"])("the simulator loss on %s is the one in double precision", (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  const cases: [string, PhaseTable, BeatUnit][] = [
    ["scaled beats, recommended cycle", phaseTable(recommendedCycle), networkUnit],
    ["scaled beats, released cycle", phaseTable(releasedCycle), networkUnit],
    ["the model's own unit, paper's cycle", phaseTable(paperCycle), modelUnit],
  ];

  test.each(cases)("%s", (_, table, unit) => {
    const { samples } = scaledPool(beatContext(gaussianBeats(count, 3)));
    // The smoothing of simulated beats and the roughness of noise.
    for (const noise of [0, 0.1]) {
      const beats = samples.map((value) => value * unit.scale * (unit === modelUnit ? 0.03 : 1 / unit.scale));
      createRandom(9).addNormal(beats, noise);
      for (const beatClass of simulatedClasses) {
        const distribution = etaDistribution(beatClass);
        const drives = drivesOf([distribution], table, unit, new Uint8Array(count), createRandom(4));
        const found = lossAndGradient(beats, drives, table.options.step);
        const pure = simulatorLossGradient({ beats, etas: etasOf(distribution, 4), table, unit });
        expect(Math.abs(found.loss / pure.loss - 1)).toBeLessThan(1e-5);
        const largest = Math.max(...pure.gradient.map(Math.abs));
        pure.gradient.forEach((value, at) => {
          expect(Math.abs(found.gradient[at] - value)).toBeLessThan(1e-5 * largest);
        });
      }
    }
  });
});

test("each beat of a batch is driven by the waves of its own class", () => {
  const classes = (["N", "F"] as const).map((beatClass) => etaDistribution(beatClass));
  const table = phaseTable(recommendedCycle);
  const steps = length - 1;
  const mixed = drivesOf(classes, table, networkUnit, Uint8Array.of(1, 0, 1), createRandom(4));
  const alone = classes.map((etas) =>
    drivesOf([etas], table, networkUnit, new Uint8Array(3), createRandom(4)),
  );
  [1, 0, 1].forEach((label, row) => {
    const own = (drives: Float32Array) => drives.subarray(row * steps, (row + 1) * steps);
    expect(own(mixed)).toEqual(own(alone[label]));
    expect(own(mixed)).not.toEqual(own(alone[1 - label]));
  });
});

describe("the guidance", () => {
  const context = beatContext(gaussianBeats(10, 1));
  const guidance = (changed = {}) =>
    simulatorGuidance({ ...defaultsOf(simulatorSchema), ...changed }, context);
  const lossOf = (beats: Float32Array, changed = {}) =>
    tf.tidy(
      () =>
        guidance(changed)
          .loss(
            tf.tensor2d(beats, [beats.length / length, length]),
            createRandom(2),
            new Uint8Array(beats.length / length),
          )
          .dataSync()[0],
    );

  test("grows from nothing to its weight over the warm-up", () => {
    const { weightAt } = guidance({ simulatorWeight: 2, simulatorWarmUp: 4 });
    expect([0, 1, 3, 4, 1000].map(weightAt)).toEqual([0.5, 1, 2, 2, 2]);
    expect(guidance({ simulatorWarmUp: 0 }).weightAt(0)).toBe(1);
  });

  test("finds nearly nothing in beats of its own equations, and much in a flat line", () => {
    const values = defaultsOf(simulatorSchema);
    const distribution = etaDistribution("N");
    const own = simulatedBeats(distribution, cycleTable(values), 20, createRandom(8));
    // By the specification's fixtures, in the model's own unit: waves drawn with 0.01 differ by 0.007 to 0.008, twice that
    // where both sides are drawn, and a flat line is 0.174 away.
    expect(lossOf(own)).toBeLessThan(0.02);
    // 0 in the model's own unit.
    const flat = new Float32Array(20 * length).fill(-networkUnit.offset / networkUnit.scale);
    expect(lossOf(flat)).toBeGreaterThan(0.17);
    expect(lossOf(flat)).toBeLessThan(0.2);
  });

  test("the other unit and the sum are multiples of it", () => {
    const beats = scaledPool(context).samples;
    const plain = lossOf(beats);
    expect(lossOf(beats, { lossReduction: "sum" }) / plain).toBeCloseTo(215, 2);
    expect(lossOf(beats, { lossUnit: "scaled" }) / plain).toBeCloseTo((2 / 0.058187) ** 2, 0);
  });
});
