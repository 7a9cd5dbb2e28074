import type { GeneratorContext } from "../generators/generator.ts";

/** What a generator of one class learns from, for tests. @param signals beats, `[any, 216]` in mV */
export function beatContext(
  signals: Float32Array,
  changes: Partial<Omit<GeneratorContext, "signals">> = {},
): GeneratorContext {
  const length = 216;
  const count = signals.length / length;
  return {
    signals,
    count,
    length,
    samplingFrequency: 360,
    classes: ["N"],
    labels: new Uint8Array(count),
    iterations: 100,
    seed: 1,
    ...changes,
  };
}
