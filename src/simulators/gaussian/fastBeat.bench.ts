import type { Benchmark } from "../../testing/benchmark.ts";
import type { SimulationRequest } from "../simulator.ts";
import { plainRecording } from "./plainRecording.ts";
import { planOf } from "./plan.ts";
import { simulateBatch } from "./recording.ts";

const request: SimulationRequest = {
  preset: "paper",
  rhythm: "normal",
  overrides: {},
  seed: 1,
  variation: "drawn",
  duration: 10,
  samplingFrequency: 500,
};
const length = 5000;
const batch = 500;

/** Rate of `work`, which makes `count` recordings, after a first run that lets the compiler settle: the best of five. */
function recordingsPerSecond(count: number, work: () => void): number {
  work();
  let best = 0;
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    work();
    best = Math.max(best, (1000 * count) / (performance.now() - start));
  }
  return best;
}

export const benchmarks: readonly Benchmark[] = [
  {
    name: "gaussian-simulator",
    unit: "recordings/s",
    better: "higher",
    baseline: "a plain loop with Math.exp over all points",
    atLeastRatio: 5,
    measure() {
      const into = new Float32Array(batch * length);
      return recordingsPerSecond(batch, () => {
        simulateBatch(request, batch, into);
      });
    },
    measureBaseline() {
      const plan = planOf(request);
      const few = batch / 5;
      return recordingsPerSecond(few, () => {
        for (let seed = 1; seed <= few; seed++) {
          plainRecording(plan, seed, length, request.samplingFrequency);
        }
      });
    },
  },
];
