import type { GeneratedForm } from "../../../../domain/generation.ts";

/** What goes with a form of signals where nobody says otherwise. */
export const usualOfForm: Readonly<
  Record<
    GeneratedForm,
    {
      readonly lead: string;
      /** Classes that are offered; others can be written. */
      readonly offered: readonly string[];
      /** Those that a form begins with. */
      readonly classes: readonly string[];
    }
  >
> = {
  beats: { lead: "MLII", offered: ["N", "S", "V", "F"], classes: ["N", "V"] },
  recordings: {
    lead: "II",
    offered: ["NORM", "SR", "SBRAD", "AFIB", "STACH", "AFLT", "SARRH", "SVTAC", "PVC", "WPW"],
    classes: ["NORM", "AFIB"],
  },
};
