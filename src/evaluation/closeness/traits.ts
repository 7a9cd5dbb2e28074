import type { DelineatedBeat } from "../../domain/delineation.ts";
import { delineate } from "../../signal/delineation/index.ts";
import { defaultDetector, rPeakDetectors } from "../../signal/rPeaks/index.ts";
import { median } from "../../signal/rPeaks/levels.ts";
import type { SignalRows } from "./signalRows.ts";
import type { Work } from "./work.ts";

/** A number that is read from an electrocardiogram with a ruler. */
export interface Trait {
  readonly title: string;
  readonly unit: "ms" | "mV" | "1/min";
  /** Needs more than one beat, or what lies before a single one. */
  readonly isOfRecordings?: true;
  /** @returns null where a wave was not found */
  read(beat: DelineatedBeat, context: TraitContext): number | null;
}

interface TraitContext {
  readonly samples: Float32Array;
  /** Hz */
  readonly samplingFrequency: number;
  /** R peak of the beat before, in samples; null for the first. */
  readonly previous: number | null;
}

const milliseconds = (samples: number, { samplingFrequency }: TraitContext) =>
  (1000 * samples) / samplingFrequency;

/** Height of a place, which may lie between samples, over the level just before the complex. */
const height = (at: number | null | undefined, { qrs }: DelineatedBeat, { samples }: TraitContext) =>
  at === null || at === undefined || qrs === null
    ? null
    : samples[Math.round(at)] - samples[Math.round(qrs.onset)];

/** s behind the complex at which the ST level is read. */
const afterComplex = 0.06;

/** In the order of the page. */
export const traits = {
  rr: {
    title: "RR interval",
    unit: "ms",
    isOfRecordings: true,
    read: ({ rPeak }, context) =>
      context.previous === null ? null : milliseconds(rPeak - context.previous, context),
  },
  pr: {
    title: "PR interval",
    unit: "ms",
    isOfRecordings: true,
    read: ({ p, qrs }, context) =>
      p === null || qrs === null ? null : milliseconds(qrs.onset - p.onset, context),
  },
  // The onset of P lies at the very edge of a beat that was cut 200 ms before R; its peak does not.
  pToR: {
    title: "Peak of P to peak of R",
    unit: "ms",
    read: ({ p, rPeak }, context) => (p === null ? null : milliseconds(rPeak - p.peak, context)),
  },
  qrs: {
    title: "QRS width",
    unit: "ms",
    read: ({ qrs }, context) => (qrs === null ? null : milliseconds(qrs.offset - qrs.onset, context)),
  },
  qt: {
    title: "QT interval",
    unit: "ms",
    read: ({ qrs, t }, context) =>
      qrs === null || t === null ? null : milliseconds(t.offset - qrs.onset, context),
  },
  pHeight: { title: "Height of P", unit: "mV", read: (beat, context) => height(beat.p?.peak, beat, context) },
  qHeight: { title: "Height of Q", unit: "mV", read: (beat, context) => height(beat.q, beat, context) },
  rHeight: { title: "Height of R", unit: "mV", read: (beat, context) => height(beat.r, beat, context) },
  sHeight: { title: "Height of S", unit: "mV", read: (beat, context) => height(beat.s, beat, context) },
  tHeight: { title: "Height of T", unit: "mV", read: (beat, context) => height(beat.t?.peak, beat, context) },
  stLevel: {
    title: "ST level 60 ms behind QRS",
    unit: "mV",
    read: (beat, context) => {
      if (beat.qrs === null) return null;
      const at = Math.round(beat.qrs.offset + afterComplex * context.samplingFrequency);
      return at < context.samples.length ? height(at, beat, context) : null;
    },
  },
} as const satisfies Readonly<Record<string, Trait>>;

export type TraitKey = keyof typeof traits;

/** `[row]` of every trait; NaN where a row has none. */
export type TraitValues = Readonly<Record<TraitKey, Float64Array>>;

/** Rows up to this long hold one beat, s. */
const longestBeat = 1.5;
/** Where the R peak of a single beat is looked for, s from its start. */
const [earliestR, latestR] = [0.1, 0.32];
/** Level ground before and behind a single beat, s: waves at its edges need room. */
const margin = 0.5;

/**
 * Intervals and amplitudes of every row: of a row of one beat those of the beat, of a longer recording the medians over its
 * beats. Single beats have neither RR nor PR, which needs what lies before them.
 */
export function* traitsOf(
  { values, count, length }: SignalRows,
  samplingFrequency: number,
): Work<TraitValues> {
  const found = Object.fromEntries(
    Object.keys(traits).map((key) => [key, new Float64Array(count).fill(Number.NaN)]),
  ) as Record<TraitKey, Float64Array>;
  const isBeat = length <= longestBeat * samplingFrequency;
  for (let row = 0; row < count; row++) {
    const signal = values.subarray(row * length, (row + 1) * length);
    const { samples, peaks } = isBeat
      ? withMargins(signal, samplingFrequency)
      : { samples: signal, peaks: rPeakDetectors[defaultDetector].detect(signal, samplingFrequency) };
    const beats = delineate(samples, samplingFrequency, peaks);
    for (const [key, trait] of Object.entries<Trait>(traits)) {
      if (isBeat && trait.isOfRecordings === true) continue;
      const read = beats.flatMap((beat, index) => {
        const previous = index === 0 ? null : peaks[index - 1];
        return trait.read(beat, { samples, samplingFrequency, previous }) ?? [];
      });
      if (read.length > 0) found[key as TraitKey][row] = median(read);
    }
    yield;
  }
  return found;
}

/** A single beat on level ground, with its R peak: the largest departure from the median where R is expected. */
function withMargins(beat: Float32Array, samplingFrequency: number) {
  const room = Math.round(margin * samplingFrequency);
  const samples = new Float32Array(beat.length + 2 * room);
  samples.fill(beat[0], 0, room);
  samples.set(beat, room);
  samples.fill(beat[beat.length - 1], room + beat.length);
  const level = median(beat);
  const first = Math.floor(earliestR * samplingFrequency);
  const last = Math.min(beat.length - 1, Math.ceil(latestR * samplingFrequency));
  let peak = first;
  for (let at = first; at <= last; at++) {
    if (Math.abs(beat[at] - level) > Math.abs(beat[peak] - level)) peak = at;
  }
  return { samples, peaks: [room + peak] };
}
