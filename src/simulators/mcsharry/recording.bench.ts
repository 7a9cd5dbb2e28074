import { resolveValues } from "../../domain/schema.ts";
import type { Benchmark } from "../../testing/benchmark.ts";
import { makeStepper } from "../integrators/explicit.ts";
import { rungeKutta4 } from "../integrators/rungeKutta4.ts";
import type { SimulationRequest } from "../simulator.ts";
import { heartEquations } from "./dynamics.ts";
import { mcsharrySimulator } from "./index.ts";
import { etaParameters, mcsharrySchema } from "./parameters.ts";

/** Ten seconds at 500 Hz, repeated for about half a second; recordings a second. */
function rate(run: () => unknown): number {
  run();
  const start = performance.now();
  let count = 0;
  for (; performance.now() - start < 500; count++) run();
  return (count * 1000) / (performance.now() - start);
}

const request: SimulationRequest = {
  preset: "ecgsyn",
  rhythm: "normal",
  overrides: {},
  seed: 1,
  variation: "exact",
  duration: 10,
  samplingFrequency: 500,
};
const values = resolveValues(mcsharrySchema(request.preset, request.rhythm), request.overrides);
const eta = etaParameters(values, request.preset);
const drive = {
  omega: () => 2 * Math.PI,
  baseline: (t: number) => 0.005 * Math.sin(2 * Math.PI * 0.25 * t),
};

export const benchmarks: readonly Benchmark[] = [
  {
    name: "mcsharry-simulator",
    unit: "recordings/s",
    better: "higher",
    baseline: "the same number of steps by the tableau of Runge–Kutta 4 alone",
    measure: () => rate(() => mcsharrySimulator.simulate(request)),
    measureBaseline: () =>
      rate(() => {
        const step = makeStepper(rungeKutta4, heartEquations(eta, drive), 3);
        const state = Float64Array.of(1, 0, 0);
        for (let index = 0; index < 5000; index++) step(index / 500, 1 / 500, state);
      }),
  },
];
