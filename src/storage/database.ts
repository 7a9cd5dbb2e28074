import { Dexie, type EntityTable } from "dexie";

/** A stored record without its bytes, so that a list never loads them. */
export interface StoredRecord {
  /** SHA-256 of its files; the same record is stored once. */
  readonly hash: string;
  name: string;
  /** Name inside the header and of the files. */
  readonly recordName: string;
  /** ms since 1970 */
  readonly importedAt: number;
  /** Hz */
  readonly samplingFrequency: number;
  /** frames */
  readonly length: number;
  readonly leads: readonly {
    readonly name: string;
    readonly unit: string;
    readonly samplingFrequency: number;
  }[];
  readonly beatCount: number;
  readonly annotationCount: number;
  readonly comments: readonly string[];
  /** Checksums that do not hold, in words. */
  readonly warnings: readonly string[];
  /** bytes */
  readonly byteSize: number;
}

/** The raw bytes of a record's files. */
export interface StoredFiles {
  readonly hash: string;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** A preference, by name. */
export interface Setting {
  readonly key: string;
  readonly value: number | string | boolean;
}

class WorkbenchDatabase extends Dexie {
  readonly records!: EntityTable<StoredRecord, "hash">;
  readonly files!: EntityTable<StoredFiles, "hash">;
  readonly settings!: EntityTable<Setting, "key">;

  constructor() {
    super("ecg-workbench");
    this.version(1).stores({ records: "hash, name, importedAt", files: "hash", settings: "key" });
  }
}

/** The one database of the workbench. */
export const database = new WorkbenchDatabase();
