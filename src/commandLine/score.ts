import { Failure } from "../domain/failure.ts";
import {
  type BeatScore,
  flutterSegments,
  learningPeriod,
  matchBeats,
  standardTolerance,
  timingOf,
} from "../evaluation/metrics/beatMatching.ts";
import { aamiClassOf } from "../records/aami.ts";
import { type Command, print } from "./command.ts";
import { findPeaks, inFrames, signalHelp } from "./signalOptions.ts";

/** Scores a detector against a record's own annotations. */
export const score: Command = {
  summary: "score the R peaks against a record's annotations",
  help: `npm run ecg -- score RECORD [options]

Compares the R peaks that are found with the annotated beats, within ${1000 * standardTolerance} ms, as ANSI/AAMI EC57 asks: over the whole
record, and without its first ${learningPeriod / 60} minutes. Ventricular flutter and fibrillation are not counted.

${signalHelp}

Examples
  npm run ecg -- score mitdb/100
  npm run ecg -- score mitdb/207 --detector panTompkins --json`,
  async run(words) {
    const found = await findPeaks(words);
    const { recording, lead, detector, rPeaks, json } = found;
    const { annotations, samplingFrequency, name } = recording;
    const beats = annotations
      .filter(({ symbol }) => aamiClassOf(symbol) !== null)
      .map(({ sample }) => sample);
    if (beats.length === 0) {
      throw new Failure(
        "no-annotations",
        "The record has no annotated beats to score against.",
        name,
        "Choose a record with an annotation file, such as those of MIT-BIH.",
      );
    }
    const detected = Array.from(rPeaks, (sample) => inFrames(sample, found));
    const excluded = flutterSegments(annotations);
    const periods = [
      { period: "whole record", from: 0 },
      { period: "without the first 5 min", from: learningPeriod },
    ].filter(({ from }) => from === 0 || recording.length > 2 * from * samplingFrequency);
    const scores = periods.map(({ period, from }) =>
      numbersOf(period, matchBeats(beats, detected, samplingFrequency, { from, excluded })),
    );
    if (json) {
      print(JSON.stringify({ record: name, lead: lead.name, detector, scores }));
      return;
    }
    print(`${name}, lead ${lead.name}, ${detector}`);
    print("period\tTP\tFN\tFP\tSe, %\t+P, %\ttiming error, ms");
    for (const numbers of scores) {
      const { period, truePositives, falseNegatives, falsePositives, sensitivity, positivePredictivity } =
        numbers;
      const timing =
        numbers.timing === null ? "" : `${numbers.timing.mean} ± ${numbers.timing.standardDeviation}`;
      print(
        [
          period,
          truePositives,
          falseNegatives,
          falsePositives,
          sensitivity,
          positivePredictivity,
          timing,
        ].join("\t"),
      );
    }
  },
};

function numbersOf(period: string, found: BeatScore) {
  const percent = (rate: number | null) => (rate === null ? null : Number((100 * rate).toFixed(3)));
  const timing = timingOf(found);
  return {
    period,
    truePositives: found.truePositives,
    falseNegatives: found.falseNegatives,
    falsePositives: found.falsePositives,
    sensitivity: percent(found.sensitivity),
    positivePredictivity: percent(found.positivePredictivity),
    timing:
      timing === null
        ? null
        : {
            mean: Number(timing.mean.toFixed(2)),
            standardDeviation: Number(timing.standardDeviation.toFixed(2)),
          },
  };
}
