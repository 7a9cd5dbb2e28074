import type { Benchmark } from "../testing/benchmark.ts";
import { samplingRate, stockTrainingRate, trainingRate } from "../testing/diffusionRates.ts";
import { diffWave } from "./diffWave.ts";
import { timeDiffusion } from "./timeDiffusion.ts";

/** Signals of a step and of a sampling: plain JavaScript takes long. */
const sizes = { wasm: { batch: 32, made: 16 }, cpu: { batch: 2, made: 1 } } as const;

/** Training and sampling of diffusion models on beats, in Node. */
export const benchmarks: readonly Benchmark[] = (["wasm", "cpu"] as const).flatMap((backend) => {
  const { batch, made } = sizes[backend];
  const models = [diffWave, timeDiffusion];
  return [
    {
      name: `training DiffWave, ${batch} beats, ${backend}`,
      unit: "steps/s",
      better: "higher",
      baseline: "shifted signals side by side under tfjs's own gradients",
      atLeastRatio: 1,
      measure: () => trainingRate(diffWave, batch, backend),
      measureBaseline: () => stockTrainingRate(batch, backend),
    },
    {
      name: `training Time-Diffusion, ${batch} beats, ${backend}`,
      unit: "steps/s",
      better: "higher",
      baseline: "DiffWave's step",
      measure: () => trainingRate(timeDiffusion, batch, backend),
      measureBaseline: () => trainingRate(diffWave, batch, backend),
    },
    ...models.map(
      (model): Benchmark => ({
        name: `sampling ${model.title} in 25 steps, ${backend}`,
        unit: "beats/s",
        better: "higher",
        baseline: "every step of its training",
        atLeastRatio: 2,
        measure: () => samplingRate(model, made, {}, backend),
        measureBaseline: () => samplingRate(model, made, { sampler: "ancestral" }, backend),
      }),
    ),
  ] satisfies Benchmark[];
});
