import {
  type BeatCounts,
  beatClasses,
  type Dataset,
  datasets,
  type LibraryRecord,
  type Quality,
} from "../../domain/libraryRecord.ts";
import { patientsOf } from "./summary.ts";

/** What the records of a query have, counted: the offers of its filters. */
export interface Facets {
  readonly records: number;
  readonly patients: number;
  readonly beats: BeatCounts;
  readonly datasets: Readonly<Partial<Record<Dataset, number>>>;
  /** Labels by number of records, most frequent first. */
  readonly labels: readonly { readonly label: string; readonly count: number }[];
  readonly folds: readonly number[];
  readonly qualities: Readonly<Partial<Record<Quality, number>>>;
  /** s */
  readonly duration: number;
  readonly byteSize: number;
}

/** Counts what records have. */
export function facetsOf(records: readonly LibraryRecord[]): Facets {
  const beats = { N: 0, S: 0, V: 0, F: 0, Q: 0 };
  const byDataset: Partial<Record<Dataset, number>> = {};
  const byQuality: Partial<Record<Quality, number>> = {};
  const labels = new Map<string, number>();
  const folds = new Set<number>();
  let [duration, byteSize] = [0, 0];
  for (const record of records) {
    for (const beatClass of beatClasses) beats[beatClass] += record.beatCounts[beatClass];
    byDataset[record.dataset] = (byDataset[record.dataset] ?? 0) + 1;
    byQuality[record.quality] = (byQuality[record.quality] ?? 0) + 1;
    for (const label of record.labels) labels.set(label, (labels.get(label) ?? 0) + 1);
    if (record.fold !== null) folds.add(record.fold);
    duration += record.length / record.samplingFrequency;
    byteSize += record.byteSize;
  }
  return {
    records: records.length,
    patients: patientsOf(records),
    beats,
    datasets: Object.fromEntries(
      Object.keys(datasets).flatMap((name) => {
        const count = byDataset[name as Dataset];
        return count === undefined ? [] : [[name, count]];
      }),
    ),
    labels: [...labels]
      .map(([label, count]) => ({ label, count }))
      .sort((one, other) => other.count - one.count || (one.label < other.label ? -1 : 1)),
    folds: [...folds].sort((one, other) => one - other),
    qualities: byQuality,
    duration,
    byteSize,
  };
}
