/** What made a record that is no recording of a person. */
export type SyntheticOrigin =
  /**
   * A generator of this browser. What it had learned from is kept once for all of its records, by this id: thousands of
   * them may come of thousands of records.
   */
  | { readonly kind: "generator"; readonly id: string; readonly name: string }
  | { readonly kind: "simulator"; readonly name: string }
  /** Its files say that it is synthetic; nobody here knows what it was made from. */
  | { readonly kind: "unknown" };

/** What the simulated cohort says it was made by. */
export const simulatedCohortOrigin: SyntheticOrigin = { kind: "simulator", name: "simulated cohort" };

/** What the workbench writes over its tables and into the headers of its records (see `originOfComments`). */
const ofSimulator = /^Synthetic electrocardiogram(?:, not recorded from anybody)?: ([^,]+)/;
const ofCohort = /^Simulated stand-in:/;
const ofGenerator = /^Synthetic(?::| beats of class | recordings of class )/;

/**
 * What the comments of a file say that it was made by, where they are those that this workbench writes into all that it
 * exports; undefined where they say nothing of the kind.
 */
export function originOfComments(comments: readonly string[]): SyntheticOrigin | undefined {
  for (const comment of comments) {
    const simulator = ofSimulator.exec(comment.trim())?.[1];
    if (simulator !== undefined) return { kind: "simulator", name: simulator };
    if (ofCohort.test(comment.trim())) return simulatedCohortOrigin;
    if (ofGenerator.test(comment.trim())) return { kind: "unknown" };
  }
  return undefined;
}

/** By what a synthetic record was made, in words. */
export function originInWords(origin: SyntheticOrigin): string {
  switch (origin.kind) {
    case "generator":
      return `made by the generator ${origin.name}`;
    case "simulator":
      return `made by the simulator ${origin.name}`;
    case "unknown":
      return "made by a generator that is not known here";
  }
}
