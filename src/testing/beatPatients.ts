import { type BeatSet, beatsOfRecording, joinBeats } from "../experiments/syntheticBeats/beatSets.ts";
import { simulateGaussian } from "../simulators/gaussian/recording.ts";
import { truthAnnotations } from "../simulators/truthAnnotations.ts";

export interface SimulatedPatient {
  readonly record: string;
  readonly patient?: string;
  readonly division?: "DS1" | "DS2" | null;
  readonly paced?: boolean;
}

/** Beats of the Gaussian simulator at 360 Hz, normal and ventricular ones in turns of one or two, a recording a patient. */
export function simulatedPatients(
  patients: readonly SimulatedPatient[],
  duration: number,
  seed = 1,
): BeatSet {
  const samplingFrequency = 360;
  return joinBeats(
    patients.map(({ record, patient = record, division = null, paced = false }, index) => {
      const { samples, truth } = simulateGaussian({
        preset: "clinical",
        rhythm: "pvc",
        overrides: { "ectopic.pattern": "trigeminy" },
        variation: "drawn",
        duration,
        samplingFrequency,
        seed: seed + index,
      });
      const recording = { name: record, annotations: truthAnnotations(truth), samplingFrequency };
      const lead = { name: "MLII", unit: "mV", samplingFrequency, samples };
      return beatsOfRecording(recording, lead, { patient, division, paced }, "none");
    }),
  );
}

/** The set with the samples and classes of some records replaced by what no heart gives. */
export function disturbed(
  set: BeatSet,
  isDisturbed: (record: string, time: number) => boolean,
  what: { readonly samples: boolean; readonly classes: boolean },
): BeatSet {
  const samples = set.samples.slice();
  const classes = set.classes.slice();
  let row = 0;
  for (const { record, count } of set.origins) {
    for (const end = row + count; row < end; row++) {
      if (!isDisturbed(record, set.times[row])) continue;
      if (what.samples) for (let at = 0; at < 216; at++) samples[row * 216 + at] = Math.sin(at * row) * 50;
      // Normal and ventricular beats change places: 0 is N, 2 is V.
      if (what.classes) classes[row] = 2 - classes[row];
    }
  }
  return { ...set, samples, classes };
}
