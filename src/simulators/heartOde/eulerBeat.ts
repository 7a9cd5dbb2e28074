import { pull } from "../mcsharry/dynamics.ts";
import type { EtaParameters } from "../mcsharry/parameters.ts";
import { angleDifference, type PhaseTable } from "./phaseTable.ts";

/** z of the first sample in the released program of SimGAN, in the model's own unit. */
export const releasedStart = -0.004551233843726818;

/** The pull of all waves at every sample but the last: F_i(η), `[time − 1]`, in the model's own unit per cycle. */
export function wavePull(eta: EtaParameters, { options, theta }: PhaseTable): Float64Array {
  const difference = angleDifference(options);
  return Float64Array.from({ length: theta.length - 1 }, (_, index) => pull(theta[index], eta, difference));
}

/**
 * One beat that Euler's method makes of the waves, the first sample included: z_{i+1} = z_i + step · (F_i − z_i + z₀_i).
 * @param start z of the first sample
 * @returns `[time]`, in the model's own unit
 */
export function eulerBeat(eta: EtaParameters, table: PhaseTable, start = releasedStart): Float64Array {
  const { step } = table.options;
  const force = wavePull(eta, table);
  const beat = new Float64Array(force.length + 1);
  beat[0] = start;
  for (let index = 0; index < force.length; index++)
    beat[index + 1] = beat[index] + step * (force[index] - beat[index] + table.baseline[index]);
  return beat;
}
