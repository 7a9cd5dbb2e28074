import type { Proof } from "./proof.ts";

/** How well the R-peak detectors find annotated and simulated beats. */
export const rPeaks: Proof = {
  title: "R-peak detection",
  needsData: false,
  async gather() {
    return { document: "", claims: [] };
  },
};
