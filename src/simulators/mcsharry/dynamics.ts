import type { RightHandSide } from "../integrators/tableau.ts";
import type { EtaParameters } from "./parameters.ts";

/** Angular velocity (rad/s) and baseline at a time (s). */
export interface Drive {
  omega(t: number): number;
  baseline(t: number): number;
}

const turn = 2 * Math.PI;
/** A wave further away than this many widths pulls with less than 1e-7 of its strength. */
const farAway = 6;

/** The pull of all waves at an angle: − Σ a Δθ exp(− Δθ² / 2 b²), with Δθ wrapped to (−π, π] (McSharry 2003, equation 1). */
export function pull(angle: number, { theta, a, b }: EtaParameters): number {
  let sum = 0;
  for (let wave = 0; wave < theta.length; wave++) {
    let distance = angle - theta[wave];
    distance -= turn * Math.round(distance / turn);
    const z = distance / b[wave];
    if (z > farAway || z < -farAway) continue;
    sum -= a[wave] * distance * Math.exp(-0.5 * z * z);
  }
  return sum;
}

/** The three coupled equations of the model: a limit cycle of radius 1 in (x, y), and z, the electrocardiogram. */
export function heartEquations(eta: EtaParameters, drive: Drive): RightHandSide {
  return (t, state, derivative) => {
    const [x, y, z] = state;
    const alpha = 1 - Math.sqrt(x * x + y * y);
    const omega = drive.omega(t);
    derivative[0] = alpha * x - omega * y;
    derivative[1] = alpha * y + omega * x;
    derivative[2] = pull(Math.atan2(y, x), eta) - (z - drive.baseline(t));
  };
}
