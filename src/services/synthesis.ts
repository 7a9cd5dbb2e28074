import { move } from "../boundary/move.ts";
import type { ParameterValue, Recording } from "../domain/recording.ts";
import type { Schema } from "../domain/schema.ts";
import { workbenchVersion } from "../domain/version.ts";
import { zipOf } from "../records/archive.ts";
import { sha256 } from "../records/hash.ts";
import { type WrittenFile, writeRecord } from "../records/wfdb/write.ts";
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
  readonly files: readonly WrittenFile[];
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
  /** SHA-256 of each file by its name, hexadecimal. */
  readonly files: Readonly<Record<string, string>>;
}

/** The recording of a request as a `Recording` of one lead II with the beats, waves and rhythm as annotations. */
export function recordingOf(
  name: string,
  request: Choice & SimulationRequest,
  simulated: SimulatedRecording,
): Recording {
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
export async function writeSynthetic(
  name: string,
  request: Choice & SimulationRequest,
): Promise<WrittenRecord> {
  const simulated = simulatorNamed(request.simulator).simulate(request);
  const { simulator, preset, rhythm, seed, variation, duration, samplingFrequency, overrides } = request;
  const files = writeRecord(recordingOf(name, request, simulated));
  const hashes = await Promise.all(files.map(async (file) => [file.name, await sha256(file.bytes)] as const));
  return {
    files,
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
      files: Object.fromEntries(hashes),
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
  async synthesise(
    request: Choice & SimulationRequest,
  ): Promise<{ recording: SimulatedRecording; beat: BeatPicture }> {
    const simulator = simulatorNamed(request.simulator);
    return move({ recording: simulator.simulate(request), beat: simulator.beat(request) });
  },
  async draw(request: BeatRequest & { seed: number }): Promise<Record<string, ParameterValue>> {
    return simulatorNamed(request.simulator).draw(request);
  },
  /** The files of the record, and all of them with the manifest (`NAME.json`) as one zip. */
  async exportRecord(
    name: string,
    request: Choice & SimulationRequest,
  ): Promise<WrittenRecord & { readonly zip: Uint8Array }> {
    const written = await writeSynthetic(name, request);
    const manifest = new TextEncoder().encode(`${JSON.stringify(written.manifest, null, 2)}\n`);
    const zip = await zipOf([...written.files, { name: `${name}.json`, bytes: manifest }]);
    return move({ ...written, zip });
  },
  async fit(input: BeatFitInput): Promise<BeatFit> {
    return move(fitBeat(input));
  },
};

export type SynthesisService = typeof synthesisService;
