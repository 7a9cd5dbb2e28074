import { type Baseline, pull } from "./dynamics.ts";
import { baselineResponse, limitCycle } from "./limitCycle.ts";
import type { EtaParameters } from "./parameters.ts";

/** Points of the cycle from which z at the start is found. */
const startPoints = 1000;

export interface SamplingGrid {
  /** Hz */
  readonly samplingFrequency: number;
  /** Samples. */
  readonly length: number;
  /** Steps of the integration from one sample to the next. */
  readonly stepsPerSample: number;
}

/**
 * One step of Runge–Kutta 4 for the three coupled equations at a constant angular velocity, written out: the same
 * arithmetic as the tableau's, with the intermediate states in registers.
 * @returns a function that advances `state` (x, y, z) in place from time t (s) by `step` (s) at `omega` (rad/s)
 */
export function makeHeartStepper(
  eta: EtaParameters,
  { amplitude, frequency }: Baseline,
): (state: Float64Array, t: number, step: number, omega: number) => void {
  const rate = 2 * Math.PI * frequency;
  return (state, t, step, omega) => {
    const [x, y, z] = state;
    const half = step / 2;
    const baselineMiddle = amplitude === 0 ? 0 : amplitude * Math.sin(rate * (t + half));

    let alpha = 1 - Math.sqrt(x * x + y * y);
    const x1 = alpha * x - omega * y;
    const y1 = alpha * y + omega * x;
    const baselineFirst = amplitude === 0 ? 0 : amplitude * Math.sin(rate * t);
    const z1 = pull(Math.atan2(y, x), eta) - (z - baselineFirst);

    let stageX = x + half * x1;
    let stageY = y + half * y1;
    alpha = 1 - Math.sqrt(stageX * stageX + stageY * stageY);
    const x2 = alpha * stageX - omega * stageY;
    const y2 = alpha * stageY + omega * stageX;
    const z2 = pull(Math.atan2(stageY, stageX), eta) - (z + half * z1 - baselineMiddle);

    stageX = x + half * x2;
    stageY = y + half * y2;
    alpha = 1 - Math.sqrt(stageX * stageX + stageY * stageY);
    const x3 = alpha * stageX - omega * stageY;
    const y3 = alpha * stageY + omega * stageX;
    const z3 = pull(Math.atan2(stageY, stageX), eta) - (z + half * z2 - baselineMiddle);

    stageX = x + step * x3;
    stageY = y + step * y3;
    alpha = 1 - Math.sqrt(stageX * stageX + stageY * stageY);
    const x4 = alpha * stageX - omega * stageY;
    const y4 = alpha * stageY + omega * stageX;
    const baselineLast = amplitude === 0 ? 0 : amplitude * Math.sin(rate * (t + step));
    const z4 = pull(Math.atan2(stageY, stageX), eta) - (z + step * z3 - baselineLast);

    state[0] = x + (step / 6) * (x1 + 2 * (x2 + x3) + x4);
    state[1] = y + (step / 6) * (y1 + 2 * (y2 + y3) + y4);
    state[2] = z + (step / 6) * (z1 + 2 * (z2 + z3) + z4);
  };
}

/**
 * z of the model from time 0, in the model's own unit. It begins on the limit cycle, as if all earlier beats had been
 * as long as the first one. A step in which a beat ends is taken in two, so that the angular velocity is constant
 * within each and the phase keeps to the beats.
 * @param beats times at which the phase is 0, s; at least one not after 0, and one after the last sample
 */
export function trajectory(
  eta: EtaParameters,
  baseline: Baseline,
  beats: Float64Array,
  { samplingFrequency, length, stepsPerSample }: SamplingGrid,
): Float64Array {
  const advance = makeHeartStepper(eta, baseline);
  const omegaOf = (index: number) => (2 * Math.PI) / (beats[index + 1] - beats[index]);
  let beat = 0;
  while (beats[beat + 1] <= 0) beat++;
  let omega = omegaOf(beat);
  const phase = -beats[beat] * omega;
  const start = limitCycle(eta, omega, phase, startPoints)[0] + baselineResponse(baseline, 0);
  const state = Float64Array.of(Math.cos(phase), Math.sin(phase), start);

  const samples = new Float64Array(length);
  const frequency = samplingFrequency * stepsPerSample;
  for (let index = 0; index < length; index++) {
    samples[index] = state[2];
    for (let part = 1; part <= stepsPerSample; part++) {
      let t = (index * stepsPerSample + part - 1) / frequency;
      const end = (index * stepsPerSample + part) / frequency;
      while (beats[beat + 1] <= end && beat + 2 < beats.length) {
        advance(state, t, beats[beat + 1] - t, omega);
        beat++;
        t = beats[beat];
        omega = omegaOf(beat);
      }
      advance(state, t, end - t, omega);
    }
  }
  return samples;
}
