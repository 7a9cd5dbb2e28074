import type { LabelledSignals } from "../../domain/generation.ts";
import { generatedForms } from "../../domain/generation.ts";
import type { LibraryRecord } from "../../domain/libraryRecord.ts";
import type { Recording } from "../../domain/recording.ts";
import { ratioOf, resample } from "../../signal/resample.ts";
import { virtualPatient } from "../../simulators/cohort/patient.ts";
import { simulateTenSeconds, standInLabels } from "../../simulators/cohort/tenSeconds.ts";
import { evenDraw } from "./evenDraw.ts";

const { length, samplingFrequency } = generatedForms.recordings;
/** s */
const duration = length / samplingFrequency;
/** s: what is longer has rhythms that change, and its labels are not those of every part. */
const longestWhole = 20;
/** Likelihood in % from which a statement of PTB-XL counts; 0 stands for one that was not stated. */
const leastLikelihood = 50;

/** Ten seconds that may be learned from. */
export interface Candidate {
  /** Hash of the record that it is of; absent where it is of none. */
  readonly record?: string;
  readonly patient: string;
  readonly labels: readonly string[];
  /** Published fold of its record, from 1; null where it has none. */
  readonly fold: number | null;
  /** `[1000]` in mV; null where the lead has a gap. */
  read(): Promise<Float32Array | null>;
}

/** Whether the labels of a record hold for its first ten seconds. */
export const isWhole = (seconds: number): boolean => seconds >= duration - 1e-6 && seconds <= longestWhole;

/** Labels of a record that are sure enough. */
export function sureLabels({ labels, likelihoods }: Pick<LibraryRecord, "labels" | "likelihoods">): string[] {
  return labels.filter((label) => {
    const likelihood = likelihoods[label] ?? 100;
    return likelihood === 0 || likelihood >= leastLikelihood;
  });
}

/** The first ten seconds of a lead at 100 Hz in mV, or null where there are fewer or one is missing. */
export function firstTenSeconds(samples: Float32Array, from: number): Float32Array | null {
  // Some more than needed, so that the filter's end does not lie in what is kept.
  const needed = samples.subarray(0, Math.ceil((duration + 1) * from));
  const moved = Float32Array.from(resample(needed, ratioOf(from, samplingFrequency)).subarray(0, length));
  return moved.length === length && moved.every(Number.isFinite) ? moved : null;
}

/** Ten-second pieces of a long recording that lie within one rhythm, one after the other, with the rhythm's name. */
export function piecesOfRhythms(
  { annotations, samplingFrequency: clock, length: frames }: Recording,
  lead: { readonly samples: Float32Array; readonly samplingFrequency: number },
): { readonly label: string; readonly samples: Float32Array }[] {
  const changes = annotations.filter(({ symbol, text }) => symbol === "+" && text.startsWith("("));
  if (changes.length === 0) return [];
  const moved = resample(lead.samples, ratioOf(lead.samplingFrequency, samplingFrequency));
  return changes.flatMap(({ sample, text }, index) => {
    const end = changes[index + 1]?.sample ?? frames;
    const [first, last] = [sample, end].map((at) => Math.round((at * samplingFrequency) / clock));
    const count = Math.max(0, Math.floor((Math.min(last, moved.length) - first) / length));
    return Array.from({ length: count }, (_, piece) => ({
      label: text.slice(1).trim(),
      samples: Float32Array.from(moved.subarray(first + piece * length, first + (piece + 1) * length)),
    })).filter(({ label, samples }) => label !== "" && samples.every(Number.isFinite));
  });
}

/** Ten-second recordings of virtual patients, each of one of its own; of every label as many. */
export function simulatedCandidates(perLabel: number, seed: number): Candidate[] {
  return standInLabels.flatMap((label, place) =>
    Array.from({ length: perLabel }, (_, index): Candidate => {
      const number = index * standInLabels.length + place;
      return {
        patient: String(number),
        labels: [label],
        fold: null,
        async read() {
          const { recording } = simulateTenSeconds(virtualPatient(seed, number), label, `ten${number}`);
          const lead = recording.leads.find(({ name }) => name === "II");
          return lead === undefined ? null : firstTenSeconds(lead.samples, lead.samplingFrequency);
        },
      };
    }),
  );
}

/** Recordings with their labels, as they were found. */
export interface LabelledRecordings extends LabelledSignals {
  /** Published fold of each row's record. */
  readonly folds: readonly (number | null)[];
  /** Hash of each row's record; empty where it is of none. */
  readonly records: readonly string[];
}

/**
 * Recordings of some labels, label after label, of each as many as asked for at most, drawn evenly. One that bears several
 * of them is of none.
 * @param breathe lets others work between two recordings
 */
export async function recordingsOfLabels(
  candidates: readonly Candidate[],
  wanted: readonly string[],
  most: number,
  seed: number,
  breathe: () => Promise<void>,
): Promise<LabelledRecordings> {
  const kept: { readonly candidate: Candidate; readonly label: number; readonly samples: Float32Array }[] =
    [];
  for (const [label, name] of wanted.entries()) {
    const own = candidates.filter(({ labels }) => {
      const borne = wanted.filter((each) => labels.includes(each));
      return borne.length === 1 && borne[0] === name;
    });
    for (const candidate of evenDraw(own, most, seed)) {
      const samples = await candidate.read();
      if (samples !== null) kept.push({ candidate, label, samples });
      await breathe();
    }
  }
  const signals = new Float32Array(kept.length * length);
  kept.forEach(({ samples }, row) => {
    signals.set(samples, row * length);
  });
  return {
    signals,
    count: kept.length,
    labels: Uint8Array.from(kept, ({ label }) => label),
    owners: kept.map(({ candidate }) => candidate.patient),
    folds: kept.map(({ candidate }) => candidate.fold),
    records: kept.map(({ candidate }) => candidate.record ?? ""),
    patients: new Set(kept.map(({ candidate }) => candidate.patient)).size,
  };
}
