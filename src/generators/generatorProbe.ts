import type { ProbedNetwork } from "../neural/backend/probe.ts";
import type { Generator } from "./generator.ts";

/** A generator at its first iterations, to measure how long they take; disposes of it in the end. */
export function generatorProbe(generator: Generator): ProbedNetwork {
  let position = 0;
  return {
    async step() {
      const measures = generator.trainStep(position++);
      await measures.data();
      measures.dispose();
    },
    dispose: () => generator.dispose(),
  };
}
