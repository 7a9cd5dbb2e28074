import type { RightHandSide } from "../integrators/explicit.ts";
import type { EtaParameters } from "./parameters.ts";

const turn = 2 * Math.PI;
/** A wave further away than this many widths pulls with less than 1e-7 of its strength. */
const farAway = 6;

/** The respiratory baseline z₀(t) = amplitude · sin(2π frequency t). */
export interface Baseline {
  /** In the model's own unit. */
  readonly amplitude: number;
  /** Hz */
  readonly frequency: number;
}

/** Angular velocity (rad/s) and baseline at a time (s). */
export interface Drive {
  omega(t: number): number;
  baseline(t: number): number;
}

/** How far one angle lies from another, rad, given their plain difference. */
export type AngleDifference = (difference: number) => number;

/** The shortest way round, in [−π, π]. */
export const shortestWay: AngleDifference = (difference) => difference - turn * Math.round(difference / turn);

/** The pull of all waves at an angle: − Σ a Δθ exp(− Δθ² / 2 b²) (McSharry 2003, equation 1). */
export function pull(angle: number, eta: EtaParameters, difference: AngleDifference = shortestWay): number {
  const { theta, a, b } = eta;
  let sum = 0;
  for (let wave = 0; wave < theta.length; wave++) {
    const distance = difference(angle - theta[wave]);
    const widths = distance / b[wave];
    if (widths > farAway || widths < -farAway) continue;
    sum -= a[wave] * distance * Math.exp(-0.5 * widths * widths);
  }
  return sum;
}

/**
 * The three coupled equations of the model: a limit cycle of radius 1 in (x, y), and z, the electrocardiogram.
 * @param difference the programs in C, of ECGSYN and of SimGAN, take the plain difference instead of the shortest way
 */
export function heartEquations(
  eta: EtaParameters,
  drive: Drive,
  difference: AngleDifference = shortestWay,
): RightHandSide {
  return (t, state, derivative) => {
    const [x, y, z] = state;
    const alpha = 1 - Math.sqrt(x * x + y * y);
    const omega = drive.omega(t);
    derivative[0] = alpha * x - omega * y;
    derivative[1] = alpha * y + omega * x;
    derivative[2] = pull(Math.atan2(y, x), eta, difference) - (z - drive.baseline(t));
  };
}
