import type { GeneratorModel } from "./generator.ts";

/** The generators of beats, in the order of the papers; each is loaded when it is asked for. */
export const generators = {
  vanillaGan: async () => (await import("./vanillaGan.ts")).vanillaGan,
  dcgan: async () => (await import("./dcgan.ts")).dcgan,
  ecgGan: async () => (await import("./ecgGan.ts")).ecgGan,
  personalisedGan: async () => (await import("./personalised.ts")).personalisedGan,
  personalisedDcgan: async () => (await import("./personalised.ts")).personalisedDcgan,
  pgan: async () => (await import("./pgan.ts")).pgan,
  simulator: async () => (await import("./simulator.ts")).simulator,
  simVanillaGan: async () => (await import("./simVanillaGan.ts")).simVanillaGan,
  simDcgan: async () => (await import("./simDcgan.ts")).simDcgan,
  wgan: async () => (await import("./wgan.ts")).wgan,
  simWgan: async () => (await import("./simWgan.ts")).simWgan,
  refineGan: async () => (await import("./refineGan.ts")).refineGan,
  diffWave: async () => (await import("./diffWave.ts")).diffWave,
  timeDiffusion: async () => (await import("./timeDiffusion.ts")).timeDiffusion,
  timeVqVae: async () => (await import("./timeVqVae/index.ts")).timeVqVae,
} satisfies Readonly<Record<string, () => Promise<GeneratorModel>>>;

export type GeneratorName = keyof typeof generators;
