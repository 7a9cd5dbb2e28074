import { beatTargets } from "../../domain/beatTargets.ts";
import { Failure } from "../../domain/failure.ts";
import { addedCount, seedFor } from "./addedBeats.ts";
import {
  type BeatSet,
  chosenBeats,
  countOfClass,
  patientsOf,
  sharedPatients,
  thinnedBeats,
} from "./beatSets.ts";
import { type Addition, type CellSets, requireBothKinds, requirePatients } from "./protocol.ts";
import type { SimGanCell } from "./specification.ts";
import { validationPatients } from "./validationPatients.ts";

/**
 * The beats of a SimGAN cell, as few as its source says: DS1 without its validation patients to train on, DS2 to test with; records with a pacemaker
 * are in neither. The validation patients of a seed are the same for every class.
 * @throws Failure `no-division`, `too-few-patients` or `too-few-beats`
 */
export function simGanSets(cell: SimGanCell, all: BeatSet): CellSets {
  const { target, keepsSharedPatients, validationShare, seed, source } = cell;
  const beats = thinnedBeats(all, source.mostPerRecord);
  const shared = keepsSharedPatients ? [] : sharedPatients(beats);
  const unpaced = chosenBeats(beats, ({ paced }) => !paced);
  const test = chosenBeats(unpaced, ({ division }) => division === "DS2");
  const base = chosenBeats(
    unpaced,
    ({ division, patient }) => division === "DS1" && !shared.includes(patient),
  );
  if (test.count === 0 || base.count === 0) {
    throw new Failure(
      "no-division",
      `There are ${base.count} beats in DS1 and ${test.count} in DS2.`,
      cell.source.name,
      "Choose records of the MIT-BIH Arrhythmia Database from both halves of its published division.",
    );
  }
  requirePatients(patientsOf(base));
  const chosen = validationPatients(base, beatTargets, validationShare, seedFor(seed, "validationPatients"));
  const train = chosenBeats(base, ({ patient }) => !chosen.includes(patient));
  const validation = chosenBeats(base, ({ patient }) => chosen.includes(patient));
  requireBothKinds("training", train, target, 2);
  requireBothKinds("test", test, target, 1);
  return {
    outputs: 2,
    positive: 1,
    labelOf: (beatClass) => (beatClass === target ? 1 : 0),
    train,
    validation,
    test,
    window: null,
  };
}

/** What a SimGAN cell adds: its ratio times the class's beats among those that are trained on. */
export function simGanAddition({ added, ratio, target, order }: SimGanCell, { train }: CellSets): Addition {
  if (added.generator === "continued") return { kind: order === "union" ? "nothing" : "again" };
  const count = addedCount(ratio, countOfClass(train, target));
  if (added.generator === "none" || count === 0) return { kind: "nothing" };
  if (added.generator === "noise") return { kind: "noise", count };
  if (added.generator === "oversampled") return { kind: "repeated", count };
  return { kind: "generated", count, chosen: added, fromWindow: null };
}
