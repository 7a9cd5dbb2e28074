import { Failure } from "../../domain/failure.ts";
import type { GroundTruth, TrueBeat, WaveBoundaries } from "../../domain/groundTruth.ts";
import type { ParameterValue } from "../../domain/recording.ts";
import { numberAt, resolveValues, type Values } from "../../domain/schema.ts";
import { createRandom } from "../../signal/random.ts";
import { drawField, spreadFields } from "../gaussian/perturbation.ts";
import { boundaryReach, cropBeat } from "../gaussian/truth.ts";
import { rungeKutta4 } from "../integrators/index.ts";
import { makeStepper } from "../integrators/tableau.ts";
import type { SimulatedRecording, SimulationRequest } from "../simulator.ts";
import { heartEquations } from "./dynamics.ts";
import { type EtaParameters, etaParameters, mcsharrySchema } from "./parameters.ts";
import { intervalAt, tachogram } from "./tachogram.ts";

/** The slowest mode decays with e^(−t): after this many seconds nothing is left of where the integration began. */
const warmUp = 8;
/** The equations are integrated at the lowest multiple of the output rate that is not below this, Hz. */
export const lowestInternalFrequency = 500;
/** ECGSYN's range of the scaled signal, mV. */
const [lowest, highest] = [-0.4, 1.2];
/** The Mayer wave, Hz. */
const lowFrequency = 0.1;
/** Waves weaker than this share of R's pull are taken as absent. */
const absentShare = 1e-3;
const streams = { parameters: 1, rhythm: 3, noise: 4 } as const;

/** Parameters drawn around those that stand. @throws Failure for an unknown or impossible parameter */
export function drawMcsharry(
  request: Pick<SimulationRequest, "preset" | "rhythm" | "overrides" | "seed">,
): Record<string, ParameterValue> {
  const schema = mcsharrySchema(request.preset, request.rhythm);
  const values = resolveValues(schema, request.overrides);
  const random = createRandom(request.seed, streams.parameters);
  for (const [key, field] of spreadFields(schema)) {
    values[key] = drawField(field, values[key], key in request.overrides, random);
  }
  return values;
}

/**
 * One recording of McSharry's dynamical model with its ground truth. The RR interval of a beat is the tachogram's value
 * at its R peak and holds until the next, as in ECGSYN; integration is Runge–Kutta 4 of all three equations.
 * @throws Failure for a parameter, duration (1–3600 s) or sampling frequency (50–2000 Hz) out of range
 */
export function simulateMcsharry(request: SimulationRequest): SimulatedRecording {
  const { duration, samplingFrequency, seed } = request;
  checkRange("duration", duration, 1, 3600, "s");
  checkRange("sampling frequency", samplingFrequency, 50, 2000, "Hz");
  const values =
    request.variation === "drawn"
      ? drawMcsharry(request)
      : resolveValues(mcsharrySchema(request.preset, request.rhythm), request.overrides);
  const eta = etaParameters(values);
  const random = createRandom(seed, streams.rhythm);
  const cycle = beatTimes(values, duration, random);
  const samples = integrate(eta, values, cycle, duration, samplingFrequency);
  if (values["scaleToMillivolts"] === true) scaleToMillivolts(samples);
  createRandom(seed, streams.noise).addNormal(samples, numberAt(values, "noise.whiteSd"));
  return {
    samplingFrequency,
    samples: Float32Array.from(samples),
    unit: values["scaleToMillivolts"] === true ? "mV" : "model",
    truth: truthOf(eta, cycle, samplingFrequency, samples.length),
    parameters: values,
  };
}

function checkRange(place: string, value: number, from: number, to: number, unit: string): void {
  if (value >= from && value <= to) return;
  throw new Failure(
    "parameter-out-of-range",
    `${value} is not allowed here.`,
    place,
    `Give ${from} to ${to} ${unit}.`,
  );
}

