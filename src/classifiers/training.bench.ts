import type { Benchmark } from "../testing/benchmark.ts";
import { ourRate, stockRate, trainingCases } from "../testing/trainingRates.ts";

/** What is promised of each on wasm; of all others, that they are never slower. */
const promised: Readonly<Record<string, number>> = { "ResNet-18": 3 };

/** Training in Node, as the command does; on graphics cards it is measured in the browser. */
export const benchmarks: readonly Benchmark[] = trainingCases.map((each) => ({
  name: `training ${each.name}, ${each.full.batch} × ${each.full.length.toLocaleString("en")} samples, wasm`,
  unit: "steps/s",
  better: "higher",
  baseline: each.baseline,
  atLeastRatio: promised[each.name] ?? 1,
  measure: () => ourRate(each, each.full, "wasm"),
  measureBaseline: () => stockRate(each, each.full, "wasm"),
}));
