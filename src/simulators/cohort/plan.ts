import { type RecordDescription, undescribed } from "../../domain/libraryRecord.ts";
import { simulatedCohortOrigin } from "../../domain/syntheticOrigin.ts";
import { simulateHolter } from "./holter.ts";
import { type VirtualPatient, virtualPatient } from "./patient.ts";
import type { CohortRecording } from "./recording.ts";
import { type StandInLabel, simulateTenSeconds, standInLabels } from "./tenSeconds.ts";

/** How large the stand-in is to be. */
export interface CohortSize {
  readonly seed: number;
  /** Half-hour records, each of a patient of their own. */
  readonly holters: number;
  /** Ten-second recordings, each of a patient of their own; every label as often. */
  readonly tenSeconds: number;
}

/** One record that is not yet made. */
export interface CohortEntry {
  readonly name: string;
  readonly description: RecordDescription;
  generate(): CohortRecording;
}

/** Large enough for every experiment, small enough for a browser: about 200 MB and half a minute. */
export const usualSize: CohortSize = { seed: 2026, holters: 24, tenSeconds: 300 };

/** Patients of ten-second recordings begin here, so that more half-hour records never change them. */
const firstOfTenSeconds = 100_000;
/** As PTB-XL has them. */
const folds = 10;

/** The records of the simulated cohort, to be made one by one. */
export function simulatedCohort({ seed, holters, tenSeconds }: CohortSize): CohortEntry[] {
  return [
    ...Array.from({ length: holters }, (_, index): CohortEntry => {
      const patient = virtualPatient(seed, index);
      const name = `sim${String(index + 1).padStart(3, "0")}`;
      return {
        name,
        description: {
          ...descriptionOf(patient, "holter", index),
          labels: ["N"],
          division: index % 2 === 0 ? "DS1" : "DS2",
        },
        generate: () => simulateHolter(patient, name),
      };
    }),
    ...Array.from({ length: tenSeconds }, (_, index): CohortEntry => {
      const patient = virtualPatient(seed, firstOfTenSeconds + index);
      const label: StandInLabel = standInLabels[index % standInLabels.length];
      const name = `simten${String(index + 1).padStart(5, "0")}`;
      return {
        name,
        description: {
          ...descriptionOf(patient, "ten", index),
          labels: [label],
          likelihoods: { [label]: 100 },
          // Every fold gets every label.
          fold: (Math.floor(index / standInLabels.length) % folds) + 1,
        },
        generate: () => simulateTenSeconds(patient, label, name),
      };
    }),
  ];
}

function descriptionOf({ age, sex }: VirtualPatient, kind: string, index: number): RecordDescription {
  return {
    ...undescribed,
    dataset: "simulated",
    patient: `simulated/${kind}-${index + 1}`,
    age,
    sex,
    report: "Simulated stand-in, no recording of a person.",
    synthetic: simulatedCohortOrigin,
  };
}
