import type { Benchmark } from "../../testing/benchmark.ts";
import { samplingRate, trainingRate } from "../../testing/diffusionRates.ts";
import { diffWave } from "../diffWave.ts";
import { timeVqVae } from "./index.ts";

/** Signals of a step and of a sampling: plain JavaScript takes long. */
const sizes = { wasm: { batch: 32, made: 16 }, cpu: { batch: 2, made: 1 } } as const;

/** Of a hundred iterations one of each stage: the first has forty of them. The very first one also clusters the codes. */
const stages = [
  ["tokeniser", 1],
  ["priors", 50],
] as const;

/** Training and sampling of Time-VQVAE on beats, in Node. */
export const benchmarks: readonly Benchmark[] = (["wasm", "cpu"] as const).flatMap((backend) => {
  const { batch, made } = sizes[backend];
  return [
    ...stages.map(
      ([stage, from]): Benchmark => ({
        name: `training Time-VQVAE's ${stage}, ${batch} beats, ${backend}`,
        unit: "steps/s",
        better: "higher",
        baseline: "DiffWave's step",
        measure: () => trainingRate(timeVqVae, batch, backend, from),
        measureBaseline: () => trainingRate(diffWave, batch, backend),
      }),
    ),
    {
      name: `sampling Time-VQVAE in 14 steps, ${backend}`,
      unit: "beats/s",
      better: "higher",
      baseline: "DiffWave in 25 steps",
      measure: () => samplingRate(timeVqVae, made, {}, backend),
      measureBaseline: () => samplingRate(diffWave, made, {}, backend),
    },
  ] satisfies Benchmark[];
});
