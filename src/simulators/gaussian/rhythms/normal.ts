import { plainRun, type Rhythm, sinusLength } from "./rhythm.ts";

/** Sinus rhythm: every beat has all five waves (Nonaka & Seita 2026). */
export const normal: Rhythm = {
  option: {
    value: "normal",
    label: "Normal sinus rhythm",
    description: "Every beat has its P, Q, R, S and T; beats vary only by their own perturbation.",
  },
  annotation: "N",
  fields: () => ({}),
  tableChanges: () => ({}),
  drawnLength: sinusLength,
  begin: (_values, _timing, random) => plainRun(random),
};
