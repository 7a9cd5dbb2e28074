import { butterworth } from "../iir.ts";
import { filterZeroPhase } from "../zeroPhase.ts";
import { type Complexes, type RPeakDetector, rPeaksOf } from "./detector.ts";
import { Learning, median, remember } from "./levels.ts";
import { derivative, largestAround, movingMean, separatePeaks } from "./stages.ts";

/** Where QRS complexes have most of their energy, Hz. */
const passBand = { low: 5, high: 15 } as const;
/** Length of the moving-window integration, about that of the widest complex, s. */
const integration = 0.15;
/** No two beats are nearer than this, s. */
const refractory = 0.2;
/** A peak that follows a beat within this time may be its T wave, s. */
const tWaveReach = 0.36;
/** It is one where its steepest slope is less than this share of the beat's. */
const tWaveSlope = 0.5;
/** How far a new peak moves the level of its kind; a beat that search-back found moves its level further. */
const weights = { peak: 0.125, searchedBack: 0.25 } as const;
/** Where the first threshold lies between the level of noise (0) and that of beats (1) … */
const thresholdShare = 0.25;
/** … and the share of it that is asked of a beat that is overdue, and of all while the rhythm is irregular. */
const secondThreshold = 0.5;
/** Intervals that the averages of RR hold. */
const remembered = 8;
/** RR intervals from 92 to 116 % of the selective average are regular and enter it; after 166 % a beat is overdue. */
const regular = { low: 0.92, high: 1.16, missed: 1.66 } as const;
/** After so long without a beat the levels are learnt anew, s. Our addition: an artefact can raise them for ever. */
const relearnAfter = 8;
/** Seconds that are quieter than this share of the usual ones are pauses and teach nothing. */
const quietShare = 0.1;

export const panTompkins: RPeakDetector = {
  title: "Pan–Tompkins",
  paper:
    "Pan J, Tompkins WJ. A real-time QRS detection algorithm. IEEE Trans Biomed Eng 1985;32:230–236, with the erratum of 1986.",
  description: "Squared slopes from 5 to 15 Hz, integrated, against two pairs of adaptive thresholds.",
  detect: (samples, samplingFrequency) => rPeaksOf(samples, samplingFrequency, complexesOf),
};

/** A maximum of the integrated signal. */
interface Peak {
  /** Sample index. */
  readonly at: number;
  /** Of the integrated signal (PEAKI). */
  readonly integrated: number;
  /** Of the band-passed signal near it (PEAKF). */
  readonly filtered: number;
  readonly slope: number;
}

/** Running estimates of the peaks of beats (SPK) and of noise (NPK), in the integrated or in the filtered signal. */
class Level {
  private noise = 0;

  constructor(private beats: number) {}

  takeBeat(peak: number, weight: number): void {
    this.beats += weight * (peak - this.beats);
  }

  takeNoise(peak: number): void {
    this.noise += weights.peak * (peak - this.noise);
  }

  /** THRESHOLD 1 of the paper. */
  get threshold(): number {
    return this.noise + thresholdShare * (this.beats - this.noise);
  }
}

function complexesOf(samples: Float64Array, samplingFrequency: number): Complexes {
  // The paper's integer filters belong to 200 Hz (the erratum mends their equations); this one has about their band at
  // any rate, of first order, which running forwards and backwards makes a second.
  const band = filterZeroPhase(butterworth(1, { kind: "bandpass", ...passBand }, samplingFrequency), samples);
  const slopes = derivative(band, samplingFrequency);
  const integrated = movingMean(
    slopes.map((slope) => slope * slope),
    integration,
    samplingFrequency,
  );
  const reach = Math.round((integration / 2) * samplingFrequency);
  const peaks = separatePeaks(integrated, refractory * samplingFrequency).map(
    (at): Peak => ({
      at,
      integrated: integrated[at],
      filtered: largestAround(band, at, reach),
      slope: largestAround(slopes, at, reach),
    }),
  );
  const lessons = {
    integrated: new Learning(integrated, samplingFrequency, quietShare ** 2),
    filtered: new Learning(band.map(Math.abs), samplingFrequency, quietShare),
  };
  const beats = beatsAmong(peaks, lessons, samplingFrequency);
  return { band, middles: beats.map(({ at }) => at) };
}

