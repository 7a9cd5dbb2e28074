import type { BeatClass } from "./libraryRecord.ts";

/** Classes of beats that SimGAN and PGAN generate, with their names. */
export const targetTitles = {
  S: "Supraventricular ectopic beats",
  V: "Ventricular ectopic beats",
  F: "Fusion beats",
} as const satisfies Partial<Readonly<Record<BeatClass, string>>>;

export type BeatTarget = keyof typeof targetTitles;
export const beatTargets = Object.keys(targetTitles) as readonly BeatTarget[];
