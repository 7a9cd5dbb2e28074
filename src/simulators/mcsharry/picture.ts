import { waveNames } from "../../domain/groundTruth.ts";
import { numberAt, resolveValues } from "../../domain/schema.ts";
import type { BeatComponent, BeatPicture, SimulationRequest } from "../simulator.ts";
import { limitCycle } from "./limitCycle.ts";
import { type EtaParameters, etaParameters, heartRateFactors, mcsharrySchema } from "./parameters.ts";

const points = 500;
/** Range of the scaled signal, mV. */
const scaledRange = 1.6;

/**
 * One cycle at the mean heart rate, from −180° to 180°. On the limit cycle dz/dt is linear in z and in every a, so each
 * wave has a share of its own, and the shares add up to the beat. Scaling to mV stretches but does not shift: the level
 * that a recording's scaling adds belongs to no wave.
 */
export function mcsharryBeat(
  request: Pick<SimulationRequest, "preset" | "rhythm" | "overrides">,
): BeatPicture {
  const { preset, rhythm, overrides } = request;
  const values = resolveValues(mcsharrySchema(preset, rhythm), overrides);
  const eta = etaParameters(values, preset);
  const factors = heartRateFactors(values, preset);
  const period = 60 / numberAt(values, "heartRate.mean");
  const omega = (2 * Math.PI) / period;
  const timeAt = (index: number) => (index / points - 0.5) * period;
  const shares = waveNames.map((_wave, index) => limitCycle(oneWave(eta, index), omega, -Math.PI, points));
  const sum = shares[0].map((_value, index) => shares.reduce((total, share) => total + share[index], 0));
  const scaled = values["scaleToMillivolts"] === true;
  const range = Math.max(...sum) - Math.min(...sum);
  const scale = scaled && range > 0 ? scaledRange / range : 1;
  const components = waveNames.map((name, index): BeatComponent => {
    const samples = Float32Array.from(shares[index], (value) => value * scale);
    const extremum = samples.reduce(
      (best, value, position) => (Math.abs(value) > Math.abs(samples[best]) ? position : best),
      0,
    );
    const strength = numberAt(values, `${name}.a`);
    const absent = strength === 0;
    return {
      name,
      samples,
      centre: absent ? eta.theta[index] / omega : timeAt(extremum),
      height: samples[extremum],
      width: eta.b[index] / omega,
      amplitude: {
        key: `${name}.a`,
        // An absent wave's height has no ratio to its strength; that of a narrow wave is a b² / ω.
        scale: absent ? (eta.b[index] ** 2 / omega) * scale : samples[extremum] / strength,
      },
      shift: { key: `${name}.theta`, scale: ((Math.PI / 180) * factors.angles[index]) / omega },
      widthTarget: { key: `${name}.b`, scale: factors.width / omega },
    };
  });
  return {
    time: Float32Array.from({ length: points }, (_, index) => timeAt(index)),
    timeLabel: "Time from the R peak",
    unit: scaled ? "mV" : "model",
    components,
    sum: Float32Array.from(sum, (value) => value * scale),
  };
}

function oneWave(eta: EtaParameters, index: number): EtaParameters {
  const one = (all: Float64Array) => all.slice(index, index + 1);
  return { theta: one(eta.theta), a: one(eta.a), b: one(eta.b) };
}
