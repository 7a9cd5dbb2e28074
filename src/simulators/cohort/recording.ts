import type { Annotation } from "../../domain/annotation.ts";
import type { GroundTruth, TrueBeat } from "../../domain/groundTruth.ts";
import type { Lead, Recording } from "../../domain/recording.ts";
import { workbenchVersion } from "../../domain/version.ts";
import { createRandom, type Random } from "../../signal/random.ts";
import { noises } from "../noise/index.ts";
import { completeLeads, type IndependentLead, independentLeads, seenBy, twelveLeads } from "./dipole.ts";
import type { Disturbance, VirtualPatient } from "./patient.ts";
import { boundariesOf, type CohortBeat } from "./waves.ts";

/** A recording of a virtual patient with its truth. */
export interface CohortRecording {
  readonly recording: Recording;
  readonly truth: GroundTruth;
}

/** Streams of a patient's random numbers, so that one thing never changes another. */
export const streams = { beats: 1, fibrillation: 2, noise: 10 } as const;

/** What every simulated record says of itself. */
export const standInComment = "Simulated stand-in: a virtual patient, no recording of a person.";

/** Adds a patient's disturbances to a lead in mV. */
export function disturb(
  samples: Float64Array,
  { white, wander, muscle, mains }: Disturbance,
  samplingFrequency: number,
  random: Random,
): void {
  const values = {
    noise: "white",
    "noise.whiteSd": white,
    baseline: "respiration",
    "baseline.amplitude": wander,
    "muscle.sd": muscle,
    "mains.amplitude": mains,
    "mains.frequency": samplingFrequency === 360 ? "60" : "50",
  };
  for (const noise of Object.values(noises)) noise.add(samples, values, samplingFrequency, random);
}

/** Eight leads of a vector, disturbed one by one, and the four that follow from them. */
export function twelveDisturbed(
  components: readonly Float64Array[],
  patient: VirtualPatient,
  samplingFrequency: number,
): Lead[] {
  const own = Object.fromEntries(
    independentLeads.map((name, index) => {
      const samples = seenBy(name, components);
      disturb(
        samples,
        patient.disturbance,
        samplingFrequency,
        createRandom(patient.seed, streams.noise + index),
      );
      return [name, samples];
    }),
  ) as Record<IndependentLead, Float64Array>;
  const complete = completeLeads(own);
  return twelveLeads.map((name) => leadOf(name, complete[name], samplingFrequency));
}

/** A lead in mV. */
export function leadOf(name: string, samples: Float64Array, samplingFrequency: number): Lead {
  return { name, unit: "mV", samplingFrequency, samples: Float32Array.from(samples) };
}

/** Beats inside a recording as its truth; a beat's R peak is the nearest sample. */
export function truthOf(
  beats: readonly CohortBeat[],
  rhythm: string,
  samplingFrequency: number,
  length: number,
): GroundTruth {
  const isComplex = (name: string) => name !== "P" && name !== "T";
  const inside = beats
    .filter(({ time }) => time >= 0 && Math.round(time * samplingFrequency) < length)
    .sort((one, other) => one.time - other.time);
  return {
    rhythm,
    beats: inside.flatMap((beat): TrueBeat[] => {
      const qrs = boundariesOf(beat, samplingFrequency, isComplex);
      if (qrs === null) return [];
      return [
        {
          label: beat.symbol,
          rPeak: Math.round(beat.time * samplingFrequency),
          p: boundariesOf(beat, samplingFrequency, (name) => name === "P"),
          qrs,
          t: boundariesOf(beat, samplingFrequency, (name) => name === "T"),
        },
      ];
    }),
  };
}

/** A recording with what it says of its patient. */
export function recordingOf(
  name: string,
  patient: VirtualPatient,
  leads: readonly Lead[],
  annotations: readonly Annotation[],
  rhythm: string,
): Recording {
  const { samplingFrequency, samples } = leads[0];
  return {
    name,
    samplingFrequency,
    length: samples.length,
    leads,
    annotations,
    comments: [
      standInComment,
      `Age: ${patient.age}`,
      `Sex: ${patient.sex === "female" ? "Female" : "Male"}`,
      "McSharry's dynamical model (2003), one vector with twelve leads; all numbers are our reconstruction.",
    ],
    warnings: [],
    origin: {
      kind: "simulator",
      simulator: "simulated cohort",
      preset: "stand-in",
      rhythm,
      seed: patient.seed,
      parameters: { patient: patient.number },
      version: workbenchVersion,
    },
  };
}
