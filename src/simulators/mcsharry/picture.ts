import { waveNames } from "../../domain/groundTruth.ts";
import { numberAt, resolveValues } from "../../domain/schema.ts";
import type { BeatComponent, BeatPicture, SimulationRequest } from "../simulator.ts";
import { pull } from "./dynamics.ts";
import { type EtaParameters, etaParameters, mcsharrySchema } from "./parameters.ts";

const points = 500;
/** Range of the scaled signal, mV. */
const scaledRange = 1.6;

/**
 * One cycle at the mean heart rate, from −180° to 180°. On the limit cycle dz/dt is linear in z and in every a, so each
 * wave has a share of its own, and the shares add up to the beat.
 */
export function mcsharryBeat(
  request: Pick<SimulationRequest, "preset" | "rhythm" | "overrides">,
): BeatPicture {
  const values = resolveValues(mcsharrySchema(request.preset, request.rhythm), request.overrides);
  const eta = etaParameters(values);
  const period = 60 / numberAt(values, "heartRate.mean");
  const omega = (2 * Math.PI) / period;
  const shares = waveNames.map((_wave, index) => periodicShare(oneWave(eta, index), omega, period));
  const sum = shares[0].map((_value, index) => shares.reduce((total, share) => total + share[index], 0));
  const scaled = values["scaleToMillivolts"] === true;
  const range = Math.max(...sum) - Math.min(...sum);
  const scale = scaled && range > 0 ? scaledRange / range : 1;
  const angleFactor = (index: number) => {
    const degrees = numberAt(values, `${waveNames[index]}.theta`);
    return degrees === 0 ? 1 : eta.theta[index] / ((degrees * Math.PI) / 180);
  };
  const components = waveNames.map((name, index): BeatComponent => {
    const samples = Float32Array.from(shares[index], (value) => value * scale);
    const height = samples.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
    const strength = numberAt(values, `${name}.a`);
    return {
      name,
      samples,
      centre: (samples.indexOf(height) / points - 0.5) * period,
      height,
      width: eta.b[index] / omega,
      amplitude: {
        key: `${name}.a`,
        scale: strength === 0 ? (eta.b[index] ** 2 / omega) * scale : height / strength,
      },
      shift: { key: `${name}.theta`, scale: ((Math.PI / 180) * angleFactor(index)) / omega },
      widthTarget: { key: `${name}.b`, scale: eta.b[index] / numberAt(values, `${name}.b`) / omega },
    };
  });
  return {
    time: Float32Array.from({ length: points }, (_, index) => (index / points - 0.5) * period),
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

/** The periodic solution of dz/dt = pull(ω t) − z over one cycle, by Runge–Kutta 4. */
function periodicShare(eta: EtaParameters, omega: number, period: number): Float64Array {
  const step = period / points;
  const cycle = (start: number, keep: Float64Array | null) => {
    let z = start;
    let force = pull(-Math.PI, eta);
    for (let index = 0; index < points; index++) {
      if (keep !== null) keep[index] = z;
      const angle = -Math.PI + omega * index * step;
      const middle = pull(angle + (omega * step) / 2, eta);
      const end = pull(angle + omega * step, eta);
      const one = force - z;
      const two = middle - (z + (step / 2) * one);
      const three = middle - (z + (step / 2) * two);
      const four = end - (z + step * three);
      z += (step / 6) * (one + 2 * two + 2 * three + four);
      force = end;
    }
    return z;
  };
  // What is left of a start after one period has shrunk by e^(−T): that decides the periodic start.
  const samples = new Float64Array(points);
  cycle(cycle(0, null) / (1 - Math.exp(-period)), samples);
  return samples;
}
