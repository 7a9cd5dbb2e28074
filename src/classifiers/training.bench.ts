import type { PairedBenchmark } from "../testing/benchmark.ts";
import { neverSlower } from "../testing/pairedRates.ts";
import { titleOf, trainingCases, trainingRates } from "../testing/trainingRates.ts";

/** What is promised of each on wasm beyond never being slower. */
const promised: Readonly<Record<string, number>> = { "ResNet-18 wasm": 3 };

/** Training in Node, as the command does; on graphics cards it is measured in the browser. */
export const benchmarks: readonly PairedBenchmark[] = (["wasm", "cpu"] as const).flatMap((backend) =>
  trainingCases.map((each): PairedBenchmark => {
    const size = backend === "wasm" ? each.full : each.small;
    return {
      name: `training ${titleOf(each, size)}, ${backend}`,
      unit: "steps/s",
      baseline: each.baseline,
      atLeastRatio: promised[`${each.name} ${backend}`] ?? neverSlower,
      async measureBoth() {
        const { ours, stock } = await trainingRates(each, size, backend);
        return { value: ours, against: stock };
      },
    };
  }),
);
