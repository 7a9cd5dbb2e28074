import type { Proof } from "./proof.ts";

/** The proofs by the name of their document in `docs`. */
export const proofs: Readonly<Record<string, () => Promise<Proof>>> = {
  "r-peaks": async () => (await import("./rPeaks.ts")).rPeaks,
  delineation: async () => (await import("./delineation.ts")).delineation,
  statistics: async () => (await import("./statistics.ts")).statistics,
  networks: async () => (await import("./networks.ts")).networks,
  "real-and-synthetic": async () => (await import("./realAndSynthetic.ts")).realAndSynthetic,
  "generated-beats": async () => (await import("./generatedBeats.ts")).generatedBeats,
  "generated-signals": async () => (await import("./generatedSignals.ts")).generatedSignals,
  "generated-recordings": async () => (await import("./generatedRecordings.ts")).generatedRecordings,
  "synthetic-beats": async () => (await import("./syntheticBeats.ts")).syntheticBeats,
  league: async () => (await import("./league.ts")).league,
  augmentation: async () => (await import("./augmentation.ts")).augmentation,
};
