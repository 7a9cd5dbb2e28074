import { describePtbXl, ecgIdOf, type PtbXlTables } from "./describe.ts";
import { fileNameOf, type SourceFile } from "./sourceFile.ts";

/** What files promise before any record is read. */
export interface ImportSurvey {
  /** Headers and single-file records; segments of longer records are counted as well. */
  readonly records: number;
  readonly bytes: number;
  /** Records of PTB-XL at each of its rates. */
  readonly ptbXl: { readonly at100: number; readonly at500: number; readonly described: number } | null;
  /** Labels that PTB-XL's tables give to the electrocardiograms among the files, most frequent first. */
  readonly labels: readonly { readonly label: string; readonly count: number }[];
}

/** Counts what an import would find, by names and tables alone. */
export function surveyFiles(files: readonly SourceFile[], tables: PtbXlTables): ImportSurvey {
  let [records, bytes, at100, at500] = [0, 0, 0, 0];
  const ecgIds = new Set<number>();
  for (const { path, size } of files) {
    bytes += size;
    const name = fileNameOf(path);
    const found = /^(.*)\.(hea|edf|mat)$/i.exec(name);
    if (found === null) continue;
    records++;
    const ecgId = ecgIdOf(found[1]);
    if (ecgId === null) continue;
    ecgIds.add(ecgId);
    if (found[1].endsWith("_lr")) at100++;
    else at500++;
  }
  const counts = new Map<string, number>();
  let described = 0;
  for (const ecgId of ecgIds) {
    const row = tables.rows.get(ecgId);
    if (row === undefined) continue;
    described++;
    for (const label of describePtbXl(row, tables.statements).labels) {
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
  }
  return {
    records,
    bytes,
    ptbXl: ecgIds.size === 0 ? null : { at100, at500, described },
    labels: [...counts]
      .map(([label, count]) => ({ label, count }))
      .sort((one, other) => other.count - one.count || (one.label < other.label ? -1 : 1)),
  };
}
