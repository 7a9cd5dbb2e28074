import type { Annotation } from "../../domain/annotation.ts";
import { type BeatFilter, beatFilterWords } from "../../domain/beatFilters.ts";
import type { Recording } from "../../domain/recording.ts";
import { workbenchVersion } from "../../domain/version.ts";
import { beatForm } from "./beatRows.ts";

/** s from one R peak to the next. */
const interval = 1;

/** What a recording of generated beats tells of their origin. */
export interface BeatOrigin {
  readonly name: string;
  /** In words: the generator with its class. */
  readonly generator: string;
  /** WFDB symbol of each beat. */
  readonly symbols: readonly string[];
  readonly seed: number;
  /** What the beats that the generator learned from were cut behind. */
  readonly filter: BeatFilter;
}

/**
 * Generated beats one second apart as a recording with annotations; between them the signal runs straight from the end of
 * one to the beginning of the next, which is our filling and no part of what was generated.
 * @param beats `[count, 216]` in mV
 */
export function beatRecording(
  beats: Float32Array,
  { name, generator, symbols, seed, filter }: BeatOrigin,
): Recording {
  const { samplingFrequency, before, length } = beatForm;
  const spacing = interval * samplingFrequency;
  const count = beats.length / length;
  const total = count * spacing;
  const samples = new Float32Array(total);
  const annotations: Annotation[] = [];
  for (let beat = 0; beat < count; beat++) {
    const start = beat * spacing;
    samples.set(beats.subarray(beat * length, (beat + 1) * length), start);
    const end = beats[(beat + 1) * length - 1];
    const next = beat + 1 < count ? beats[(beat + 1) * length] : end;
    const gap = spacing - length;
    for (let at = 0; at < gap; at++)
      samples[start + length + at] = end + ((next - end) * (at + 1)) / (gap + 1);
    annotations.push({
      sample: start + before,
      symbol: symbols[beat],
      subtype: 0,
      channel: 0,
      number: 0,
      text: "",
    });
  }
  return {
    name,
    samplingFrequency,
    length: total,
    leads: [{ name: "MLII", unit: "mV", samplingFrequency, samples }],
    annotations,
    comments: [
      `Synthetic: beats of ${generator}, one a second, joined by straight lines. No recording of a person.`,
      `Learned from beats ${beatFilterWords[filter]}.`,
      `Seed ${seed}, ECG synthesis workbench ${workbenchVersion}.`,
    ],
    warnings: [],
    origin: {
      kind: "simulator",
      simulator: generator,
      preset: "",
      rhythm: [...new Set(symbols)].join(""),
      seed,
      parameters: {},
      version: workbenchVersion,
    },
  };
}
