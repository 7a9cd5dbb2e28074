import { settingNamed } from "./settings.ts";
import type { RealSignals } from "./signals.ts";
import type { AugmentationResult, FinishedAugmentationCell, SignalSource } from "./specification.ts";

/** Of which record each row is, by its place among the sorted members of a source; undefined where nothing is known. */
export function recordPlaces(
  { members }: Pick<SignalSource, "members">,
  { records }: Pick<RealSignals, "records">,
  rows: ArrayLike<number>,
): readonly (number | null)[] | undefined {
  if (records === undefined) return undefined;
  const places = new Map([...members].sort().map((hash, place) => [hash, place]));
  return Array.from(rows, (row) => places.get(records[row]) ?? null);
}

/**
 * Results on real signals of several databases that were merged, as if only those of one had been tested.
 * @param finished cells of the merged source; those whose test is not of real signals are left out
 * @returns nothing where no result tells of which records its test signals are
 */
export function testedOn(
  finished: readonly FinishedAugmentationCell[],
  merged: SignalSource,
  database: SignalSource,
): FinishedAugmentationCell[] {
  const onReal = finished.filter(({ cell }) => settingNamed(cell.setting).test === "real");
  // All cells of a source have the same test signals: what one tells holds for those of before it was told.
  const told = onReal.find(({ result }) => result.records !== undefined)?.result;
  if (told?.records === undefined) return [];
  const [members, own] = [[...merged.members].sort(), new Set(database.members)];
  const rows = told.records.flatMap((place, row) => (place !== null && own.has(members[place]) ? [row] : []));
  if (rows.length === 0) return [];
  return onReal
    .filter(({ result }) => hasSamePatients(result, told))
    .map(({ cell, result }) => ({ cell, result: ofRows(result, rows) }));
}

const hasSamePatients = (one: AugmentationResult, other: AugmentationResult) =>
  one.patients.length === other.patients.length &&
  one.patients.every((patient, row) => patient === other.patients[row]);

/** A result on some of its test signals. */
function ofRows(result: AugmentationResult, rows: readonly number[]): AugmentationResult {
  const classes = result.logits.length / result.labels.length;
  return {
    ...result,
    logits: Float32Array.from(
      rows.flatMap((row) => [...result.logits.subarray(row * classes, (row + 1) * classes)]),
    ),
    labels: Uint8Array.from(rows, (row) => result.labels[row]),
    patients: rows.map((row) => result.patients[row]),
  };
}
