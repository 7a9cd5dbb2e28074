import { workbenchVersion } from "../../domain/version.ts";
import { canonicalAddress } from "../cell.ts";
import { type BeatCell, type ChosenGenerator, isUncounted, pganMethods } from "./specification.ts";

/** The same records are the same source, whatever it is called and in whatever order they come. */
const sourceOf = ({ source }: BeatCell) => ({ ...source, name: "", members: [...source.members].sort() });

/** Where beats are thinned the window was once thinned too. */
const wholeWindow = { window: "whole" };

/** What the real beats of a cell depend on: its class only where the network knows no other. */
function realParts(cell: BeatCell) {
  const { kind, classifier, validationShare, seed } = cell;
  const common = {
    kind,
    classifier,
    validationShare,
    seed,
    source: sourceOf(cell),
    version: workbenchVersion,
  };
  return cell.kind === "SimGAN"
    ? { ...common, keepsSharedPatients: cell.keepsSharedPatients, target: cell.target }
    : { ...common, patient: cell.patient, ...(cell.source.mostPerRecord ? wholeWindow : {}) };
}

/** Where added beats come from, without what has no effect. */
function generatorOf(cell: BeatCell): ChosenGenerator {
  if (cell.kind === "SimGAN") return cell.added;
  const { method, hyperparameters, iterations } = cell;
  return { generator: pganMethods[method].generator ?? method, hyperparameters, iterations };
}

const isFromNetwork = (generator: string) =>
  !["none", "noise", "oversampled"].includes(generator) && !isUncounted(generator);

/** Whether a cell adds nothing: it is then the same, whatever it would have added. */
export const addsNothing = (cell: BeatCell): boolean =>
  cell.kind === "SimGAN"
    ? cell.added.generator === "none" || (cell.ratio === 0 && !isUncounted(cell.added.generator))
    : cell.method === "none" || (cell.count === 0 && !isUncounted(cell.method));

/** The generator of the registry that a cell needs; null where it needs none. */
export function generatorNameOf(cell: BeatCell): string | null {
  const { generator } = generatorOf(cell);
  return addsNothing(cell) || !isFromNetwork(generator) ? null : generator;
}

/** The address of a cell: the hash of all that its result depends on, and of nothing else. */
export async function beatCellAddress(cell: BeatCell): Promise<string> {
  const parts = { ...realParts(cell), target: cell.target };
  // Which beats are tested depends on the window.
  const window = cell.kind === "PGAN" ? { minutes: cell.adaptation.minutes } : {};
  if (addsNothing(cell)) return canonicalAddress({ phase: "none", ...parts, ...window });
  const { generator, ...how } = generatorOf(cell);
  const added = isFromNetwork(generator) ? { generator, ...how } : { generator };
  const amount =
    cell.kind === "SimGAN"
      ? { ratio: cell.ratio, order: cell.order }
      : {
          adaptation: cell.adaptation,
          count: isUncounted(cell.method) ? 0 : cell.count,
          method: cell.method,
        };
  return canonicalAddress({ phase: "added", ...parts, added, ...amount });
}

/** The address of the classifier that is trained on real beats alone. */
export async function baseAddress(cell: BeatCell): Promise<string> {
  return canonicalAddress({ phase: "base", ...realParts(cell) });
}

/**
 * The address of a cell's generator. One that knows nothing of the classifier does not depend on it; a personal one gets
 * the beats that the classifier chose.
 */
export async function generatorAddress(cell: BeatCell): Promise<string> {
  const { classifier, ...parts } = realParts(cell);
  return canonicalAddress({
    phase: "generator",
    ...parts,
    target: cell.target,
    ...generatorOf(cell),
    ...(cell.kind === "PGAN" && pganMethods[cell.method].isPersonal
      ? { classifier, adaptation: cell.adaptation }
      : {}),
  });
}
