import { resolveValues } from "../../domain/schema.ts";
import type { Benchmark } from "../../testing/benchmark.ts";
import { dormandPrince } from "../integrators/index.ts";
import { makeStepper } from "../integrators/tableau.ts";
import { heartEquations } from "./dynamics.ts";
import { mcsharrySimulator } from "./index.ts";
import { etaParameters, mcsharrySchema } from "./parameters.ts";

/** Ten seconds at 500 Hz, repeated for about half a second; recordings a second. */
function rate(run: () => void): number {
  run();
  const start = performance.now();
  let count = 0;
  for (; performance.now() - start < 500; count++) run();
  return (count * 1000) / (performance.now() - start);
}

const eta = etaParameters(resolveValues(mcsharrySchema("ecgsyn", "normal"), {}));

export const benchmarks: readonly Benchmark[] = [
  {
    name: "mcsharry-simulator",
    unit: "recordings/s",
    better: "higher",
    baseline: "Dormand–Prince at 1000 Hz",
    measure: () =>
      rate(() => {
        mcsharrySimulator.simulate({
          preset: "ecgsyn",
          rhythm: "normal",
          overrides: {},
          seed: 1,
          variation: "exact",
          duration: 10,
          samplingFrequency: 500,
        });
      }),
    measureBaseline: () =>
      rate(() => {
        const step = makeStepper(
          dormandPrince,
          heartEquations(eta, { omega: () => 2 * Math.PI, baseline: () => 0 }),
          3,
        );
        const state = Float64Array.of(1, 0, 0);
        for (let index = 0; index < 18_000; index++) step(index / 1000, 1 / 1000, state);
      }),
  },
];
