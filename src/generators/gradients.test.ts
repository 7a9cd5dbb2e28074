import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "../neural/backend/registerGradients.ts";
import { beforeAll, expect, test } from "vitest";
import { defaultsOf, type Values } from "../domain/schema.ts";
import type { Measure } from "../neural/training/measures.ts";
import type { NamedArray } from "../neural/training/weights.ts";
import { beatContext } from "../testing/beatContext.ts";
import { gaussianBeats } from "../testing/gaussianBeats.ts";
import { generators } from "./index.ts";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** Nothing moves at this rate, so that every step starts from the same weights. */
const still = {
  learningRate: 0,
  batchSize: 3,
  generatorWidth: "4",
  discriminatorWidth: "4",
  simulatorWarmUp: 0,
};
/** Long steps meet curvature and kinks, short ones drown in the rounding of single precision. */
const steps = [1e-3, 1e-2];
const tolerance = 2e-3;

/**
 * Moves what enters a rectifier to one side or the other, channel by channel, so that differences do not cross the kink
 * between them.
 */
function offKinks({ name, values, shape }: NamedArray): NamedArray {
  const isOffset = /^(generator|discriminator)\..*(norm\.bias|first\.bias)$/.test(name);
  return { name, shape, values: isOffset ? values.map((_, at) => (at % 2 === 0 ? 5 : -5)) : values };
}

/** Adam's mean of the gradients after one step from nothing is half of the gradient, with β₁ = 0.5. */
test.each([
  ["simVanillaGan", "simulatorLoss", ["first.weight", "last.weight", "last.bias"]],
  ["simDcgan", "simulatorLoss", ["layer1.spread.weight", "layer4.spread.weight", "layer7.spread.weight"]],
  ["ecgGan", "waveLoss", ["open.weight", "layer2.spread.weight", "close.weight"]],
] as const)("a generator step of %s has the gradient of both its losses", async (name, guided, chosen) => {
  const model = await generators[name]();
  const values: Values = { ...defaultsOf(model.hyperparameters), ...still, generatorSteps: 1 };
  const generator = model.build(values, beatContext(gaussianBeats(3, 1), { seed: 2 }));
  const start = (await generator.state()).map(offKinks);
  const lossAt = async (state: readonly NamedArray[]) => {
    generator.restore(state);
    const told = generator.trainStep(0);
    const numbers = await told.data();
    told.dispose();
    const at = (measure: Measure) => numbers[generator.measures.indexOf(measure)];
    return at("generatorLoss") + at(guided);
  };
  await lossAt(start);
  const after = await generator.state();
  for (const layer of chosen) {
    const moment = after.find(({ name: own }) => own === `generatorOptimiser.first.${layer}`) as NamedArray;
    const gradient = moment.values.map((value) => 2 * value);
    const size = Math.hypot(...gradient);
    expect(size).toBeGreaterThan(0);
    const moved = (distance: number) =>
      lossAt(
        start.map((each) =>
          each.name === `generator.${layer}`
            ? { ...each, values: each.values.map((value, at) => value + (distance * gradient[at]) / size) }
            : each,
        ),
      );
    let error = Number.POSITIVE_INFINITY;
    for (const step of steps) {
      if (error < tolerance) break;
      const near = (await moved(step)) - (await moved(-step));
      const far = (await moved(2 * step)) - (await moved(-2 * step));
      const slope = (8 * near - far) / (12 * step);
      error = Math.min(error, Math.abs(slope / size - 1));
    }
    expect(error).toBeLessThan(tolerance);
  }
  generator.dispose();
});
