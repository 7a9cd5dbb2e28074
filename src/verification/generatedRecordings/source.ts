import { generatedForms } from "../../domain/generation.ts";
import {
  type Candidate,
  recordingsOfLabels,
  simulatedCandidates,
} from "../../experiments/generation/recordingRows.ts";
import { standInLabels } from "../../simulators/cohort/tenSeconds.ts";
import type { Rows } from "../generatedBeats/sources.ts";
import { type LearnedSignals, ofClasses } from "../generatedSignals/training.ts";

/** Rhythms whose recordings are generated here: with and without P waves, even and uneven. */
export const shownRhythms = ["NORM", "AFIB"] as const satisfies readonly (typeof standInLabels)[number][];
export type ShownRhythm = (typeof shownRhythms)[number];

/** Virtual patients of each rhythm: of the models, of what is compared, and of the features. */
export const patientsOf = { learned: 400, compared: 200, others: 150 } as const;
const seed = 2026;

/** Ten-second recordings of virtual patients, each of one of its own. */
export interface RecordingSource {
  readonly signals: LearnedSignals<ShownRhythm>;
  /** Of other patients, of all rhythms of the stand-in: what features are learned from. */
  readonly others: { readonly rows: Rows; readonly labels: Uint8Array };
}

export async function recordingSource(): Promise<RecordingSource> {
  const { learned, compared, others } = patientsOf;
  const all = simulatedCandidates(learned + compared + others, seed);
  const [first, second, third] = [0, learned, learned + compared];
  const part = (from: number, count: number) =>
    standInLabels.flatMap((label) =>
      all.filter(({ labels }) => labels[0] === label).slice(from, from + count),
    );
  const ofRhythms = (candidates: readonly Candidate[]) =>
    ofClasses(shownRhythms, async (label) => (await read(candidates, [label])).rows);
  return {
    signals: {
      title: "Stand-in for PTB-XL",
      classes: shownRhythms,
      samplingFrequency: generatedForms.recordings.samplingFrequency,
      learned: await ofRhythms(part(first, learned)),
      heldOut: await ofRhythms(part(second, compared)),
      compared,
    },
    others: await read(part(third, others), standInLabels),
  };
}

async function read(candidates: readonly Candidate[], labels: readonly string[]) {
  const found = await recordingsOfLabels(candidates, labels, candidates.length, seed, async () => undefined);
  const { length } = generatedForms.recordings;
  return { rows: { values: found.signals, count: found.count, length }, labels: found.labels };
}
