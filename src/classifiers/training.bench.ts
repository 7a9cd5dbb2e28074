import type { Benchmark } from "../testing/benchmark.ts";
import { ourRate, stockRate, trainingCases } from "../testing/trainingRates.ts";

/** What is promised of each on wasm; of all others, that they are never slower. */
const promised: Readonly<Record<string, number>> = { "ResNet-18 wasm": 3 };

/** Training in Node, as the command does; on graphics cards it is measured in the browser. */
export const benchmarks: readonly Benchmark[] = (["wasm", "cpu"] as const).flatMap((backend) =>
  trainingCases.map((each): Benchmark => {
    const size = backend === "wasm" ? each.full : each.small;
    return {
      name: `training ${each.name}, ${size.batch} × ${size.length.toLocaleString("en")} samples, ${backend}`,
      unit: "steps/s",
      better: "higher",
      baseline: each.baseline,
      atLeastRatio: promised[`${each.name} ${backend}`] ?? 1,
      measure: () => ourRate(each, size, backend),
      measureBaseline: () => stockRate(each, size, backend),
    };
  }),
);
