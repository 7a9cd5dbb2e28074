import type { ProbedNetwork } from "../neural/backend/probe.ts";
import type { Generator } from "./generator.ts";

/**
 * A generator at some of its iterations, to measure how long they take; disposes of it in the end.
 * @param from the first of them
 */
export function generatorProbe(generator: Generator, from = 0): ProbedNetwork {
  let position = from;
  return {
    async step() {
      const measures = generator.trainStep(position++);
      await measures.data();
      measures.dispose();
    },
    dispose: () => generator.dispose(),
  };
}
