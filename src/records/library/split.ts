import { type Shares, type Side, type Split, sides } from "../../domain/cohort.ts";
import { beatClasses, type LibraryRecord } from "../../domain/libraryRecord.ts";
import { createRandom } from "../../signal/random.ts";

/** Records that always stand on the same side: those of a patient, or each alone. */
interface Group {
  readonly key: string;
  readonly records: readonly LibraryRecord[];
}

/**
 * The side of every record, by hash; a record that the split cannot place is not in the map. The same records, split
 * and seed give the same sides, in whatever order the records come.
 */
export function assignSides(records: readonly LibraryRecord[], split: Split): Map<string, Side> {
  switch (split.kind) {
    case "record":
      return share(
        groupsOf(records, ({ hash }) => hash),
        split.shares,
        split.seed,
      );
    case "patient":
      return share(groupsOf(records, patientKey), split.shares, split.seed);
    case "published":
      return asPublished(records, split);
    case "leaveOnePatientOut": {
      const isHeldOut = (record: LibraryRecord) => patientKey(record) === split.patient;
      const others = records.filter((record) => !isHeldOut(record));
      return new Map([
        ...share(groupsOf(others, patientKey), withValidation(split.validationShare), split.seed),
        ...records.filter(isHeldOut).map(({ hash }) => [hash, "test"] as const),
      ]);
    }
  }
}

const patientKey = ({ patient, hash }: LibraryRecord) => patient ?? hash;

const withValidation = (validation: number): Shares => ({ train: 1 - validation, validation, test: 0 });

function asPublished(
  records: readonly LibraryRecord[],
  split: Extract<Split, { kind: "published" }>,
): Map<string, Side> {
  const assigned = new Map<string, Side>();
  for (const { hash, fold, division } of records) {
    if (division === "DS2") assigned.set(hash, "test");
    else if (division === null && fold !== null) {
      assigned.set(
        hash,
        split.testFolds.includes(fold)
          ? "test"
          : split.validationFolds.includes(fold)
            ? "validation"
            : "train",
      );
    }
  }
  const learned = records.filter(({ division }) => division === "DS1");
  const shared = share(groupsOf(learned, patientKey), withValidation(split.validationShare), split.seed);
  for (const [hash, side] of shared) assigned.set(hash, side);
  return assigned;
}

function groupsOf(records: readonly LibraryRecord[], keyOf: (record: LibraryRecord) => string): Group[] {
  const groups = new Map<string, LibraryRecord[]>();
  for (const record of records) {
    const group = groups.get(keyOf(record));
    if (group === undefined) groups.set(keyOf(record), [record]);
    else group.push(record);
  }
  return [...groups]
    .map(([key, members]) => ({ key, records: members }))
    .sort((one, other) => (one.key < other.key ? -1 : 1));
}

/**
 * Shares groups out so that labels and classes of beats come out in the wanted shares as nearly as whole patients
 * allow: the groups with the rarest contents first, each to the side that lacks most of its rarest content, and of those
 * that lack as much, of its next (iterative stratification after Sechidis, Tsoumakas & Vlahavas, ECML PKDD 2011).
 */
function share(groups: readonly Group[], shares: Shares, seed: number): Map<string, Side> {
  const contents = new Map(groups.map((group) => [group, contentsOf(group)]));
  const totals = new Map<string, number>();
  const holders = new Map<string, number>();
  for (const held of contents.values()) {
    for (const [kind, amount] of held) {
      totals.set(kind, (totals.get(kind) ?? 0) + amount);
      holders.set(kind, (holders.get(kind) ?? 0) + 1);
    }
  }
  // The contents of a group, the rarest first, each as a part of all there is.
  const partsOf = (group: Group) =>
    [...(contents.get(group) ?? [])]
      .map(([kind, amount]) => ({
        kind,
        rarity: holders.get(kind) ?? 0,
        part: amount / (totals.get(kind) ?? 1),
      }))
      .sort((one, other) => one.rarity - other.rarity);
  const inTurn = shuffle(groups, seed)
    .map((group) => ({ group, parts: partsOf(group) }))
    .sort(
      (one, other) => one.parts[0].rarity - other.parts[0].rarity || other.parts[0].part - one.parts[0].part,
    );
  const open = sides.filter((side) => shares[side] > 0);
  const lacking = new Map(
    open.map((side) => [side, new Map([...totals.keys()].map((kind) => [kind, shares[side]]))]),
  );
  const lack = (side: Side, kind: string) => lacking.get(side)?.get(kind) ?? 0;
  const assigned = new Map<string, Side>();
  for (const { group, parts } of inTurn) {
    let best = open;
    for (const { kind } of parts) {
      const most = Math.max(...best.map((side) => lack(side, kind)));
      best = best.filter((side) => lack(side, kind) > most - 1e-9);
      if (best.length === 1) break;
    }
    const [side] = best;
    for (const { kind, part } of parts) lacking.get(side)?.set(kind, lack(side, kind) - part);
    for (const { hash } of group.records) assigned.set(hash, side);
  }
  return withoutEmptySides(assigned, inTurn.map(({ group }) => group).reverse(), open);
}

/** Of a handful of patients the largest side would take all: as long as there are enough, every side gets one. */
function withoutEmptySides(
  assigned: Map<string, Side>,
  commonestFirst: readonly Group[],
  open: readonly Side[],
): Map<string, Side> {
  const sideOf = (group: Group) => assigned.get(group.records[0].hash);
  for (const side of open) {
    if (commonestFirst.some((group) => sideOf(group) === side)) continue;
    const spare = commonestFirst.find(
      (group) => commonestFirst.filter((other) => sideOf(other) === sideOf(group)).length > 1,
    );
    for (const { hash } of spare?.records ?? []) assigned.set(hash, side);
  }
  return assigned;
}

function shuffle<T>(items: readonly T[], seed: number): T[] {
  const random = createRandom(seed);
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    [shuffled[last], shuffled[other]] = [shuffled[other], shuffled[last]];
  }
  return shuffled;
}

/** How much a group holds of what is to be shared out: records, each label, each class of beats. */
function contentsOf({ records }: Group): Map<string, number> {
  const contents = new Map([["records", records.length]]);
  const add = (kind: string, amount: number) => {
    if (amount > 0) contents.set(kind, (contents.get(kind) ?? 0) + amount);
  };
  for (const record of records) {
    for (const label of record.labels) add(`label ${label}`, 1);
    for (const beatClass of beatClasses) add(`beats ${beatClass}`, record.beatCounts[beatClass]);
  }
  return contents;
}
