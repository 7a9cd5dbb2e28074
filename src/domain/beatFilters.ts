/** What leads are put through before beats are cut out of them. */
export const beatFilters = ["none", "zeroPhase", "bandPass"] as const;
export type BeatFilter = (typeof beatFilters)[number];

/** The filters as a form offers them. */
export const beatFilterTitles: Readonly<Record<BeatFilter, string>> = {
  none: "None, as SimGAN",
  zeroPhase: "0.5–40 Hz, zero phase",
  bandPass: "3–45 Hz, as PGAN",
};

/** How beats were cut, as files and summaries tell it. */
export const beatFilterWords: Readonly<Record<BeatFilter, string>> = {
  none: "cut without a filter",
  zeroPhase: "cut behind a zero-phase filter of 0.5 to 40 Hz",
  bandPass: "cut behind a FIR filter of 3 to 45 Hz",
};
