import { numberAt, type Values } from "../domain/schema.ts";
import { normalDraws } from "../neural/adversarial/draws.ts";
import { balancedBatches, labelsOfBatch } from "../neural/adversarial/realBatches.ts";
import type { Denoise } from "../neural/diffusion/denoiser.ts";
import { diffusionDraws } from "../neural/diffusion/draws.ts";
import { type DenoisingPlan, denoised } from "../neural/diffusion/sampling.ts";
import { samplingPlan } from "../neural/diffusion/samplingPlan.ts";
import { type DiffusionPlan, diffusionMeasures, diffusionTraining } from "../neural/diffusion/training.ts";
import { Scope } from "../neural/layers/scope.ts";
import { diffusionPlan, samplingChoice } from "./diffusionHyperparameters.ts";
import { type Generator, type GeneratorContext, labelsOf } from "./generator.ts";
import { linearPool } from "./linearScale.ts";

/** What a diffusion model has of its own. */
export interface DiffusionParts {
  readonly embedding: Pick<DiffusionPlan, "embeddingSize" | "frequencies">;
  /** Builds the network in a scope. */
  network(scope: Scope, classes: number): Denoise;
}

/** Steps of a look during training. */
const previewSteps = 10;

/**
 * Builds a denoising network, its averaged twin, and what trains them and samples from them.
 * @throws Failure `too-few-signals`, `noise-without-signal` or `schedule-not-aligned`
 */
export function diffusionGenerator(
  values: Values,
  context: GeneratorContext,
  parts: DiffusionParts,
): Generator {
  const { length, seed, labels, count } = context;
  const classes = context.classes.length;
  const pool = linearPool(context);
  const plan = diffusionPlan(values, parts.embedding);
  const choice = samplingChoice(values);
  const steps = samplingPlan(plan.schedule, choice);
  const batchSize = Math.min(numberAt(values, "batchSize"), count);
  const signalsOf = balancedBatches(pool, labels, classes, batchSize, seed);
  const [network, average] = [0, 1].map(() => {
    const scope = Scope.root(diffusionDraws(seed, "weights"));
    const denoise = parts.network(scope, classes);
    return { denoise, parameters: scope.parameters, dispose: () => scope.dispose() };
  });
  const training = diffusionTraining(
    {
      network,
      average,
      length,
      classes,
      steps: context.iterations,
      seed,
      batch: (position) => ({
        signals: signalsOf(position),
        labels: labelsOfBatch(position, batchSize, classes),
      }),
    },
    plan,
  );
  const denoising: DenoisingPlan = {
    denoise: (values["usesAverage"] === true ? average : network).denoise,
    length,
    classes,
    prediction: plan.prediction,
    ...parts.embedding,
    steps,
    guidance: numberAt(values, "guidance"),
    limits: values["clipsSignal"] === true ? pool.limits : null,
  };
  const quick: DenoisingPlan = {
    ...denoising,
    steps: samplingPlan(plan.schedule, { sampler: "implicit", steps: previewSteps, eta: 0 }),
  };
  const { shown, inMillivolt } = pool;
  const labelled = (latents: Float32Array, wanted?: Uint8Array) =>
    labelsOf(latents.length / length, classes, wanted);
  const drawLatents = (rows: number, from: number) =>
    normalDraws(rows, length, diffusionDraws(from, "sampling"));
  const sampleScaled = async (latents: Float32Array, wanted?: Uint8Array) =>
    shown(await denoised(denoising, latents, labelled(latents, wanted)));
  return {
    latentSize: length,
    measures: diffusionMeasures,
    trainStep: training.step,
    state: training.state,
    restore: training.restore,
    drawLatents,
    sampleScaled,
    previewScaled: async (latents, wanted) =>
      shown(await denoised(quick, latents, labelled(latents, wanted))),
    scaled: pool.scaled,
    inMillivolt,
    sample: async (rows, from, label) =>
      inMillivolt(await sampleScaled(drawLatents(rows, from), labelsOf(rows, classes, label))),
    watchSampling: async (latents, wanted, _, onStep, stopped) => {
      const tell = (position: number, signals: Float32Array) =>
        onStep({
          position,
          of: steps.length,
          caption: captionOf(steps[position]?.signal ?? 1),
          signals: shown(signals),
        });
      await tell(0, latents);
      return shown(await denoised(denoising, latents, wanted, tell, stopped));
    },
    noise: {
      levels: Float32Array.from(plan.schedule.signal, Math.sqrt),
      taken: steps.map(({ time }) => time),
    },
    network: null,
    parameters: network.parameters,
    dispose() {
      training.dispose();
      for (const each of [network, average]) each.dispose();
    },
  };
}

/** What a noisy signal consists of, in words. @param signal ᾱ */
function captionOf(signal: number): string {
  if (signal === 1) return "finished";
  const percent = (share: number) => `${(100 * Math.sqrt(share)).toFixed(0)} %`;
  return `${percent(signal)} of the signal's amplitude, ${percent(1 - signal)} of the noise's`;
}
