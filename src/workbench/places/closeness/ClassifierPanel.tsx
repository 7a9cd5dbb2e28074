import { Text } from "@mantine/core";
import type { ClosenessParts } from "../../../domain/closeness.ts";
import { placeOf } from "../../../evaluation/closeness/reading.ts";
import type { Interval } from "../../../evaluation/statistics/bootstrap.ts";
import type { PredictiveResult, PredictiveScore } from "../../../experiments/closeness/predictiveScores.ts";
import type { TwoSampleResult } from "../../../experiments/closeness/twoSampleTest.ts";
import { Tile } from "../train/Tile.tsx";
import layout from "../train/train.module.css";
import classes from "./closeness.module.css";
import { formatNumber, formatShare } from "./numbers.ts";
import { ScaleBar } from "./ScaleBar.tsx";

/** What classifiers make of the sets: can they tell them apart, and can they learn from the synthetic one? */
export function ClassifierPanel({ parts }: { readonly parts: ClosenessParts }) {
  const { twoSample, predictive } = parts;
  const title = "In the hands of a classifier";
  if (twoSample === undefined && predictive === undefined) return null;
  return (
    <section aria-label={title} className={classes.group} data-testid="classifiers">
      <Text fw={600} size="sm" mb={4}>
        {title}
      </Text>
      {twoSample?.value && <TwoSample found={twoSample.value} />}
      {twoSample?.reason && <Missing what="Two-sample test" reason={twoSample.reason} />}
      {predictive?.value && <Predictive found={predictive.value} />}
      {predictive?.reason && <Missing what="Usefulness" reason={predictive.reason} />}
    </section>
  );
}

const Missing = ({ what, reason }: { readonly what: string; readonly reason: string }) => (
  <Text size="xs" c="dimmed" mt={6}>
    {what}: {reason}
  </Text>
);

function TwoSample({ found }: { readonly found: TwoSampleResult }) {
  const { score, scoreInterval, nearScore, farScore, nearInterval = null, farInterval = null } = found;
  const place = placeOf(
    { value: score, interval: scoreInterval, near: nearScore, far: farScore, nearInterval },
    "higher",
  );
  return (
    <div className={classes.judged}>
      <div className={layout.tiles}>
        <Tile
          value={formatShare(found.accuracy)}
          name={`right answers of a classifier, ${formatShare(found.low)} to ${formatShare(found.high)}`}
        />
        <Tile
          value={formatNumber(found.score)}
          name={`score, ${formatNumber(scoreInterval.low)} to ${formatNumber(scoreInterval.high)}; 1 cannot be told apart, 0 always`}
        />
        <Tile
          value={formatNumber(nearScore)}
          name={
            nearScore === null
              ? "no score of other real patients: too few are held out"
              : `score of other real patients; ${intervalText(nearInterval, formatNumber)}`
          }
        />
        <Tile
          value={formatNumber(farScore)}
          name={`score of noise; ${intervalText(farInterval, formatNumber)}`}
        />
      </div>
      {place !== null && <ScaleBar place={place} />}
      <Text size="xs" c="dimmed">
        {found.accuracies.length} classifiers (seeds) learned synthetic against real beats of some patients,
        and were tested on {found.tested} others of each, the real ones of other patients; the division came
        before any training. Right answers: {found.accuracies.map(formatShare).join(", ")}. 95 % intervals are
        for other test rows, not for other patients.{" "}
        {nearInterval !== null &&
          "Other real patients are those of the training side in place of synthetic rows, against held-out ones divided by patient, with the same seeds."}
      </Text>
    </div>
  );
}

const intervalText = (interval: Interval | null, format: (value: number) => string) =>
  interval === null ? "no interval" : `${format(interval.low)} to ${format(interval.high)}`;
const scoreText = ({ interval }: PredictiveScore) => intervalText(interval, formatNumber);

function Predictive({ found }: { readonly found: PredictiveResult }) {
  const { realToReal, syntheticToReal, realToSynthetic, ratio, ratioInterval } = found;
  return (
    <div className={classes.judged}>
      <div className={layout.tiles}>
        <Tile
          value={formatNumber(syntheticToReal.mean)}
          name={`F1, trained on synthetic, tested on real; ${scoreText(syntheticToReal)}`}
        />
        <Tile value={formatNumber(realToReal.mean)} name={`F1, real to real; ${scoreText(realToReal)}`} />
        <Tile
          value={formatNumber(realToSynthetic.mean)}
          name={`F1, real to synthetic; ${scoreText(realToSynthetic)}`}
        />
        {ratio !== null && (
          <Tile
            value={formatShare(ratio)}
            name={`usefulness: first over second; ${intervalText(ratioInterval, formatShare)}`}
          />
        )}
      </div>
      <Text size="xs" c="dimmed">
        Macro F1 of the classes {found.classes.join(", ")}
        {syntheticToReal.seeds.length > 0 &&
          `, the mean over ${syntheticToReal.seeds.length} trainings (synthetic to real: ${syntheticToReal.seeds.map(formatNumber).join(", ")})`}
        ; 95 % intervals are for other test patients, that of real to synthetic for other synthetic rows;
        there is none where patients are too few, and one without width says only that these patients do not
        differ. Real test beats are of patients that nothing was learned from.
      </Text>
    </div>
  );
}
