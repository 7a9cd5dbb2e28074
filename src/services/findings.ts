import type { WaveBoundaries } from "../domain/groundTruth.ts";
import type { Recording } from "../domain/recording.ts";
import {
  flutterSegments,
  matchBeats,
  standardTolerance,
  timingOf,
} from "../evaluation/metrics/beatMatching.ts";
import { aamiClassOf } from "../records/aami.ts";
import { heartRateVariability } from "../signal/heartRateVariability.ts";
import { type IntervalStatistic, intervalsOf, type MeasurableBeat } from "../signal/intervals.ts";
import { rPeakDetectors } from "../signal/rPeaks/index.ts";
import type { StoredAnalysis } from "../storage/database.ts";

/** One number with its meaning, ready to be shown. */
export interface Finding {
  readonly name: string;
  readonly meaning: string;
  /** Null where it could not be measured. */
  readonly value: string | null;
  readonly unit: string;
  readonly spread: string | null;
}

export interface FindingGroup {
  readonly title: string;
  /** Over what it was measured. */
  readonly note: string;
  readonly findings: readonly Finding[];
}

/** Variability of the intervals between normal beats; null for a record that is too short to have any. */
export function variabilityFindings({
  annotated,
  beats,
  symbols,
  samplingFrequency,
}: StoredAnalysis): FindingGroup | null {
  const isNormal = (index: number) => !annotated || aamiClassOf(symbols[index]) === "N";
  const times = Float64Array.from(beats, (sample) => sample / samplingFrequency);
  if (times.length < 2 || times[times.length - 1] - times[0] < shortestForVariability) return null;
  const found = heartRateVariability(times, isNormal);
  if (found === null) return null;
  const finding = (
    name: string,
    meaning: string,
    value: number | null,
    unit: string,
    digits = 0,
  ): Finding => ({
    name,
    meaning,
    value: value === null ? null : value.toFixed(digits),
    unit,
    spread: null,
  });
  return {
    title: "Heart-rate variability",
    note: `Over ${found.count} intervals between ${annotated ? "normal beats" : "detected beats, whose class nobody has told"}.`,
    findings: [
      finding("SDNN", "Standard deviation of the intervals", found.sdnn, "ms"),
      finding("RMSSD", "Root mean square of the differences of neighbours", found.rmssd, "ms"),
      finding("pNN50", "Share of differences above 50 ms", found.pnn50, "%", 1),
      finding("SD1", "Short axis of the Poincaré plot", found.sd1, "ms"),
      finding("SD2", "Long axis of the Poincaré plot", found.sd2, "ms"),
      finding(
        "Triangular index",
        "Intervals over the height of their histogram",
        found.triangularIndex,
        "",
        1,
      ),
      finding("LF", "Power from 0.04 to 0.15 Hz", found.lowFrequency, "ms²"),
      finding("HF", "Power from 0.15 to 0.4 Hz", found.highFrequency, "ms²"),
      finding("LF / HF", "Ratio of the two powers", found.ratio, "", 2),
    ],
  };
}

/** s; of ten seconds the variability says little. */
const shortestForVariability = 60;

/** How the detected R peaks agree with the annotated beats; null where there are none to compare with. */
export function detectionFindings(
  { annotated, beats, rPeaks, samplingFrequency, detector, lead }: StoredAnalysis,
  { annotations, samplingFrequency: frameFrequency }: Pick<Recording, "annotations" | "samplingFrequency">,
): FindingGroup | null {
  if (!annotated) return null;
  const scale = samplingFrequency / frameFrequency;
  const excluded = flutterSegments(annotations).map(({ from, to }) => ({
    from: from * scale,
    to: to * scale,
  }));
  const score = matchBeats(beats, rPeaks, samplingFrequency, { excluded });
  const timing = timingOf(score);
  const percent = (name: string, meaning: string, rate: number | null): Finding => ({
    name,
    meaning,
    value: rate === null ? null : (100 * rate).toFixed(2),
    unit: "%",
    spread: null,
  });
  return {
    title: "R peaks against the annotations",
    note: `${rPeakDetectors[detector]?.title ?? detector} in lead ${lead}, within ${1000 * standardTolerance} ms; ${score.falseNegatives} missed, ${score.falsePositives} too many.`,
    findings: [
      percent("Sensitivity", "Share of the annotated beats that were detected", score.sensitivity),
      percent("+ Predictivity", "Share of the detections that are beats", score.positivePredictivity),
      {
        name: "Timing error",
        meaning: "Detected minus annotated; annotations may stand at the onset of R",
        value: timing === null ? null : timing.mean.toFixed(1),
        unit: "ms",
        spread: timing === null ? null : timing.standardDeviation.toFixed(1),
      },
    ],
  };
}

/** Intervals of the beats that are most frequent, by the waves that were delineated. */
export function intervalFindings(
  { beats, symbols, samplingFrequency, annotated, lead }: StoredAnalysis,
  waves: Int32Array,
): FindingGroup | null {
  if (beats.length === 0) return null;
  const measurable = Array.from(beats, (rPeak, beat): MeasurableBeat => {
    const [p, qrs, t] = [0, 3, 6].map((first) => waveAt(waves, beat * 9 + first));
    return { label: symbols[beat], rPeak, p, qrs, t };
  });
  const label = mostFrequent(symbols);
  const intervals = intervalsOf({ beats: measurable }, samplingFrequency, label);
  const milliseconds = (name: string, meaning: string, statistic: IntervalStatistic | null): Finding => ({
    name,
    meaning,
    value: statistic === null ? null : String(Math.round(1000 * statistic.mean)),
    unit: "ms",
    spread: statistic === null ? null : String(Math.round(1000 * statistic.standardDeviation)),
  });
  const { heartRate } = intervals;
  return {
    title: "Intervals",
    note: `Mean ± SD in lead ${lead}, delineated automatically${annotated ? `, over the beats annotated ${label}` : ""}.`,
    findings: [
      {
        name: "Heart rate",
        meaning: "60 / RR over all beats",
        value: heartRate === null ? null : String(Math.round(heartRate.mean)),
        unit: "1/min",
        spread: heartRate === null ? null : String(Math.round(heartRate.standardDeviation)),
      },
      milliseconds("RR", "From one beat to the next, over all beats", intervals.rr),
      milliseconds("PR", "Onset of P to onset of QRS", intervals.pr),
      milliseconds("QRS", "Onset to offset of the QRS complex", intervals.qrs),
      milliseconds("QT", "Onset of QRS to the end of T", intervals.qt),
      milliseconds("QTc", "Bazett: QT / √RR, RR in seconds", intervals.qtcBazett),
    ],
  };
}

function waveAt(waves: Int32Array, first: number): WaveBoundaries | null {
  if (waves[first] < 0) return null;
  return { onset: waves[first], peak: waves[first + 1], offset: waves[first + 2] };
}

function mostFrequent(symbols: string): string {
  const counts = new Map<string, number>();
  for (const symbol of symbols) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? "N";
}
