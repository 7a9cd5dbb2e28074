import type { ComparedSets, RowOrigin, SyntheticSource } from "../../../domain/closeness.ts";

/** Of comparisons that were measured before the origin was told. */
const originBySource: Readonly<Record<SyntheticSource["kind"], RowOrigin>> = {
  generator: "learned",
  simulator: "none",
  virtual: "none",
  records: "unknown",
};

/** What the synthetic set of a comparison was made from. */
export const originOf = (sets: ComparedSets, { kind }: SyntheticSource): RowOrigin =>
  sets.origin ?? originBySource[kind];

const withoutCopies: Readonly<Record<RowOrigin, string>> = {
  learned: "No copies of what it learned from were found.",
  none: "It was made from none of these rows; as expected, no copies were found.",
  unknown:
    "What it was made from is unknown. No copies were found, but where patients of both sides were learned from, none can be found this way.",
};

/** What the check for copies found, in words. */
export const copiesInWords = (isMemorising: boolean, origin: RowOrigin): string =>
  isMemorising ? "It repeats rows that it learned from." : withoutCopies[origin];
