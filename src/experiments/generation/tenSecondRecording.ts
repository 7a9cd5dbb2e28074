import { generatedForms } from "../../domain/generation.ts";
import type { Recording } from "../../domain/recording.ts";
import { workbenchVersion } from "../../domain/version.ts";

const { length, samplingFrequency } = generatedForms.recordings;

/** What a generated recording tells of its origin. */
export interface GeneratedOrigin {
  readonly name: string;
  /** In words: the generator with its classes. */
  readonly generator: string;
  /** Its class: the name of a rhythm or another label of a database. */
  readonly label: string;
  readonly seed: number;
}

/**
 * Ten generated seconds as a recording of one lead, its label annotated at the beginning as WFDB does a rhythm.
 * @param samples `[1000]` in mV
 */
export function tenSecondRecording(
  samples: Float32Array,
  { name, generator, label, seed }: GeneratedOrigin,
): Recording {
  return {
    name,
    samplingFrequency,
    length,
    leads: [{ name: "II", unit: "mV", samplingFrequency, samples }],
    annotations: [{ sample: 0, symbol: "+", subtype: 0, channel: 0, number: 0, text: `(${label}` }],
    comments: [
      `Synthetic: ${label} by ${generator}. No recording of a person.`,
      `Seed ${seed}, ECG synthesis workbench ${workbenchVersion}.`,
    ],
    warnings: [],
    origin: {
      kind: "simulator",
      simulator: generator,
      preset: "",
      rhythm: label,
      seed,
      parameters: {},
      version: workbenchVersion,
    },
  };
}
