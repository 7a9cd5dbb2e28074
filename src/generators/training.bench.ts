import type { PairedBenchmark } from "../testing/benchmark.ts";
import {
  generatorBaseline,
  generatorCases,
  generatorRates,
  generatorSizes,
  generatorTitle,
} from "../testing/generatorRates.ts";
import { neverSlower } from "../testing/pairedRates.ts";

/** Iterations of generators in Node, as the command does; on graphics cards they are measured in the browser. */
export const benchmarks: readonly PairedBenchmark[] = (["wasm", "cpu"] as const).flatMap((backend) =>
  generatorCases.map((each): PairedBenchmark => {
    const size = backend === "wasm" ? generatorSizes.tab : generatorSizes.small;
    return {
      name: `training ${generatorTitle(each, size)}, ${backend}`,
      unit: "iterations/s",
      baseline: generatorBaseline,
      atLeastRatio: neverSlower,
      async measureBoth() {
        const { ours, stock } = await generatorRates(each, size, backend);
        return { value: ours, against: stock };
      },
    };
  }),
);
