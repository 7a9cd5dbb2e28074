/**
 * What rows of SimGAN's experiment are compared with: nothing added, nothing added but as much training, the real beats again,
 * as many as were chosen for them.
 */
export const simGanBaselines = ["none", "continued", "oversampled"] as const;
export type SimGanBaseline = (typeof simGanBaselines)[number];

/** What PGAN's methods are compared with: no synthesis, and no synthesis but as much training. */
export const pganBaselines = ["none", "continued"] as const;
export type PganBaseline = (typeof pganBaselines)[number];

/** Baselines on a button. */
export const baselineTitles: Readonly<Record<SimGanBaseline, string>> = {
  none: "Nothing",
  continued: "Longer training",
  oversampled: "Repeating",
};

/** Baselines in a sentence. */
export const simGanBaselineWords: Readonly<Record<SimGanBaseline, string>> = {
  none: "adding nothing",
  continued: "as much training without added beats",
  oversampled: "adding the real beats again",
};
export const pganBaselineWords: Readonly<Record<PganBaseline, string>> = {
  none: "no synthesis",
  continued: "as much training without synthesis",
};
