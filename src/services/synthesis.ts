import type { ParameterValue, Recording } from "../domain/recording.ts";
import type { Schema } from "../domain/schema.ts";
import { workbenchVersion } from "../domain/version.ts";
import { writeRecord } from "../records/wfdb/write.ts";
import { type BeatFit, type BeatFitInput, fitBeat } from "../simulators/gaussian/fit.ts";
import { simulatorNamed, simulators } from "../simulators/index.ts";
import type { BeatPicture, Option, SimulatedRecording, SimulationRequest } from "../simulators/simulator.ts";
import { truthAnnotations } from "../simulators/truthAnnotations.ts";

type Choice = { readonly simulator: string };
type BeatRequest = Choice & Pick<SimulationRequest, "preset" | "rhythm" | "overrides">;

export interface SimulatorDescription {
  readonly title: string;
  readonly description: string;
  readonly paper: string;
  readonly presets: readonly Option[];
  readonly rhythms: readonly Option[];
}

/** A synthetic recording as files of a WFDB record. */
export interface WrittenRecord {
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly manifest: SyntheticManifest;
}

/** Everything that is needed to make a synthetic recording again. */
export interface SyntheticManifest {
  readonly kind: "synthetic electrocardiogram";
  readonly name: string;
  readonly simulator: string;
  readonly preset: string;
  readonly rhythm: string;
  readonly seed: number;
  readonly variation: "exact" | "drawn";
  readonly duration: number;
  readonly samplingFrequency: number;
  readonly requested: Readonly<Record<string, ParameterValue>>;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly version: string;
}

/** The recording of a request as a `Recording` of one lead II with the beats, waves and rhythm as annotations. */
export function recordingOf(name: string, request: Choice & SimulationRequest, simulated: SimulatedRecording): Recording {
  const { simulator, preset, rhythm, seed } = request;
  const { samples, samplingFrequency, unit, parameters, truth } = simulated;
  return {
    name,
    samplingFrequency,
    length: samples.length,
    leads: [{ name: "II", unit, samplingFrequency, samples }],
    annotations: truthAnnotations(truth),
    comments: [
      `Synthetic electrocardiogram, not recorded from anybody: ${simulator}, preset ${preset}, rhythm ${rhythm}, seed ${seed}`,
    ],
    warnings: [],
    origin: { kind: "simulator", simulator, preset, rhythm, seed, parameters, version: workbenchVersion },
  };
}

/** One synthetic recording as a WFDB record with its manifest. @throws Failure for an impossible request */
export function writeSynthetic(name: string, request: Choice & SimulationRequest): WrittenRecord {
  const simulated = simulatorNamed(request.simulator).simulate(request);
  const { simulator, preset, rhythm, seed, variation, duration, samplingFrequency, overrides } = request;
  return {
    files: writeRecord(recordingOf(name, request, simulated)),
    manifest: {
      kind: "synthetic electrocardiogram",
      name,
      simulator,
      preset,
      rhythm,
      seed,
      variation,
      duration,
      samplingFrequency,
      requested: overrides,
      parameters: simulated.parameters,
      version: workbenchVersion,
    },
  };
}

/** What the synthesis worker offers. */
export const synthesisService = {
  async describe(): Promise<Readonly<Record<string, SimulatorDescription>>> {
    return Object.fromEntries(
      Object.entries(simulators).map(([name, { title, description, paper, presets, rhythms }]) => [
        name,
        { title, description, paper, presets, rhythms },
      ]),
    );
  },
  /** @throws Failure for an unknown simulator, preset or rhythm */
  async schema({ simulator, preset, rhythm }: Choice & { preset: string; rhythm: string }): Promise<Schema> {
    return simulatorNamed(simulator).schema(preset, rhythm);
  },
  /** The recording and the beat of a request, in one message. */
  async synthesise(request: Choice & SimulationRequest): Promise<{ recording: SimulatedRecording; beat: BeatPicture }> {
    const simulator = simulatorNamed(request.simulator);
    return { recording: simulator.simulate(request), beat: simulator.beat(request) };
  },
  async draw(request: BeatRequest & { seed: number }): Promise<Record<string, ParameterValue>> {
    return simulatorNamed(request.simulator).draw(request);
  },
  async exportRecord(name: string, request: Choice & SimulationRequest): Promise<WrittenRecord> {
    return writeSynthetic(name, request);
  },
  async fit(input: BeatFitInput): Promise<BeatFit> {
    return fitBeat(input);
  },
};

export type SynthesisService = typeof synthesisService;
