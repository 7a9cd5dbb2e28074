import type { ParameterValue } from "../../../domain/recording.ts";
import type { NumberField, Provenance, Schema, Spread, Values } from "../../../domain/schema.ts";
import type { Random } from "../../../signal/random.ts";
import { numberField } from "../../fields.ts";
import type { Option } from "../../simulator.ts";
import { besideR } from "../truth.ts";

/**
 * `beat`: widths and shifts are fractions of a beat, beats are appended to a buffer (author and paper presets).
 * `seconds`: components stand around R peaks at absolute times (clinical preset).
 */
export type Timing = "beat" | "seconds";

/** The slurred start of a pre-excited QRS; lengths in s, height in the signal's unit. */
export interface DeltaWave {
  readonly height: number;
  readonly rise: number;
  readonly decay: number;
}

/** An R peak of the clinical preset: its time (s), the interval before it (s), and its label. */
export interface ScheduledBeat {
  readonly time: number;
  readonly rr: number;
  readonly label: string;
}

/** A rhythm at work on one recording, with its own parameters settled. */
export interface RhythmRun {
  /** Length of the next beat (s) from the one that the table drew; `elapsed` s were made before it. */
  beatLength(drawn: number, recordingLength: number, elapsed: number): number;
  /** Changes a beat's waves in place (`[amplitude, width, shift]` × P Q R S T, signed) and labels it. */
  shape(packed: Float64Array, length: number, label: string | null): string;
  /** R peaks from `from` to `to` (s); only the clinical preset asks. `length` and `jitter` in s. */
  schedule(from: number, to: number, length: number, jitter: number): ScheduledBeat[];
  /** Adds what lies under all beats: fibrillation or flutter. */
  addAtrialActivity(samples: Float64Array, samplingFrequency: number): void;
  /** The delta wave of the beat that `shape` saw last, or null. */
  delta(packed: ArrayLike<number>): DeltaWave | null;
  /** Which waves belong to the QRS of a beat with this label, besides R: positions among P, Q, R, S, T. */
  qrsParts(label: string): readonly number[];
}

export interface Rhythm {
  readonly option: Option;
  /** WFDB rhythm text. */
  readonly annotation: string;
  /** The rhythm's own parameters. */
  fields(timing: Timing): Schema;
  /** Defaults of the table that the rhythm changes, and fields that it replaces (null). */
  tableChanges(timing: Timing): Readonly<Record<string, ParameterValue | null>>;
  /** Shortest and longest beat length (s) that a recording may draw for itself. */
  drawnLength(timing: Timing): readonly [number, number];
  begin(values: Values, timing: Timing, random: Random): RhythmRun;
}

/** A rhythm's numeric field with what all of them share. */
export function rhythmField(
  label: string,
  unit: string,
  [minimum, value, maximum, step]: readonly [number, number, number, number],
  provenance: Provenance,
  spread: Spread | null,
  description: string,
): NumberField {
  return numberField(
    ["Rhythm", label, unit],
    [minimum, value, maximum, step],
    provenance,
    spread,
    description,
  );
}

export const uniform = (halfWidth: number): Spread => ({ kind: "uniform", halfWidth });

/** R peaks of a regular rhythm whose intervals vary by a Gaussian jitter; the first lies anywhere in its interval. */
export function regularSchedule(
  random: Random,
  from: number,
  to: number,
  interval: () => number,
  label = "N",
): ScheduledBeat[] {
  const beats: ScheduledBeat[] = [];
  let rr = interval();
  for (let time = from + rr * random.uniform(); time < to; time += rr) {
    beats.push({ time, rr, label });
    rr = Math.max(shortestLength, interval());
  }
  return beats;
}

/** Shortest beat, s; the released code drops recordings with shorter ones. */
export const shortestLength = 0.2;

/** Drawn beat lengths of sinus rhythm: the table's are only kept above the shortest. */
export function sinusLength(timing: Timing): readonly [number, number] {
  return timing === "seconds" ? [0.5, 1.3] : [shortestLength, Number.POSITIVE_INFINITY];
}

/** What a rhythm does that changes nothing; rhythms override what they need. */
export function plainRun(random: Random): RhythmRun {
  return {
    beatLength: (drawn) => drawn,
    shape: (_packed, _length, label) => label ?? "N",
    schedule: (from, to, length, jitter) =>
      regularSchedule(random, from, to, () => length + jitter * random.normal()),
    addAtrialActivity: () => {},
    delta: () => null,
    qrsParts: () => besideR,
  };
}
