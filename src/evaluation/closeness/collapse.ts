import { placeOf } from "./reading.ts";
import type { ClosenessEntry } from "./report.ts";

/** Whether a set covers so little of the real rows that it has collapsed, or forgotten shapes. */
export interface Collapse {
  /** Whether rows are neighbours by what a fixed network sees in them, or by their samples. */
  readonly by: "features" | "samples";
  readonly isCollapsed: boolean;
  /** Share of the real rows that synthetic rows cover, and that other real patients do. */
  readonly covered: number;
  readonly reached: number;
}

/** Of what other real patients cover, below which variety is lost. */
const lostShare = 0.5;

/**
 * The rule of collapse: coverage below half of the near anchor's, and below what its interval holds. It goes by the
 * features of a network where there is one, as Naeem et al. (ICML 2020) measure whether kinds of signals are missing: by
 * samples a wave that is off by little leaves a ball empty.
 * @param samples, features entries of both reports; null where no network was trained
 * @returns null where neither has a coverage with a near anchor
 */
export function collapseOf(
  samples: readonly ClosenessEntry<string>[],
  features: readonly ClosenessEntry<string>[] | null,
): Collapse | null {
  for (const [by, entries] of [
    ["features", features ?? []],
    ["samples", samples],
  ] as const) {
    const entry = entries.find(({ key }) => key === "coverage");
    if (entry === undefined || entry.value === null || entry.near === null) continue;
    const isBelowPatients = placeOf(entry, "higher")?.verdict !== "real";
    const { value: covered, near: reached } = entry;
    return { by, isCollapsed: isBelowPatients && covered < lostShare * reached, covered, reached };
  }
  return null;
}
