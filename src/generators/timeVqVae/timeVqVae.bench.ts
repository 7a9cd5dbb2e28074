import type { Benchmark } from "../../testing/benchmark.ts";
import { samplingRate, signalBaseline, tokenStages, trainingRate } from "../../testing/diffusionRates.ts";
import { diffWave } from "../diffWave.ts";
import { timeVqVae } from "./index.ts";

/** Signals of a step and of a sampling: plain JavaScript takes long, and many minutes for other than tiny networks. */
const sizes = {
  wasm: { size: "browser", batch: 32, made: 16 },
  cpu: { size: "tiny", batch: 2, made: 1 },
} as const;

/** Training and sampling of Time-VQVAE on beats, in Node. */
export const benchmarks: readonly Benchmark[] = (["wasm", "cpu"] as const).flatMap((backend) => {
  const { size, batch, made } = sizes[backend];
  const own = { size, batch };
  const words = size === "tiny" ? ", tiny" : "";
  return [
    ...Object.entries(tokenStages).map(
      ([stage, from]): Benchmark => ({
        name: `training Time-VQVAE's ${stage}${words}, ${batch} beats, ${backend}`,
        unit: "steps/s",
        better: "higher",
        baseline: signalBaseline,
        measure: () => trainingRate(timeVqVae, own, backend, from),
        measureBaseline: () => trainingRate(diffWave, own, backend),
      }),
    ),
    {
      name: `sampling Time-VQVAE${words} in 14 steps, ${backend}`,
      unit: "beats/s",
      better: "higher",
      baseline: "DiffWave in 25 steps",
      measure: () => samplingRate(timeVqVae, made, { size }, backend),
      measureBaseline: () => samplingRate(diffWave, made, { size }, backend),
    },
  ] satisfies Benchmark[];
});
