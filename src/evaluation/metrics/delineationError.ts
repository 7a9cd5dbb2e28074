import type { DelineatedBeat, MarkedBeat } from "../../domain/delineation.ts";

/** The points of a beat that cardiologists mark. */
export const fiducials = [
  "P onset",
  "P peak",
  "P offset",
  "QRS onset",
  "R peak",
  "QRS offset",
  "T peak",
  "T offset",
] as const;
export type Fiducial = (typeof fiducials)[number];

/**
 * What became of one fiducial of one beat: the error found − reference in ms; `missed` where nothing was found within
 * the tolerance; `spurious` where a wave was found and none is marked; `unmarked` where there is nothing to compare.
 */
export type Outcome = number | "missed" | "spurious" | "unmarked";
export type BeatOutcome = Readonly<Record<Fiducial, Outcome>>;

/** What is farther from the mark is another wave, ms: the match window of ANSI/AAMI EC57. */
export const tolerance = 150;

/**
 * Compares found with marked waves, beat by beat. To each marked beat belongs the found one with the nearest R peak.
 * A wave that is marked in no way counts as absent, except in the first and the last marked beat, where annotators
 * leave out what the edge of their excerpt cuts.
 * @param reference one or more beats in order of time
 * @param found     the beats as delineated, in order of time; those that are marked and any others
 * @param samplingFrequency Hz, of the positions of both
 * @returns one for each marked beat
 */
export function delineationOutcomes(
  reference: readonly MarkedBeat[],
  found: readonly DelineatedBeat[],
  samplingFrequency: number,
): BeatOutcome[] {
  const milliseconds = (samples: number) => (1000 * samples) / samplingFrequency;
  let nearest = 0;
  return reference.map((marked, index) => {
    const distance = (beat: DelineatedBeat | undefined) =>
      beat === undefined ? Number.POSITIVE_INFINITY : Math.abs(beat.rPeak - marked.qrs.peak);
    while (nearest + 1 < found.length && distance(found[nearest + 1]) <= distance(found[nearest])) nearest++;
    const isNear = milliseconds(distance(found[nearest])) <= tolerance;
    const beat = isNear ? found[nearest] : undefined;
    const isInside = index > 0 && index < reference.length - 1;
    const outcome = (
      mark: number | null | undefined,
      place: number | null | undefined,
      isAbsent: boolean,
    ): Outcome => {
      if (mark === null || mark === undefined) {
        return isAbsent && isInside && place !== null && place !== undefined ? "spurious" : "unmarked";
      }
      if (place === null || place === undefined) return "missed";
      const error = milliseconds(place - mark);
      return Math.abs(error) <= tolerance ? error : "missed";
    };
    const wave = (name: "p" | "t", point: "onset" | "peak" | "offset") =>
      outcome(marked[name]?.[point], beat?.[name]?.[point], marked[name] === null);
    return {
      "P onset": wave("p", "onset"),
      "P peak": wave("p", "peak"),
      "P offset": wave("p", "offset"),
      "QRS onset": outcome(marked.qrs.onset, beat?.qrs?.onset, false),
      "R peak": outcome(marked.qrs.peak, beat?.r ?? beat?.qrs?.peak, false),
      "QRS offset": outcome(marked.qrs.offset, beat?.qrs?.offset, false),
      "T peak": wave("t", "peak"),
      "T offset": wave("t", "offset"),
    };
  });
}

/**
 * The better of two leads for every fiducial: where a cardiologist marked both leads at once, as in the QT database,
 * nobody knows in which the mark was seen, and the custom is to compare it with the lead that is nearer.
 */
export function betterLead(one: readonly BeatOutcome[], other: readonly BeatOutcome[]): BeatOutcome[] {
  return one.map((outcome, index) => {
    const pairs = fiducials.map((fiducial) => [fiducial, better(outcome[fiducial], other[index][fiducial])]);
    return Object.fromEntries(pairs) as BeatOutcome;
  });
}

function better(one: Outcome, other: Outcome): Outcome {
  if (typeof one === "number" && typeof other === "number") {
    return Math.abs(one) <= Math.abs(other) ? one : other;
  }
  if (typeof one === "number") return one;
  if (typeof other === "number") return other;
  return one === "spurious" ? other : one;
}

/** How well one fiducial is found over many beats. */
export interface FiducialError {
  readonly fiducial: Fiducial;
  /** Beats in which it is marked. */
  readonly count: number;
  /** Share of these in which it was found within the tolerance; null for none. */
  readonly sensitivity: number | null;
  /** Share of what was found that is marked, counting absent waves only; null for nothing. */
  readonly positivePredictivity: number | null;
  /** Of found − marked, ms, and its standard deviation (population); null for none. */
  readonly mean: number | null;
  readonly standardDeviation: number | null;
}

/** One row a fiducial, in their order. */
export function delineationErrors(outcomes: readonly BeatOutcome[]): FiducialError[] {
  return fiducials.map((fiducial) => {
    const all = outcomes.map((outcome) => outcome[fiducial]);
    const errors = all.filter((outcome) => typeof outcome === "number");
    const found = errors.length;
    const count = found + all.filter((outcome) => outcome === "missed").length;
    const spurious = all.filter((outcome) => outcome === "spurious").length;
    const share = (part: number, whole: number) => (whole > 0 ? part / whole : null);
    const mean = share(
      errors.reduce((sum, error) => sum + error, 0),
      found,
    );
    const square = errors.reduce((sum, error) => sum + (error - (mean ?? 0)) ** 2, 0);
    return {
      fiducial,
      count,
      sensitivity: share(found, count),
      positivePredictivity: share(found, found + spurious),
      mean,
      standardDeviation: found > 0 ? Math.sqrt(square / found) : null,
    };
  });
}

/**
 * Tolerances of the CSE working party for two standard deviations, ms (Eur Heart J 1985;6:815): how far its
 * cardiologists' marks of one boundary lie apart.
 */
export const cseTolerances: Readonly<Partial<Record<Fiducial, number>>> = {
  "P onset": 10.2,
  "P offset": 12.7,
  "QRS onset": 6.5,
  "QRS offset": 11.6,
  "T offset": 30.6,
};
