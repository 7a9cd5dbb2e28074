import type { Benchmark } from "../testing/benchmark.ts";
import {
  samplingRate,
  signalBaseline,
  stockSignals,
  stockTrainingRate,
  tokenStages,
  trainingRate,
} from "../testing/diffusionRates.ts";
import { diffWave } from "./diffWave.ts";
import { timeDiffusion } from "./timeDiffusion.ts";
import { timeVqVae } from "./timeVqVae/index.ts";

/** Signals of a step and of a sampling: plain JavaScript takes long, and many minutes for other than tiny networks. */
const sizes = {
  wasm: { size: "browser", batch: 32, made: 16 },
  cpu: { size: "tiny", batch: 2, made: 1 },
} as const;

/** Ten seconds, 1,000 samples: what grows with the length shows here, in networks that take moments all the same. */
const long = { size: "tiny", batch: 4, form: "recordings" } as const;

const onRecordings: readonly Benchmark[] = [
  {
    name: `training DiffWave, tiny, ${long.batch} recordings, wasm`,
    unit: "steps/s",
    better: "higher",
    baseline: stockSignals,
    measure: () => trainingRate(diffWave, long, "wasm"),
    measureBaseline: () => stockTrainingRate(long, "wasm"),
  },
  ...[
    { name: "Time-Diffusion", model: timeDiffusion, from: 0 },
    { name: "Time-VQVAE's tokeniser", model: timeVqVae, from: tokenStages.tokeniser },
  ].map(
    ({ name, model, from }): Benchmark => ({
      name: `training ${name}, tiny, ${long.batch} recordings, wasm`,
      unit: "steps/s",
      better: "higher",
      baseline: signalBaseline,
      measure: () => trainingRate(model, long, "wasm", from),
      measureBaseline: () => trainingRate(diffWave, long, "wasm"),
    }),
  ),
];

/** Training and sampling of diffusion models on beats, and training on ten seconds, in Node. */
export const benchmarks: readonly Benchmark[] = [...onBeats("wasm"), ...onBeats("cpu"), ...onRecordings];

function onBeats(backend: keyof typeof sizes): Benchmark[] {
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
}
