import type { EtaParameters } from "../mcsharry/parameters.ts";
import { wavePull } from "./eulerBeat.ts";
import type { PhaseTable } from "./phaseTable.ts";
import { type BeatUnit, modelUnit } from "./scaling.ts";

/**
 * What drives a beat: pull of the waves and baseline, `[time − 1]`, so that the residual is
 * (h_{i+1} − h_i) / step + h_i − drive_i. In another unit, h = scale · h' + offset, that holds for h' with the drive
 * (F + z₀ − offset) / scale.
 */
export function beatDrive(
  eta: EtaParameters,
  table: PhaseTable,
  { scale, offset }: BeatUnit = modelUnit,
): Float64Array {
  return wavePull(eta, table).map((force, index) => (force + table.baseline[index] - offset) / scale);
}

/** Beats beside the waves that they should follow. */
export interface LossInput {
  /** `[beat, time]`, row after row */
  readonly beats: Float32Array | Float64Array;
  /** `[beat]` the η of each */
  readonly etas: readonly EtaParameters[];
  readonly table: PhaseTable;
  /** Unit of the beats; the model's own where it is left out. */
  readonly unit?: BeatUnit;
}

/**
 * How far each beat is from solving the equations, `[beat, time − 1]`: its forward difference less the right-hand side
 * at the left sample (SimGAN paper, equation 18).
 */
export function simulatorResiduals({ beats, etas, table, unit = modelUnit }: LossInput): Float64Array {
  const length = table.theta.length;
  const steps = length - 1;
  if (beats.length !== etas.length * length)
    throw new RangeError(`${beats.length} samples are not ${etas.length} beats of ${length}`);
  const residuals = new Float64Array(etas.length * steps);
  etas.forEach((eta, beat) => {
    const drive = beatDrive(eta, table, unit);
    for (let index = 0; index < steps; index++) {
      const at = beat * length + index;
      residuals[beat * steps + index] =
        (beats[at + 1] - beats[at]) / table.options.step + beats[at] - drive[index];
    }
  });
  return residuals;
}

/**
 * The simulator loss of SimGAN, E: the mean square of the residuals over all beats and steps. (The paper sums over the
 * 215 steps of a beat, which is 215 times as much.)
 */
export function simulatorLoss(input: LossInput): number {
  return meanSquare(simulatorResiduals(input));
}

/** The loss of every beat on its own, `[beat]`. */
export function simulatorLosses(input: LossInput): Float64Array {
  const steps = input.table.theta.length - 1;
  const residuals = simulatorResiduals(input);
  return Float64Array.from(input.etas, (_, beat) =>
    meanSquare(residuals.subarray(beat * steps, (beat + 1) * steps)),
  );
}

/** The loss and its derivative by every sample, `[beat, time]`: each enters two residuals, both linearly. */
export function simulatorLossGradient(input: LossInput): { loss: number; gradient: Float64Array } {
  const { beats, etas, table } = input;
  const length = table.theta.length;
  const steps = length - 1;
  const rate = 1 / table.options.step;
  const residuals = simulatorResiduals(input);
  const share = 2 / residuals.length;
  const gradient = new Float64Array(beats.length);
  for (let beat = 0; beat < etas.length; beat++) {
    for (let index = 0; index < steps; index++) {
      const slope = share * residuals[beat * steps + index];
      gradient[beat * length + index] += slope * (1 - rate);
      gradient[beat * length + index + 1] += slope * rate;
    }
  }
  return { loss: meanSquare(residuals), gradient };
}

function meanSquare(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0) / values.length;
}
