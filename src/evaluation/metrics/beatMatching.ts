import type { Annotation } from "../../domain/annotation.ts";

/** A stretch of samples, both ends included. */
export interface Segment {
  readonly from: number;
  readonly to: number;
}

export interface MatchingOptions {
  /** Farthest that a detection may lie from its beat, s. */
  readonly tolerance?: number;
  /** Beats and detections before it are not counted, s: the learning period. */
  readonly from?: number;
  /** Where nothing is counted: ventricular flutter and fibrillation have no beats. */
  readonly excluded?: readonly Segment[];
}

/** How detections and reference beats agree. Rates are null where they would divide by 0. */
export interface BeatScore {
  readonly truePositives: number;
  readonly falseNegatives: number;
  readonly falsePositives: number;
  /** Share of the beats that were detected. */
  readonly sensitivity: number | null;
  /** Share of the detections that are beats. */
  readonly positivePredictivity: number | null;
  /** Harmonic mean of the two. */
  readonly f1: number | null;
  /** Detection − beat of every true positive, ms, in order of time. */
  readonly timingErrors: Float64Array;
}

/** Match window of ANSI/AAMI EC57, s. */
export const standardTolerance = 0.15;
/** Learning period that EC57 leaves uncounted, s. */
export const learningPeriod = 300;

/**
 * Compares detections with reference beats, as ANSI/AAMI EC57 and its program `bxb` do: one to one, in order of time,
 * within the tolerance; where the next detection or the next beat is nearer, the pair is left to it.
 * @param reference positions of beats, in samples, ascending
 * @param detected  likewise
 */
export function matchBeats(
  reference: ArrayLike<number>,
  detected: ArrayLike<number>,
  samplingFrequency: number,
  { tolerance = standardTolerance, from = 0, excluded = [] }: MatchingOptions = {},
): BeatScore {
  const farthest = tolerance * samplingFrequency;
  const first = from * samplingFrequency;
  const counts = (sample: number) =>
    sample >= first && !excluded.some((segment) => sample >= segment.from && sample <= segment.to);
  const distance = (beat: number, detection: number) =>
    beat < reference.length && detection < detected.length
      ? Math.abs(reference[beat] - detected[detection])
      : Infinity;

  const timingErrors: number[] = [];
  let [falseNegatives, falsePositives, beat, detection] = [0, 0, 0, 0];
  while (beat < reference.length || detection < detected.length) {
    const here = distance(beat, detection);
    const detectionIsFirst =
      beat >= reference.length || (detection < detected.length && detected[detection] < reference[beat]);
    const rival = detectionIsFirst ? distance(beat, detection + 1) : distance(beat + 1, detection);
    if (here <= farthest && here <= rival) {
      // The beat decides: a detection that lies just inside an excluded stretch still finds a beat outside.
      if (counts(reference[beat])) {
        timingErrors.push((1000 * (detected[detection] - reference[beat])) / samplingFrequency);
      }
      beat++;
      detection++;
    } else if (detectionIsFirst) {
      if (counts(detected[detection])) falsePositives++;
      detection++;
    } else {
      if (counts(reference[beat])) falseNegatives++;
      beat++;
    }
  }
  return scoreOf(falseNegatives, falsePositives, Float64Array.from(timingErrors));
}

/** The score of several records together, every beat weighing the same: the field's gross statistics. */
export function grossScore(scores: readonly BeatScore[]): BeatScore {
  const sum = (of: (score: BeatScore) => number) => scores.reduce((total, score) => total + of(score), 0);
  const timingErrors = new Float64Array(sum((score) => score.truePositives));
  let at = 0;
  for (const score of scores) {
    timingErrors.set(score.timingErrors, at);
    at += score.truePositives;
  }
  return scoreOf(
    sum((score) => score.falseNegatives),
    sum((score) => score.falsePositives),
    timingErrors,
  );
}

/** Mean and standard deviation (population) of the timing errors, ms; null without any. */
export function timingOf({ timingErrors }: BeatScore): { mean: number; standardDeviation: number } | null {
  if (timingErrors.length === 0) return null;
  const mean = timingErrors.reduce((sum, error) => sum + error, 0) / timingErrors.length;
  const variance = timingErrors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / timingErrors.length;
  return { mean, standardDeviation: Math.sqrt(variance) };
}

/**
 * Stretches of ventricular flutter or fibrillation, from each `[` to its `]`; one that is still open at the end lasts
 * for ever, and one that was open at the start has lasted for ever.
 * @param annotations ascending
 */
export function flutterSegments(annotations: readonly Pick<Annotation, "sample" | "symbol">[]): Segment[] {
  const segments: Segment[] = [];
  let from: number | null = null;
  for (const { sample, symbol } of annotations) {
    if (symbol === "[") from ??= sample;
    else if (symbol === "]") {
      if (from !== null || segments.length === 0) segments.push({ from: from ?? -Infinity, to: sample });
      from = null;
    }
  }
  if (from !== null) segments.push({ from, to: Infinity });
  return segments;
}

function scoreOf(falseNegatives: number, falsePositives: number, timingErrors: Float64Array): BeatScore {
  const truePositives = timingErrors.length;
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : null);
  return {
    truePositives,
    falseNegatives,
    falsePositives,
    sensitivity: share(truePositives, truePositives + falseNegatives),
    positivePredictivity: share(truePositives, truePositives + falsePositives),
    f1: share(2 * truePositives, 2 * truePositives + falseNegatives + falsePositives),
    timingErrors,
  };
}
