import type { Architecture } from "./architecture.ts";

/** The classifiers, in the order of the paper's tables; each is loaded when it is asked for. */
export const architectures = {
  resNet18: async () => (await import("./resNet.ts")).resNet18,
  resNet34: async () => (await import("./resNet.ts")).resNet34,
  resNet50: async () => (await import("./resNet.ts")).resNet50,
  efficientNetB0: async () => (await import("./efficientNet.ts")).efficientNetB0,
  gru: async () => (await import("./recurrent.ts")).gruClassifier,
  lstm: async () => (await import("./recurrent.ts")).lstmClassifier,
  transformer: async () => (await import("./transformer.ts")).transformer,
  luna: async () => (await import("./luna.ts")).luna,
  s4: async () => (await import("./s4.ts")).s4,
  mega: async () => (await import("./mega.ts")).mega,
  beatLstm: async () => (await import("./beatLstm.ts")).beatLstm,
  beatResNet: async () => (await import("./beatResNet.ts")).beatResNet,
  dilatedCnn: async () => (await import("./dilatedCnn.ts")).dilatedCnn,
} satisfies Readonly<Record<string, () => Promise<Architecture>>>;

export type ArchitectureName = keyof typeof architectures;
