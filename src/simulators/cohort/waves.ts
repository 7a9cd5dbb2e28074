import type { WaveBoundaries } from "../../domain/groundTruth.ts";
import { boundaryReach } from "../boundaries.ts";
import type { Dipole } from "./dipole.ts";

/** A wave of the dynamical model on the turn of a beat: its angle and width, and how high it stands in the vector. */
export interface CohortWave {
  /** `P`, `T`, or any other name for a part of the QRS complex. */
  readonly name: string;
  /** Angle from the R peak, rad. */
  readonly theta: number;
  /** Width, rad. */
  readonly b: number;
  /** mV; the model's own a is this times ω / b². */
  readonly height: Dipole;
}

/** A beat of a recording: its waves turn with ω about its R peak. */
export interface CohortBeat {
  /** s */
  readonly time: number;
  /** WFDB symbol. */
  readonly symbol: string;
  /** rad/s */
  readonly omega: number;
  readonly waves: readonly CohortWave[];
}

/** Beyond so many widths a wave is taken for 0: 4e-6 of its height. */
const reach = 5;

/**
 * The vector of the dynamical model on its limit cycle. There z of each component obeys dz/dt = −Σ a Δθ exp(−Δθ² / 2 b²)
 * − z with Δθ = ω (t − R) − θ, and the sum is the derivative of G = Σ (a b² / ω) exp(−Δθ² / 2 b²): with z = G + u what
 * is left to integrate, du/dt = −u − G, is slow, and the output rate is fine enough for it. Every beat is a turn of its
 * own: waves of neighbours add up where they meet, instead of one being cut where the other begins.
 * @returns `[3][time]`, mV
 */
export function integrateBeats(
  beats: readonly CohortBeat[],
  samplingFrequency: number,
  length: number,
): readonly Float64Array[] {
  const components = [0, 1, 2].map(() => new Float64Array(length));
  for (const { time, omega, waves } of beats) {
    for (const { theta, b, height } of waves) {
      const centre = (time + theta / omega) * samplingFrequency;
      const width = (b / omega) * samplingFrequency;
      const first = Math.max(0, Math.ceil(centre - reach * width));
      const last = Math.min(length - 1, Math.floor(centre + reach * width));
      for (let at = first; at <= last; at++) {
        const bell = Math.exp(-0.5 * ((at - centre) / width) ** 2);
        for (let axis = 0; axis < 3; axis++) components[axis][at] += height[axis] * bell;
      }
    }
  }
  const decay = Math.exp(-1 / samplingFrequency);
  for (const component of components) {
    let u = 0;
    let before = component[0] ?? 0;
    for (let at = 1; at < length; at++) {
      const forced = component[at];
      u = decay * u - ((1 - decay) * (before + forced)) / 2;
      before = forced;
      component[at] = forced + u;
    }
  }
  return components;
}

/** Onset, peak and offset of the waves that a name is true for, in samples; null where the beat has none. */
export function boundariesOf(
  { time, omega, waves }: CohortBeat,
  samplingFrequency: number,
  isMeant: (name: string) => boolean,
): WaveBoundaries | null {
  const meant = waves.filter(({ name, height }) => isMeant(name) && height.some((part) => part !== 0));
  if (meant.length === 0) return null;
  const sampleAt = (angle: number) => (time + angle / omega) * samplingFrequency;
  const size = ({ height }: CohortWave) => Math.hypot(...height);
  const largest = meant.reduce((best, wave) => (size(wave) > size(best) ? wave : best));
  return {
    onset: sampleAt(Math.min(...meant.map(({ theta, b }) => theta - boundaryReach * b))),
    peak: sampleAt(largest.theta),
    offset: sampleAt(Math.max(...meant.map(({ theta, b }) => theta + boundaryReach * b))),
  };
}
