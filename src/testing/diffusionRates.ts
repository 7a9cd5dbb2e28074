import * as tf from "@tensorflow/tfjs-core";
import { resolveValues, type Values } from "../domain/schema.ts";
import { diffWaveShape } from "../generators/diffWave.ts";
import type { Generator, GeneratorModel } from "../generators/generator.ts";
import { type BackendName, openBackend } from "../neural/backend/backends.ts";
import { Scope } from "../neural/layers/scope.ts";
import { normalTensor } from "../neural/ops/differentiable.ts";
import { Adam } from "../neural/training/adam.ts";
import { createRandom } from "../signal/random.ts";
import { beatContext } from "./beatContext.ts";
import { gaussianBeats } from "./gaussianBeats.ts";
import { stockDiffWave } from "./stockDiffWave.ts";

/** Runs that are timed. */
const timedSteps = 3;
const length = 216;

function build(model: GeneratorModel, values: Values, batchSize: number): Generator {
  const beats = gaussianBeats(batchSize, 1);
  return model.build(resolveValues(model.hyperparameters, { ...values, batchSize }), beatContext(beats));
}

/** Runs a second: the median of some, after one that is not timed. */
export async function rateOf(run: () => Promise<void>): Promise<number> {
  await run();
  const times: number[] = [];
  for (let index = 0; index < timedSteps; index++) {
    const began = performance.now();
    await run();
    times.push(performance.now() - began);
  }
  return 1000 / times.sort((one, other) => one - other)[Math.floor(timedSteps / 2)];
}

/**
 * Training steps a second of a model on beats, of its browser size.
 * @param from iteration of a hundred from which steps are taken: models that are trained in stages do other work in each
 */
export async function trainingRate(
  model: GeneratorModel,
  batchSize: number,
  backend: BackendName,
  from = 0,
): Promise<number> {
  await openBackend(backend);
  const generator = build(model, {}, batchSize);
  let position = from;
  const rate = await rateOf(async () => {
    const told = generator.trainStep(position++);
    await told.data();
    told.dispose();
  });
  generator.dispose();
  return rate;
}

/** Beats a second that a model makes, so many at once. */
export async function samplingRate(
  model: GeneratorModel,
  count: number,
  values: Values,
  backend: BackendName,
): Promise<number> {
  await openBackend(backend);
  const generator = build(model, values, 4);
  const latents = generator.drawLatents(count, 1);
  const rate = await rateOf(async () => {
    await generator.sampleScaled(latents);
  });
  generator.dispose();
  return count * rate;
}

/** Training steps a second of DiffWave's network written with tfjs's own operations. */
export async function stockTrainingRate(batchSize: number, backend: BackendName): Promise<number> {
  await openBackend(backend);
  const scope = Scope.root(createRandom(1));
  const shape = diffWaveShape("browser", length);
  const denoise = stockDiffWave(scope, shape, 1);
  const input = {
    noisy: normalTensor([batchSize, length], 1) as tf.Tensor2D,
    steps: normalTensor([batchSize, shape.embedding], 2) as tf.Tensor2D,
    classes: tf.tensor2d(Array.from({ length: batchSize }, () => [1, 0])),
  };
  const adam = new Adam(
    scope.parameters.map(({ variable }) => variable),
    { learningRate: 2e-4 },
  );
  const rate = await rateOf(async () => {
    const { loss, gradientNorm } = adam.minimise(() => tf.mean(tf.square(denoise(input))) as tf.Scalar);
    await loss.data();
    tf.dispose([loss, gradientNorm]);
  });
  adam.dispose();
  scope.dispose();
  tf.dispose([input.noisy, input.steps, input.classes]);
  return rate;
}
