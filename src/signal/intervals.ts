import type { WaveBoundaries } from "../domain/groundTruth.ts";

/** A beat with its waves, true or measured; null for a wave that is absent or was not found. */
export interface MeasurableBeat {
  readonly label: string;
  /** Samples. */
  readonly rPeak: number;
  readonly p: WaveBoundaries | null;
  readonly qrs: WaveBoundaries | null;
  readonly t: WaveBoundaries | null;
}

/** Mean and standard deviation over the beats that have the interval; null where none has. */
export interface IntervalStatistic {
  readonly mean: number;
  readonly standardDeviation: number;
  readonly count: number;
}

/** Intervals of a recording, s; heart rate, 1/min. */
export interface Intervals {
  readonly rr: IntervalStatistic | null;
  readonly heartRate: IntervalStatistic | null;
  readonly pr: IntervalStatistic | null;
  readonly qrs: IntervalStatistic | null;
  readonly qt: IntervalStatistic | null;
  /** QT corrected by Bazett, QT / √RR, with RR in s (Heart 1920;7:353). */
  readonly qtcBazett: IntervalStatistic | null;
  /** QT corrected by Fridericia, QT / ∛RR (Acta Med Scand 1920;53:469). */
  readonly qtcFridericia: IntervalStatistic | null;
}

/**
 * Intervals read from beats, of a simulator's ground truth or as they were delineated. PR runs from the onset of P to the onset of QRS, QT from the
 * onset of QRS to the end of T; QT is corrected with the RR interval that precedes its beat. PR, QRS, QT and QTc
 * are taken over the beats labelled `label`, RR and heart rate over all.
 */
export function intervalsOf(
  truth: { readonly beats: readonly MeasurableBeat[] },
  samplingFrequency: number,
  label = "N",
): Intervals {
  const { beats } = truth;
  const seconds = (samples: number) => samples / samplingFrequency;
  const rr = beats.slice(1).map((beat, index) => seconds(beat.rPeak - beats[index].rPeak));
  const labelled = beats.filter((beat) => beat.label === label);
  const qts = beats.map((beat) => (beat.label === label ? qtOf(beat, seconds) : null));
  const corrected = (correct: (qt: number, rr: number) => number) =>
    qts.flatMap((qt, index) => (index === 0 || qt === null ? [] : [correct(qt, rr[index - 1])]));
  return {
    rr: statistic(rr),
    heartRate: statistic(rr.map((interval) => 60 / interval)),
    pr: statistic(
      labelled.flatMap(({ p, qrs }) => (p === null || qrs === null ? [] : [seconds(qrs.onset - p.onset)])),
    ),
    qrs: statistic(labelled.flatMap(({ qrs }) => (qrs === null ? [] : [seconds(qrs.offset - qrs.onset)]))),
    qt: statistic(qts.flatMap((qt) => qt ?? [])),
    qtcBazett: statistic(corrected((qt, interval) => qt / Math.sqrt(interval))),
    qtcFridericia: statistic(corrected((qt, interval) => qt / Math.cbrt(interval))),
  };
}

function qtOf({ qrs, t }: MeasurableBeat, seconds: (samples: number) => number): number | null {
  return qrs === null || t === null ? null : seconds(t.offset - qrs.onset);
}

function statistic(values: readonly number[]): IntervalStatistic | null {
  if (values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    standardDeviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0,
    count: values.length,
  };
}
