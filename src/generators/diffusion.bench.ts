import type { Benchmark } from "../testing/benchmark.ts";
import {
  samplingRate,
  signalBaseline,
  stockSignals,
  stockTrainingRate,
  trainingRate,
} from "../testing/diffusionRates.ts";
import { diffWave } from "./diffWave.ts";
import { timeDiffusion } from "./timeDiffusion.ts";

/** Signals of a step and of a sampling: plain JavaScript takes long, and many minutes for other than tiny networks. */
const sizes = {
  wasm: { size: "browser", batch: 32, made: 16 },
  cpu: { size: "tiny", batch: 2, made: 1 },
} as const;

/** Training and sampling of diffusion models on beats, in Node. */
export const benchmarks: readonly Benchmark[] = (["wasm", "cpu"] as const).flatMap((backend) => {
  const { size, batch, made } = sizes[backend];
  const own = { size, batch };
  const words = size === "tiny" ? ", tiny" : "";
  const models = [diffWave, timeDiffusion];
  return [
    {
      name: `training DiffWave${words}, ${batch} beats, ${backend}`,
      unit: "steps/s",
      better: "higher",
      baseline: stockSignals,
      // At the browser's size; a tiny network is less than the averages of its weights, which the baseline does not keep.
      ...(backend === "wasm" ? { atLeastRatio: 1 } : {}),
      measure: () => trainingRate(diffWave, own, backend),
      measureBaseline: () => stockTrainingRate(own, backend),
    },
    {
      name: `training Time-Diffusion${words}, ${batch} beats, ${backend}`,
      unit: "steps/s",
      better: "higher",
      baseline: signalBaseline,
      measure: () => trainingRate(timeDiffusion, own, backend),
      measureBaseline: () => trainingRate(diffWave, own, backend),
    },
    ...models.map(
      (model): Benchmark => ({
        name: `sampling ${model.title}${words} in 25 steps, ${backend}`,
        unit: "beats/s",
        better: "higher",
        baseline: "every step of its training",
        atLeastRatio: 2,
        measure: () => samplingRate(model, made, { size }, backend),
        measureBaseline: () => samplingRate(model, made, { size, sampler: "ancestral" }, backend),
      }),
    ),
  ] satisfies Benchmark[];
});
