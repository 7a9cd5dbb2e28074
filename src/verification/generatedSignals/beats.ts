import { beatFrequency } from "../../experiments/syntheticBeats/beatSets.ts";
import {
  type BeatSource,
  type Rows,
  type ShownClass,
  shownClasses,
  taken,
} from "../generatedBeats/sources.ts";
import type { LearnedSignals } from "./training.ts";

/** Beats of each class that a model learns from. */
export const learnedBeats = 1000;
/** Beats of each class that are made and compared. */
export const comparedBeats = 500;

/** The beats of a source as the models here learn from them. */
export function beatSignals({ title, classes }: BeatSource): LearnedSignals<ShownClass> {
  const ofClasses = (rows: (own: BeatSource["classes"][ShownClass]) => Rows) =>
    Object.fromEntries(shownClasses.map((name) => [name, rows(classes[name])])) as Record<ShownClass, Rows>;
  return {
    title,
    classes: shownClasses,
    samplingFrequency: beatFrequency,
    learned: ofClasses(({ training }) => taken(training, 0, learnedBeats)),
    heldOut: ofClasses(({ heldOut }) => taken(heldOut, 0, comparedBeats)),
    compared: comparedBeats,
  };
}
