import type { Annotation } from "../../domain/annotation.ts";
import { createRandom } from "../../signal/random.ts";
import { sinusBeats } from "./beats.ts";
import { seenBy } from "./dipole.ts";
import type { VirtualPatient } from "./patient.ts";
import { type CohortRecording, disturb, leadOf, recordingOf, streams, truthOf } from "./recording.ts";
import { integrateBeats } from "./waves.ts";

/** As the records of MIT-BIH: half an hour and six seconds of two leads. */
const holter = { samplingFrequency: 360, length: 650_000 } as const;
const leads = [
  ["MLII", "II"],
  ["V1", "V1"],
] as const;

/**
 * A long recording of a virtual patient with every beat annotated.
 * @param length samples at 360 Hz
 */
export function simulateHolter(
  patient: VirtualPatient,
  name: string,
  length: number = holter.length,
): CohortRecording {
  const { samplingFrequency } = holter;
  const beats = sinusBeats(patient, length / samplingFrequency, createRandom(patient.seed, streams.beats));
  const components = integrateBeats(beats, samplingFrequency, length);
  const written = leads.map(([written, seen], index) => {
    const samples = seenBy(seen, components);
    disturb(
      samples,
      patient.disturbance,
      samplingFrequency,
      createRandom(patient.seed, streams.noise + index),
    );
    return leadOf(written, samples, samplingFrequency);
  });
  const truth = truthOf(beats, "N", samplingFrequency, length);
  const annotation = (sample: number, symbol: string, text = ""): Annotation => ({
    sample,
    symbol,
    subtype: 0,
    channel: 0,
    number: 0,
    text,
  });
  const annotations = [
    annotation(0, "+", "(N"),
    ...truth.beats.map(({ rPeak, label }) => annotation(rPeak, label)),
  ];
  return { recording: recordingOf(name, patient, written, annotations, "N"), truth };
}
