import type { RecordQuery } from "../../domain/cohort.ts";
import { durationOf, type LibraryRecord } from "../../domain/libraryRecord.ts";

/** Whether a record is meant by a query. */
export function matches(record: LibraryRecord, query: RecordQuery): boolean {
  return (
    isOneOf(query.datasets, record.dataset) &&
    isOneOf(query.patients, record.patient) &&
    isOneOf(query.sexes, record.sex) &&
    isOneOf(query.folds, record.fold) &&
    isOneOf(query.divisions, record.division) &&
    isOneOf(query.qualities, record.quality) &&
    !(query.withoutPaced === true && record.paced) &&
    isWithin(query.age, record.age) &&
    (query.shortest === undefined || durationOf(record) >= query.shortest) &&
    (query.labels === undefined ||
      query.labels.length === 0 ||
      query.labels.some((label) => record.labels.includes(label))) &&
    !(query.withoutLabels?.some((label) => record.labels.includes(label)) ?? false) &&
    (query.beatClasses?.every((beatClass) => record.beatCounts[beatClass] > 0) ?? true) &&
    containsWords(record, query.text)
  );
}

/** An empty list restricts as little as an absent one. */
function isOneOf<T>(allowed: readonly T[] | undefined, value: T | null): boolean {
  return allowed === undefined || allowed.length === 0 || (value !== null && allowed.includes(value));
}

function isWithin(range: RecordQuery["age"], age: number | null): boolean {
  return range === undefined || (age !== null && age >= range.from && age <= range.to);
}

/** Text of a record in which words are looked for, by record: made once, as a search asks at every key. */
const searched = new WeakMap<LibraryRecord, string>();

function containsWords(record: LibraryRecord, text: string | undefined): boolean {
  if (text === undefined || text.trim() === "") return true;
  let haystack = searched.get(record);
  if (haystack === undefined) {
    const { name, recordName, patient, labels, report, comments } = record;
    haystack = [name, recordName, patient ?? "", ...labels, report, ...comments].join("\n").toLowerCase();
    searched.set(record, haystack);
  }
  return text
    .toLowerCase()
    .trim()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}

/** Columns by which a list can be in order. */
export const sortKeys = ["name", "patient", "age", "duration", "beats", "heartRate", "importedAt"] as const;
export type SortKey = (typeof sortKeys)[number];

export interface Order {
  readonly key: SortKey;
  readonly descending: boolean;
}

const orderOf: Readonly<Record<SortKey, (record: LibraryRecord) => number | string | null>> = {
  name: (record) => record.name,
  patient: (record) => record.patient,
  age: (record) => record.age,
  duration: durationOf,
  beats: (record) => record.beatCount,
  heartRate: (record) => record.heartRate,
  importedAt: (record) => record.importedAt,
};

/** Compares numbers within names as numbers: 9 before 10. Made once: making one is slow. */
const collator = new Intl.Collator("en", { numeric: true });

/** Records in order; what a record does not have stands last, whatever the direction. */
export function inOrder(records: readonly LibraryRecord[], { key, descending }: Order): LibraryRecord[] {
  const keyOf = orderOf[key];
  const sign = descending ? -1 : 1;
  return records
    .map((record) => ({ record, value: keyOf(record) }))
    .sort((one, other) => {
      if (one.value === null || other.value === null) {
        return Number(one.value === null) - Number(other.value === null);
      }
      return sign * compare(one.value, other.value);
    })
    .map(({ record }) => record);
}

function compare(one: number | string, other: number | string): number {
  return typeof one === "number" && typeof other === "number"
    ? one - other
    : collator.compare(String(one), String(other));
}
