/** How the pictures are shown, as opposed to what is simulated. */
export interface View {
  /** mm/s; the two slow ones look over a long record. */
  readonly speed: 5 | 12.5 | 25 | 50;
  /** mm/mV */
  readonly gain: 5 | 10 | 20;
  readonly calipers: Calipers | null;
}

/** Two points on the strip, s from its start; `march` repeats their interval along it. */
export interface Calipers {
  readonly from: number;
  readonly to: number;
  readonly march: boolean;
}

/** A stored record, and where in it the person looks. */
export interface RecordSelection {
  /** SHA-256 of the record's files, which names it on every machine that has it. */
  readonly hash: string;
  readonly lead: string;
  /** Left edge of the strip, s. */
  readonly start: number;
  /** Index of the beat laid over the synthetic one, counted in the record's beats. */
  readonly beat: number | null;
}

export const speeds = [5, 12.5, 25, 50] as const;
export const gains = [5, 10, 20] as const;
export const initialView: View = { speed: 25, gain: 10, calipers: null };

/** Groups of controls that a link may hide, with the words the share dialog uses for them. */
export const controlGroups = {
  simulator: "Simulator and preset",
  rhythm: "Rhythm and its parameters",
  waves: "The five waves",
  timing: "Timing",
  noise: "Noise and baseline",
  method: "Method switches",
  variation: "Variation between recordings and beats",
  seed: "Seed, duration and sampling frequency",
  intervals: "Interval readings",
  record: "Real record",
} as const;

export type ControlGroup = keyof typeof controlGroups;

/** Type guard for text from an address. */
export function isControlGroup(text: string): text is ControlGroup {
  return Object.hasOwn(controlGroups, text);
}
