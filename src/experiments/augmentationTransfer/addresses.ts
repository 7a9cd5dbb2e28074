import { workbenchVersion } from "../../domain/version.ts";
import { canonicalJson } from "../canonical.ts";
import { canonicalAddress } from "../cell.ts";
import type { ChosenGenerator } from "../syntheticBeats/specification.ts";
import { isControl, settingNamed, usesSynthetic } from "./settings.ts";
import type { AugmentationCell } from "./specification.ts";

/** What the real signals of a cell and their division depend on. */
export function realParts({
  form,
  classes,
  lead,
  mostSignals,
  division,
  source,
}: Pick<AugmentationCell, "form" | "classes" | "lead" | "mostSignals" | "division" | "source">) {
  // The same records are the same source, whatever it is called and in whatever order they come.
  const members = [...source.members].sort();
  return { form, classes, lead, mostSignals, division, members, version: workbenchVersion };
}

/** What the real signals depend on that a cell's generators learn from. */
const learnedParts = (cell: AugmentationCell) =>
  realParts({ ...cell, source: cell.syntheticSource ?? cell.source });

/** The address of a cell: the hash of all that its result depends on, and of nothing else. */
export async function augmentationAddress(cell: AugmentationCell): Promise<string> {
  const { setting, classifier, seed, generators, share, syntheticPerClass, freezesConvolutions } = cell;
  const { before } = settingNamed(setting);
  return canonicalAddress({
    phase: "cell",
    ...realParts(cell),
    setting,
    classifier,
    seed,
    ...(usesSynthetic(setting) ? { generators, ...learnedElsewhere(cell) } : {}),
    ...(usesSynthetic(setting) || isControl(setting) ? { syntheticPerClass } : {}),
    ...(isControl(setting) && generators.length > 1 ? { countsOf: generators.length } : {}),
    share,
    ...(before === null ? {} : { freezesConvolutions }),
  });
}

/** The records that generators learn from, where they are others than the source's. */
function learnedElsewhere(cell: AugmentationCell): { readonly learnedFrom?: readonly string[] } {
  const { members } = learnedParts(cell);
  return canonicalJson(members) === canonicalJson(realParts(cell).members) ? {} : { learnedFrom: members };
}

/** The address of what a generator of some of the classes gives for cells of a source: they share it. */
export async function syntheticAddress(
  cell: AugmentationCell,
  generator: ChosenGenerator,
  labels: readonly number[],
): Promise<string> {
  const { syntheticPerClass } = cell;
  return canonicalAddress({
    phase: "synthetic",
    ...learnedParts(cell),
    syntheticPerClass,
    generator,
    labels,
  });
}

/** The address of the classifier that has learned from all synthetic signals, before real ones. */
export async function pretrainedAddress(cell: AugmentationCell): Promise<string> {
  const { classifier, seed, generators, syntheticPerClass } = cell;
  return canonicalAddress({
    phase: "pretrained",
    ...learnedParts(cell),
    classifier,
    seed,
    generators,
    syntheticPerClass,
  });
}
