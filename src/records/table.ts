import Papa from "papaparse";
import { Failure } from "../domain/failure.ts";

/** A row of a table whose first row names its columns. */
export interface Row {
  /** Where the row stands, for failures: `scp_statements.csv, row 3`; the header is row 1. */
  readonly place: string;
  /** The cell under a name, without the space around it; null where the table lacks the column. */
  cell(column: string): string | null;
}

/** Cells of one row that a table may have; far above any real one. */
const mostColumns = 10_000;

/**
 * Reads a comma-separated table with a header row (RFC 4180: quoted cells may hold commas and line feeds). Columns are
 * found by name, in any order; those that nobody asks for are ignored.
 * @param needed names without which the table is of no use
 * @throws Failure `csv-syntax` with the row, or `csv-columns` with the names that are missing
 */
export function readTable(text: string, fileName: string, needed: readonly string[]): Row[] {
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""), {
    delimiter: ",",
    skipEmptyLines: "greedy",
  });
  const [error] = errors;
  if (error !== undefined) {
    throw new Failure(
      "csv-syntax",
      `The table has a wrong quotation mark: ${error.message}.`,
      `${fileName}, row ${(error.row ?? 0) + 1}`,
      "Get the file again: it may be cut short.",
    );
  }
  const names = (data[0] ?? []).slice(0, mostColumns).map((name) => name.trim());
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new Failure(
      "csv-columns",
      `The table lacks the ${missing.length === 1 ? "column" : "columns"} ${missing.map((name) => name || "without a name").join(", ")}.`,
      `${fileName}, row 1`,
      "Check that this is the right table, and that its first row names the columns.",
    );
  }
  const columns = new Map(names.map((name, index) => [name, index]));
  return data.slice(1).map((cells, index) => {
    const place = `${fileName}, row ${index + 2}`;
    if (cells.length !== data[0].length) {
      throw new Failure(
        "csv-syntax",
        `The row has ${cells.length} cells where the first row names ${data[0].length}.`,
        place,
        "Get the file again: it may be cut short.",
      );
    }
    return {
      place,
      cell(column) {
        const at = columns.get(column);
        return at === undefined ? null : cells[at].trim();
      },
    };
  });
}
