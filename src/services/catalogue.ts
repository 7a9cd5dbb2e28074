import type { RecordQuery } from "../domain/cohort.ts";
import type { LibraryRecord } from "../domain/libraryRecord.ts";
import { type Facets, facetsOf } from "../records/library/facets.ts";
import { inOrder, matches, type Order } from "../records/library/query.ts";
import { onChanged } from "../storage/changes.ts";
import { database } from "../storage/database.ts";

/** A window into the records that a query gives. */
export interface QueryAnswer {
  readonly total: number;
  readonly rows: readonly LibraryRecord[];
}

/** All records of the library in memory, so that a query of twenty thousand answers at once. */
let records: Promise<Map<string, LibraryRecord>> | null = null;
/** Grows with every change: what was derived from the library before is old. */
let revision = 0;
/** The last query's answer: a list that scrolls asks for it again and again. */
let last: { readonly key: string; readonly found: readonly LibraryRecord[] } | null = null;

/** The whole library by hash. */
export function catalogue(): Promise<Map<string, LibraryRecord>> {
  if (records === null) {
    onChanged((hashes) => {
      refreshCatalogue(hashes).catch((error: unknown) => {
        // Better no catalogue than a stale one: the next query reads it anew.
        records = null;
        throw error;
      });
    });
    records = database.records
      .toArray()
      .then((all) => new Map(all.map((record) => [record.hash, withSharedLeads(record)])));
  }
  return records;
}

/** Lists of leads by what they say: twenty thousand records of one database have the same few. */
const leadLists = new Map<string, LibraryRecord["leads"]>();

function withSharedLeads(record: LibraryRecord): LibraryRecord {
  const key = JSON.stringify(record.leads);
  const leads = leadLists.get(key) ?? record.leads;
  leadLists.set(key, leads);
  return { ...record, leads };
}

/** Takes in records that were stored just now. */
export async function addToCatalogue(added: readonly LibraryRecord[]): Promise<void> {
  revision++;
  last = null;
  if (records === null) return;
  const known = await records;
  for (const record of added) known.set(record.hash, withSharedLeads(record));
}

/** Reads records again that have changed. */
export async function refreshCatalogue(hashes: readonly string[]): Promise<void> {
  revision++;
  if (records === null) return;
  const known = await records;
  const now = await database.records.bulkGet([...hashes]);
  now.forEach((record, index) => {
    if (record === undefined) known.delete(hashes[index]);
    else known.set(record.hash, withSharedLeads(record));
  });
  last = null;
}

/** Number of changes of the library so far. */
export const catalogueRevision = (): number => revision;

async function find(query: RecordQuery, order: Order): Promise<readonly LibraryRecord[]> {
  const key = JSON.stringify([query, order]);
  if (last?.key === key) return last.found;
  const all = [...(await catalogue()).values()];
  const found = inOrder(
    all.filter((record) => matches(record, query)),
    order,
  );
  last = { key, found };
  return found;
}

/** Rows `from` to `from + count` of the records that a query gives. */
export async function queryRecords(
  query: RecordQuery,
  order: Order,
  from: number,
  count: number,
): Promise<QueryAnswer> {
  const found = await find(query, order);
  return { total: found.length, rows: found.slice(from, from + count) };
}

/** What the records of a query have, and what the whole library offers. */
export async function queryFacets(query: RecordQuery): Promise<{ found: Facets; whole: Facets }> {
  const all = [...(await catalogue()).values()];
  return { found: facetsOf(all.filter((record) => matches(record, query))), whole: facetsOf(all) };
}

/** Hashes of the records that a query gives, in order of their names. */
export async function queryHashes(query: RecordQuery): Promise<string[]> {
  return (await find(query, { key: "name", descending: false })).map(({ hash }) => hash);
}
