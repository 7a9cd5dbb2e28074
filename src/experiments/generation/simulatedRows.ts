import type { BeatFilter } from "../../domain/beatFilters.ts";
import { Failure } from "../../domain/failure.ts";
import { type GeneratedForm, generatedForms } from "../../domain/generation.ts";
import { breathe } from "../../neural/training/breathe.ts";
import { aamiClassOf } from "../../records/aami.ts";
import { filteredForBeats } from "../../signal/beatFilters.ts";
import { cutBeats, paperSpan } from "../../signal/beatMatrix.ts";
import { createRandom } from "../../signal/random.ts";
import { simulatorNamed } from "../../simulators/index.ts";
import type { ClassedRows } from "../closeness/closenessSets.ts";

/** What is asked of a source. */
export interface RowsWanted {
  readonly form: GeneratedForm;
  readonly rowClass: string;
  /** Most rows of a class. */
  readonly rows: number;
  readonly seed: number;
  /** What beats are cut behind, where they are cut. */
  readonly filter: BeatFilter;
}

/** Rows of a synthetic source, of all classes that it has, and the unit of their amplitudes. */
export interface SyntheticRows {
  readonly rows: readonly ClassedRows[];
  readonly unit: string;
}

/** A simulator as it is asked for recordings. */
export interface SimulatorChoice {
  /** For messages. */
  readonly name: string;
  readonly simulator: string;
  readonly preset: string;
  readonly rhythm: string;
}

/** s of a recording from which beats are cut, and most of them before a class is given up. */
const [simulatedSeconds, mostRecordings] = [20, 400];

/**
 * Recordings of a simulator with parameters drawn anew for each, until there are enough beats of the class.
 * @throws Failure `no-such-class`
 */
export async function simulatedRows(
  { simulator, preset, rhythm, name }: SimulatorChoice,
  { form, rowClass, rows, seed, filter }: RowsWanted,
): Promise<SyntheticRows> {
  const random = createRandom(seed, 95);
  const { simulate } = simulatorNamed(simulator);
  const { samplingFrequency, length } = generatedForms[form];
  const found: ClassedRows[] = [];
  let unit = "mV";
  let count = 0;
  for (let number = 0; number < mostRecordings && count < rows; number++) {
    const simulated = simulate({
      preset,
      rhythm,
      overrides: {},
      seed: random.integer(2 ** 31),
      variation: "drawn",
      duration: form === "beats" ? simulatedSeconds : length / samplingFrequency,
      samplingFrequency,
    });
    unit = simulated.unit;
    const patient = `recording ${number + 1}`;
    if (form === "recordings") {
      found.push({ patient, values: simulated.samples.slice(0, length), classes: [rowClass] });
      count++;
    } else {
      const { beats } = simulated.truth;
      const peaks = beats.map(({ rPeak }) => rPeak);
      const samples = filteredForBeats(simulated.samples, samplingFrequency, filter);
      const cut = cutBeats(samples, peaks, paperSpan(samplingFrequency));
      const classes = Array.from(cut.rows, (row) => aamiClassOf(beats[row].label));
      found.push({ patient, values: cut.samples, classes });
      count += classes.filter((each) => each === rowClass).length;
    }
    await breathe();
  }
  if (count > 0) return { rows: found, unit };
  throw new Failure(
    "no-such-class",
    `${name} makes no ${form} of class ${rowClass}.`,
    rhythm,
    "Choose another rhythm or class.",
  );
}
