import { Failure } from "../../domain/failure.ts";
import type { ParameterValue } from "../../domain/recording.ts";
import { numberAt, resolveValues } from "../../domain/schema.ts";
import { createRandom } from "../../signal/random.ts";
import type { SimulatedRecording, SimulationRequest } from "../simulator.ts";
import { drawField, spreadFields } from "../spread.ts";
import { beatTimes, truthOf } from "./beats.ts";
import { etaParameters, mcsharrySchema } from "./parameters.ts";
import { dynamicalRhythmNamed } from "./rhythms.ts";
import { trajectory } from "./trajectory.ts";

/** ECGSYN's range of the scaled signal, mV. */
const [lowest, highest] = [-0.4, 1.2];
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
 * One recording of McSharry's dynamical model with its ground truth: Runge–Kutta 4 of all three equations at the lowest
 * multiple of the sampling frequency that is not below `internalFrequency`, of which every so-manieth value is kept, as
 * in ECGSYN. Noise is added after scaling and so is in mV, or in the model's own unit without scaling.
 * @throws Failure for a parameter, duration (1–3600 s) or sampling frequency (50–2000 Hz) out of range
 */
export function simulateMcsharry(request: SimulationRequest): SimulatedRecording {
  const { preset, duration, samplingFrequency, seed } = request;
  checkRange("duration", duration, 1, 3600, "s");
  checkRange("sampling frequency", samplingFrequency, 50, 2000, "Hz");
  const rhythm = dynamicalRhythmNamed(request.rhythm);
  const values =
    request.variation === "drawn"
      ? drawMcsharry(request)
      : resolveValues(mcsharrySchema(preset, request.rhythm), request.overrides);
  const eta = etaParameters(values, preset);
  const random = createRandom(seed, streams.rhythm);
  const beats = beatTimes(rhythm.intervals(values, duration, random), duration, random);
  const length = Math.round(duration * samplingFrequency);
  const stepsPerSample = Math.ceil(numberAt(values, "internalFrequency") / samplingFrequency);
  const baseline = {
    amplitude: numberAt(values, "baseline.amplitude"),
    frequency: numberAt(values, "respiration.frequency"),
  };
  const samples = trajectory(eta, baseline, beats, { samplingFrequency, length, stepsPerSample });
  const scaled = values["scaleToMillivolts"] === true;
  if (scaled) scaleToMillivolts(samples);
  createRandom(seed, streams.noise).addNormal(samples, numberAt(values, "noise.whiteSd"));
  return {
    samplingFrequency,
    samples: Float32Array.from(samples),
    unit: scaled ? "mV" : "model",
    truth: truthOf(eta, beats, samplingFrequency, length, rhythm.annotation),
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

/** Maps the range of a noise-free signal to ECGSYN's; a flat one becomes its lower end. */
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
