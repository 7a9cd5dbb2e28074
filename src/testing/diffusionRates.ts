import * as tf from "@tensorflow/tfjs-core";
import { type GeneratedForm, generatedForms } from "../domain/generation.ts";
import { resolveValues, type Values } from "../domain/schema.ts";
import { diffWave, diffWaveShape } from "../generators/diffWave.ts";
import type { Generator, GeneratorModel } from "../generators/generator.ts";
import { generatorProbe } from "../generators/generatorProbe.ts";
import { timeDiffusion } from "../generators/timeDiffusion.ts";
import { timeVqVae } from "../generators/timeVqVae/index.ts";
import { type BackendName, openBackend } from "../neural/backend/backends.ts";
import { Scope } from "../neural/layers/scope.ts";
import { normalTensor } from "../neural/ops/differentiable.ts";
import { Adam } from "../neural/training/adam.ts";
import { createRandom } from "../signal/random.ts";
import { beatContext } from "./beatContext.ts";
import { gaussianBeats } from "./gaussianBeats.ts";
import { type PairedRates, pairedRates, type Steps } from "./pairedRates.ts";
import { beatRows } from "./signalRows.ts";
import { stockDiffWave } from "./stockDiffWave.ts";

/** Runs that are timed. */
const timedSteps = 3;

/** Sizes that models of signals have by name, with the signals of a step. */
export interface SignalSize {
  readonly size: "browser" | "tiny";
  readonly batch: number;
  /** Beats where nothing is said. */
  readonly form?: GeneratedForm;
}

function build(
  model: GeneratorModel,
  values: Values,
  batchSize: number,
  form: GeneratedForm = "beats",
): Generator {
  const { length, samplingFrequency } = generatedForms[form];
  const signals = form === "beats" ? gaussianBeats(batchSize, 1) : beatRows(batchSize, 1, { length }).values;
  return model.build(
    resolveValues(model.hyperparameters, { ...values, batchSize }),
    beatContext(signals, {
      ...{ length, samplingFrequency, iterations: 1000 },
      ...{ count: batchSize, labels: new Uint8Array(batchSize) },
    }),
  );
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
 * A model in training.
 * @param from iteration of a thousand from which steps are taken: models that are trained in stages do other work in each
 */
const openTraining = (model: GeneratorModel, { size, batch, form }: SignalSize, from = 0): Steps =>
  generatorProbe(build(model, { size }, batch, form), from);

/** DiffWave's network in training, written with tfjs's own operations. */
function openStock({ size, batch, form = "beats" }: SignalSize): Steps {
  const { length } = generatedForms[form];
  const scope = Scope.root(createRandom(1));
  const shape = diffWaveShape(size, length);
  const denoise = stockDiffWave(scope, shape, 1);
  const input = {
    noisy: normalTensor([batch, length], 1) as tf.Tensor2D,
    steps: normalTensor([batch, shape.embedding], 2) as tf.Tensor2D,
    classes: tf.tensor2d(Array.from({ length: batch }, () => [1, 0])),
  };
  const adam = new Adam(
    scope.parameters.map(({ variable }) => variable),
    { learningRate: 2e-4 },
  );
  return {
    async step() {
      const { loss, gradientNorm } = adam.minimise(() => tf.mean(tf.square(denoise(input))) as tf.Scalar);
      await loss.data();
      tf.dispose([loss, gradientNorm]);
    },
    dispose() {
      adam.dispose();
      scope.dispose();
      tf.dispose([input.noisy, input.steps, input.classes]);
    },
  };
}

async function stepsRate(open: () => Steps, backend: BackendName): Promise<number> {
  await openBackend(backend);
  const steps = open();
  const rate = await rateOf(() => steps.step());
  steps.dispose();
  return rate;
}

/** Training steps a second of a model. @param from as `openTraining` */
export const trainingRate = (model: GeneratorModel, size: SignalSize, backend: BackendName, from = 0) =>
  stepsRate(() => openTraining(model, size, from), backend);

/** Training steps a second of DiffWave's network written with tfjs's own operations. */
export const stockTrainingRate = (size: SignalSize, backend: BackendName) =>
  stepsRate(() => openStock(size), backend);

/**
 * Where in the stages of Time-VQVAE steps are taken: of a thousand iterations the first 400 are those of the first one, whose
 * very first one also clusters the codes.
 */
export const tokenStages = { tokeniser: 1, priors: 500 } as const;

/**
 * Models of signals on graphics backends: DiffWave beside tfjs's own operations, which keep no averages of the weights and tell
 * no places, the others beside DiffWave.
 */
export const signalCases = [
  { name: "DiffWave", model: diffWave, from: 0, isStock: true },
  { name: "Time-Diffusion", model: timeDiffusion, from: 0, isStock: false },
  { name: "Time-VQVAE's tokeniser", model: timeVqVae, from: tokenStages.tokeniser, isStock: false },
  { name: "Time-VQVAE's priors", model: timeVqVae, from: tokenStages.priors, isStock: false },
] as const;

export const stockSignals = "shifted signals side by side under tfjs's own gradients";
export const signalBaseline = "DiffWave's step";

/** Steps a second of a case and of what it is held against, on a graphics backend. */
export async function signalRates(
  { model, from, isStock }: (typeof signalCases)[number],
  size: SignalSize,
  backend: BackendName,
): Promise<PairedRates> {
  await openBackend(backend);
  return pairedRates(
    async () => openTraining(model, size, from),
    async () => (isStock ? openStock(size) : openTraining(diffWave, size)),
  );
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
