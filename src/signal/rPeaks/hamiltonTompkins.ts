import { butterworth } from "../iir.ts";
import { filterZeroPhase } from "../zeroPhase.ts";
import { type Complexes, type RPeakDetector, rPeaksOf } from "./detector.ts";
import { Learning, median, remember } from "./levels.ts";
import { derivative, largestAround, movingMean, separatePeaks } from "./stages.ts";

/** Where QRS complexes differ most from everything else, Hz. */
const passBand = { low: 8, high: 16 } as const;
/** Length of the averaging that joins the slopes of one complex, s. */
const averaging = 0.08;
/** Of two peaks that are nearer than this the larger stays, s. */
const refractory = 0.2;
/** How far from its peak the steepest slope of a complex is looked for, s. */
const slopeReach = 0.075;
/** A peak that follows a beat within this time may be its T wave, s. */
const tWaveReach = 0.36;
/** It is one where its steepest slope is less than this share of the beat's. */
const tWaveSlope = 0.5;
/** Where the detection threshold lies between the level of noise (0) and that of beats (1). */
const thresholdShare = 0.3125;
/** After so many RR intervals without a beat, peaks are tried again … */
const searchBackAfter = 1.5;
/** … against this share of the threshold. */
const searchBackShare = 0.5;
/** After so long without a beat everything is learnt anew, s … */
const relearnAfter = 8;
/** … from seconds that are not quieter than this share of the usual ones; our addition, so that pauses teach nothing. */
const quietShare = 0.1;

export const hamiltonTompkins: RPeakDetector = {
  title: "Hamilton–Tompkins",
  paper:
    "Hamilton PS. Open source ECG analysis. Comput Cardiol 2002;29:101–104; after Hamilton PS, Tompkins WJ. IEEE Trans Biomed Eng 1986;33:1157–1165.",
  description: "Slopes from 8 to 16 Hz against a threshold between the medians of beats and of noise.",
  detect: (samples, samplingFrequency) => rPeaksOf(samples, samplingFrequency, complexesOf),
};

/** A maximum of the averaged slopes. */
interface Peak {
  /** Sample index. */
  readonly at: number;
  readonly height: number;
  /** The steepest slope near it. */
  readonly slope: number;
}

function complexesOf(samples: Float64Array, samplingFrequency: number): Complexes {
  // Of first order, which running forwards and backwards makes a second: about as gentle as the moving sums of the paper,
  // which belong to 200 Hz.
  const band = filterZeroPhase(butterworth(1, { kind: "bandpass", ...passBand }, samplingFrequency), samples);
  const slopes = derivative(band, samplingFrequency).map(Math.abs);
  const energy = movingMean(slopes, averaging, samplingFrequency);
  const reach = Math.round(slopeReach * samplingFrequency);
  const peaks = separatePeaks(energy, refractory * samplingFrequency).map(
    (at): Peak => ({ at, height: energy[at], slope: largestAround(slopes, at, reach) }),
  );
  const beats = beatsAmong(peaks, new Learning(energy, samplingFrequency, quietShare), samplingFrequency);
  return { band, middles: beats.map(({ at }) => at) };
}

/** The paper's rules, applied to the peaks in order of time. */
function beatsAmong(peaks: readonly Peak[], learning: Learning, samplingFrequency: number): Peak[] {
  const beats: Peak[] = [];
  let beatHeights = learning.from(0);
  let noiseHeights: number[] = [0];
  let intervals: number[] = [samplingFrequency];
  /** Index of the first peak after the last beat. */
  let open = 0;
  let learntAt = 0;

  const threshold = () => {
    const noise = median(noiseHeights);
    return noise + thresholdShare * (median(beatHeights) - noise);
  };
  const accept = (index: number) => {
    const [peak, before] = [peaks[index], beats.at(-1)];
    if (before !== undefined) remember(intervals, peak.at - before.at);
    remember(beatHeights, peak.height);
    beats.push(peak);
    open = index + 1;
  };
  const isTWave = (peak: Peak) => {
    const before = beats.at(-1);
    return (
      before !== undefined &&
      peak.at - before.at < tWaveReach * samplingFrequency &&
      peak.slope < tWaveSlope * before.slope
    );
  };
  /** The highest of the peaks since the last beat, once one is overdue; peaks that may be its T wave do not count. */
  const overdue = (until: number, now: number): number | null => {
    const before = beats.at(-1);
    if (before === undefined || now - before.at <= searchBackAfter * median(intervals)) return null;
    let best: number | null = null;
    for (let index = open; index < until; index++) {
      if (peaks[index].at - before.at < tWaveReach * samplingFrequency) continue;
      if (best === null || peaks[index].height > peaks[best].height) best = index;
    }
    return best !== null && peaks[best].height > searchBackShare * threshold() ? best : null;
  };

  for (let index = 0; index < peaks.length; index++) {
    const peak = peaks[index];
    for (let missed = overdue(index, peak.at); missed !== null; missed = overdue(index, peak.at)) {
      accept(missed);
    }
    const silentSince = Math.max(beats.at(-1)?.at ?? 0, learntAt);
    const heights =
      peak.at - silentSince > relearnAfter * samplingFrequency ? learning.from(silentSince) : [];
    if (heights.length > 0) {
      [beatHeights, noiseHeights, intervals, learntAt] = [heights, [0], [samplingFrequency], peak.at];
      index = open - 1;
    } else if (!isTWave(peak)) {
      if (peak.height > threshold()) accept(index);
      else remember(noiseHeights, peak.height);
    }
  }
  return beats;
}
