import { waveNames } from "../../domain/groundTruth.ts";
import type { BeatClass } from "../../domain/libraryRecord.ts";
import type { Random } from "../../signal/random.ts";
import type { EtaParameters } from "../mcsharry/parameters.ts";

/** Classes that SimGAN generates (Golany, Radinsky & Freedman, ICML 2020): those of AAMI but Q. */
export const simulatedClasses = ["N", "S", "V", "F"] as const satisfies readonly BeatClass[];
export type SimulatedClass = (typeof simulatedClasses)[number];

/** Numbers of η: strength a, width b and angle θ of each of P, Q, R, S, T. */
export const etaSize = 3 * waveNames.length;

/** A width below this is as good as none, and one below zero means nothing. rad */
export const leastWidth = 0.01;

/** `a, b, θ°` of one wave. */
type Wave = readonly [a: number, b: number, degrees: number];

const narrow = 0.1;

/**
 * The waves P, Q, R, S, T of a typical beat, set by hand in the released program of SimGAN (its paper prints none).
 * Those of V are no wide QRS complex, and hardly differ from those of S.
 */
const typicalWaves: Readonly<Record<SimulatedClass, readonly Wave[]>> = {
  N: [
    [0.7, 0.25, -90],
    [-7, narrow, -15],
    [30, narrow, 0],
    [-3, narrow, 15],
    [0.2, 0.4, 160],
  ],
  S: [
    [0.2, 0.25, -90],
    [-1, narrow, -15],
    [30, narrow, 0],
    [-10, narrow, 15],
    [0.2, 0.4, 160],
  ],
  V: [
    [0.1, 0.6, -90],
    [0, narrow, -15],
    [30, narrow, 0],
    [-10, narrow, 15],
    [0.5, 0.2, 160],
  ],
  F: [
    [0.8, 0.25, -90],
    [-10, narrow, -15],
    // The program has 0.03° here, and 0 for the other classes.
    [30, narrow, 0.03],
    [-10, narrow, 15],
    [0.5, 0.2, 160],
  ],
};

/** The waves of a class's typical beat as the equations take them, angles in rad. */
export function typicalEta(beatClass: SimulatedClass): EtaParameters {
  const waves = typicalWaves[beatClass];
  return {
    a: Float64Array.from(waves, ([a]) => a),
    b: Float64Array.from(waves, ([, b]) => b),
    theta: Float64Array.from(waves, ([, , degrees]) => (degrees * Math.PI) / 180),
  };
}

/** η as one row of 15 in the order of the released program: a, b, θ of P, then of Q, R, S, T. */
export function packEta({ a, b, theta }: EtaParameters): Float64Array {
  return Float64Array.from(
    { length: etaSize },
    (_, index) => [a, b, theta][index % 3][Math.floor(index / 3)],
  );
}

/** The inverse of `packEta`. @param row `[15]`, from `offset` on */
export function unpackEta(row: ArrayLike<number>, offset = 0): EtaParameters {
  const part = (first: number) => Float64Array.from(waveNames, (_, wave) => row[offset + 3 * wave + first]);
  return { a: part(0), b: part(1), theta: part(2) };
}

/** Independent normal distributions of the 15 numbers, in the order of `packEta`. */
export interface EtaDistribution {
  /** `[15]` */
  readonly mean: Float64Array;
  /** `[15]` */
  readonly standardDeviation: Float64Array;
}

/**
 * Standard deviations that published sources add to each of the 15 numbers, whatever their size.
 * `training`: inside the loss and before RefineGAN, released program. `augmentation`: the same program where simulated
 * beats are added to a training set; nearly one beat over and over. `paper`: N(0, I) as the paper writes for its
 * simulator-only baseline; widths of 0.1 do not survive it.
 */
export const etaSpreads = { training: 0.01, augmentation: 0.001, paper: 1 } as const;
export type EtaSpread = keyof typeof etaSpreads;

/** The hand-set η of a class with one of the published spreads. */
export function etaDistribution(beatClass: SimulatedClass, spread: EtaSpread = "training"): EtaDistribution {
  return {
    mean: packEta(typicalEta(beatClass)),
    standardDeviation: new Float64Array(etaSize).fill(etaSpreads[spread]),
  };
}

/** Draws one η; widths are kept at 0.01 rad or more. */
export function drawEta({ mean, standardDeviation }: EtaDistribution, random: Random): EtaParameters {
  const eta = unpackEta(mean.map((value, index) => value + standardDeviation[index] * random.normal()));
  return { ...eta, b: eta.b.map((width) => Math.max(leastWidth, width)) };
}