/** Where the levels are learnt from, in the integrated and in the filtered signal. */
interface Lessons {
  readonly integrated: Learning;
  readonly filtered: Learning;
}

/** The paper's rules, applied to the peaks in order of time. */
function beatsAmong(peaks: readonly Peak[], lessons: Lessons, samplingFrequency: number): Peak[] {
  const beats: Peak[] = [];
  let levels = levelsFrom(0, lessons) ?? { integrated: new Level(0), filtered: new Level(0) };
  let intervals = new RrAverages(samplingFrequency);
  /** Index of the first peak after the last beat. */
  let open = 0;
  let learntAt = 0;

  const accept = (index: number, weight: number) => {
    const [peak, before] = [peaks[index], beats.at(-1)];
    if (before !== undefined) intervals.take(peak.at - before.at);
    levels.integrated.takeBeat(peak.integrated, weight);
    levels.filtered.takeBeat(peak.filtered, weight);
    beats.push(peak);
    open = index + 1;
  };
  const passes = (peak: Peak, share: number) =>
    peak.integrated > share * levels.integrated.threshold &&
    peak.filtered > share * levels.filtered.threshold;
  const isTWave = (peak: Peak) => {
    const before = beats.at(-1);
    return (
      before !== undefined &&
      peak.at - before.at < tWaveReach * samplingFrequency &&
      peak.slope < tWaveSlope * before.slope
    );
  };
  /** The highest of the peaks since the last beat, once one is overdue. */
  const overdue = (until: number, now: number): number | null => {
    const before = beats.at(-1);
    if (before === undefined || now - before.at <= regular.missed * intervals.selective) return null;
    let best: number | null = null;
    for (let index = open; index < until; index++) {
      if (isTWave(peaks[index])) continue;
      if (best === null || peaks[index].integrated > peaks[best].integrated) best = index;
    }
    return best !== null && passes(peaks[best], secondThreshold) ? best : null;
  };

  for (let index = 0; index < peaks.length; index++) {
    const peak = peaks[index];
    for (let missed = overdue(index, peak.at); missed !== null; missed = overdue(index, peak.at)) {
      accept(missed, weights.searchedBack);
    }
    const silentSince = Math.max(beats.at(-1)?.at ?? 0, learntAt);
    const isSilent = peak.at - silentSince > relearnAfter * samplingFrequency;
    const anew = isSilent ? levelsFrom(silentSince, lessons) : null;
    if (anew !== null) {
      [levels, intervals, learntAt] = [anew, new RrAverages(samplingFrequency), peak.at];
      index = open - 1;
    } else if (!isTWave(peak) && passes(peak, intervals.areRegular ? 1 : secondThreshold)) {
      accept(index, weights.peak);
    } else {
      levels.integrated.takeNoise(peak.integrated);
      levels.filtered.takeNoise(peak.filtered);
    }
  }
  return beats;
}

function levelsFrom(from: number, lessons: Lessons): { integrated: Level; filtered: Level } | null {
  const integrated = lessons.integrated.from(from);
  const filtered = lessons.filtered.from(from);
  if (integrated.length === 0 || filtered.length === 0) return null;
  return { integrated: new Level(median(integrated)), filtered: new Level(median(filtered)) };
}

/** The two averages of the paper: of the last eight RR intervals, and of the last eight that were regular. */
class RrAverages {
  private recent: number[] = [];
  private selected: number[] = [];

  constructor(private readonly samplingFrequency: number) {}

  take(interval: number): void {
    remember(this.recent, interval, remembered);
    if (this.selected.length === 0 || this.isInLimits(interval)) {
      remember(this.selected, interval, remembered);
    } else if (this.recent.length === remembered && !this.recent.some((one) => this.isInLimits(one))) {
      // The rate has changed for good; the paper leaves open how the selective average follows.
      this.selected = [...this.recent];
    }
  }

  /** RR AVERAGE 2, in samples; 1 s before the first interval. */
  get selective(): number {
    if (this.selected.length === 0) return this.samplingFrequency;
    return this.selected.reduce((sum, interval) => sum + interval, 0) / this.selected.length;
  }

  get areRegular(): boolean {
    return this.recent.length < remembered || this.recent.every((interval) => this.isInLimits(interval));
  }

  private isInLimits(interval: number): boolean {
    return interval >= regular.low * this.selective && interval <= regular.high * this.selective;
  }
}