/** Times at which the phase is 0, s; consecutive ones bound a beat of constant angular velocity. */
function beatTimes(values: Values, duration: number, random: ReturnType<typeof createRandom>): Float64Array {
  const intervals = tachogram(
    {
      heartRateMean: numberAt(values, "heartRate.mean"),
      heartRateSd: numberAt(values, "heartRate.sd"),
      lfHfRatio: numberAt(values, "heartRate.lfHfRatio"),
      lowFrequency,
      highFrequency: numberAt(values, "respiration.frequency"),
    },
    duration + warmUp,
    random,
  );
  const times: number[] = [];
  let time = -warmUp - random.uniform() * intervals[0];
  while (times.length < 2 || times[times.length - 2] < duration + 1) {
    times.push(time);
    time += intervalAt(intervals, time + warmUp);
  }
  return Float64Array.from(times);
}

function integrate(
  eta: EtaParameters,
  values: Values,
  beats: Float64Array,
  duration: number,
  samplingFrequency: number,
): Float64Array {
  const multiple = Math.max(1, Math.ceil(lowestInternalFrequency / samplingFrequency));
  const step = 1 / (samplingFrequency * multiple);
  const amplitude = numberAt(values, "baseline.amplitude");
  const turn = 2 * Math.PI * numberAt(values, "respiration.frequency");
  let beat = 0;
  const advance = makeStepper(
    rungeKutta4,
    heartEquations(eta, {
      omega(t) {
        while (beat + 2 < beats.length && t >= beats[beat + 1]) beat++;
        return (2 * Math.PI) / (beats[beat + 1] - beats[beat]);
      },
      baseline: (t) => amplitude * Math.sin(turn * t),
    }),
    3,
  );
  const state = Float64Array.of(1, 0, 0);
  const samples = new Float64Array(Math.round(duration * samplingFrequency));
  // Steps are counted from the first R peak, and shifted so that one of them falls on the first sample.
  const before = Math.floor(-beats[0] / step);
  const start = -before * step;
  const phase = (2 * Math.PI * (start - beats[0])) / (beats[1] - beats[0]);
  state[0] = Math.cos(phase);
  state[1] = Math.sin(phase);
  for (let index = 0; index < before; index++) advance(start + index * step, step, state);
  for (let index = 0; index < samples.length; index++) {
    samples[index] = state[2];
    for (let part = 0; part < multiple; part++) advance((index * multiple + part) * step, step, state);
  }
  return samples;
}

function scaleToMillivolts(samples: Float64Array): void {
  let [minimum, maximum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of samples) {
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  const scale = maximum > minimum ? (highest - lowest) / (maximum - minimum) : 0;
  for (let index = 0; index < samples.length; index++)
    samples[index] = (samples[index] - minimum) * scale + lowest;
}

/** A wave stands where the phase passes its angle, and spans ± 2.2 widths of it. */
function truthOf(
  eta: EtaParameters,
  beats: Float64Array,
  samplingFrequency: number,
  length: number,
): GroundTruth {
  const { theta, a, b } = eta;
  const strongest = Math.max(...a.map((strength, index) => Math.abs(strength * b[index] ** 2)));
  const timeOf = (beat: number, angle: number) => {
    const from = angle < 0 ? beat - 1 : beat;
    return beats[beat] + (angle / (2 * Math.PI)) * (beats[from + 1] - beats[from]);
  };
  const wave = (beat: number, index: number): WaveBoundaries | null => {
    if (Math.abs(a[index] * b[index] ** 2) < absentShare * strongest) return null;
    const reach = boundaryReach * b[index];
    const at = (angle: number) => timeOf(beat, angle) * samplingFrequency;
    return { onset: at(theta[index] - reach), peak: at(theta[index]), offset: at(theta[index] + reach) };
  };
  const found: TrueBeat[] = [];
  for (let beat = 1; beat < beats.length - 1; beat++) {
    const complex = [1, 2, 3].map((index) => wave(beat, index)).filter((part) => part !== null);
    const peak = timeOf(beat, theta[2]) * samplingFrequency;
    const qrs = {
      onset: Math.min(peak, ...complex.map((part) => part.onset)),
      peak,
      offset: Math.max(peak, ...complex.map((part) => part.offset)),
    };
    const cropped = cropBeat(
      { label: "N", rPeak: Math.round(peak), p: wave(beat, 0), qrs, t: wave(beat, 4) },
      0,
      length,
    );
    if (cropped !== null) found.push(cropped);
  }
  return { beats: found, rhythm: "N" };
}
