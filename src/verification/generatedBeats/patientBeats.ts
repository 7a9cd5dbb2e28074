import { beatClasses } from "../../domain/libraryRecord.ts";
import { confidentRows, windowChoice } from "../../experiments/syntheticBeats/patientWindow.ts";
import { rowsOf as rowsAt } from "../../neural/adversarial/realBatches.ts";
import type { FeatureReader } from "./features.ts";
import { type BeatSource, type Rows, rowsOf, type ShownClass } from "./sources.ts";

/** As many as PGAN takes. */
const leastBeats = 50;

/** Beats of a patient that a network called a class. */
export interface FoundBeats {
  readonly beats: Rows;
  /** Share of them that the annotations call so too: told, never used. */
  readonly right: number;
}

/**
 * What a personal generator is made with: beats of the patient's first minutes that the network of the features, which
 * learned from other people, calls the class most surely. No label of the patient is looked at.
 */
export async function foundBeats(
  { window }: BeatSource,
  beatClass: ShownClass,
  generator: string,
  reader: Pick<FeatureReader, "probabilities">,
): Promise<FoundBeats> {
  const { samples, classes, count } = window;
  const label = beatClasses.indexOf(beatClass);
  const rows = confidentRows(
    await reader.probabilities(rowsOf(samples)),
    label,
    windowChoice(generator, leastBeats),
  );
  const right = rows.filter((row) => classes[row] === label).length / rows.length;
  return { beats: rowsOf(rowsAt({ samples, count, length: samples.length / count }, rows)), right };
}
