import type { BeatCellResult, BeatOrigin, ScoredBeats } from "../experiments/syntheticBeats/specification.ts";
import { createRandom } from "../signal/random.ts";

export const source = { name: "s", members: ["a"], lead: "MLII", filter: "none" } as const;
export const quick = { resamples: 100, permutations: 199 };
const none = { positive: 0, negative: 0 };

export const origin = (patient: string, count: number): BeatOrigin => ({
  record: patient,
  patient,
  division: "DS2",
  paced: false,
  count,
});

/** Scores of patients with twenty beats each, every fourth of the class, which lies so many deviations higher. */
export function scored(separation: number, seed: number, patients: readonly string[]): ScoredBeats {
  const random = createRandom(seed);
  const shared = createRandom(99);
  const labels = Uint8Array.from({ length: 20 * patients.length }, (_, row) => (row % 4 === 0 ? 1 : 0));
  const probabilities = Float32Array.from(labels, (label) => {
    const score = separation * label + 0.9 * shared.normal() + 0.3 * random.normal();
    return 1 / (1 + Math.exp(-score));
  });
  return { probabilities, labels, origins: patients.map((patient) => origin(patient, 20)) };
}

export const resultOf = (tested: ScoredBeats, validated: ScoredBeats): BeatCellResult => ({
  tested,
  validated,
  counts: { train: none, validation: none, test: none },
  added: 0,
  adaptation: { window: 0, used: 0 },
  best: null,
});

export const people = Array.from({ length: 12 }, (_, index) => `p${index}`);
