import Papa from "papaparse";
import { Failure } from "../domain/failure.ts";
import { isMissing, readQuantity, splitName } from "./csvCells.ts";

const mostColumns = 1024;

/** Numbers of one column, growing. */
export class Column {
  /** The finest last digit in it. */
  resolution = Number.POSITIVE_INFINITY;
  #values = new Float64Array(16);
  #length = 0;

  /**
   * @param index from 0
   * @param title without the unit; empty where the column has no name
   * @param unit null where none is stated
   */
  constructor(
    readonly index: number,
    readonly title: string,
    readonly unit: string | null,
  ) {}

  get length(): number {
    return this.#length;
  }

  /** One number a row; NaN where it is missing. */
  get samples(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }

  push(value: number, resolution = 1): void {
    if (this.#length === this.#values.length) {
      const longer = new Float64Array(this.#length * 2);
      longer.set(this.#values);
      this.#values = longer;
    }
    this.#values[this.#length++] = value;
    this.resolution = Math.min(this.resolution, resolution);
  }
}

export interface Columns {
  readonly columns: readonly Column[];
  /** Lines that start with `#`, without it. */
  readonly comments: readonly string[];
  /** Whether a first row names the columns. */
  readonly isNamed: boolean;
  /** Line of each row in the text. */
  readonly lines: Column;
}

/**
 * Reads a table of numbers, with a row of names and one of units where it has them.
 * @throws Failure `csv-syntax`, `csv-columns` or `csv-value` with the line
 */
export function readColumns(text: string, fileName: string): Columns {
  const delimiter = separatorOf(text);
  const comments: string[] = [];
  const lines = new Column(0, "", null);
  let columns: readonly Column[] | null = null;
  let isNamed = false;
  let line = 0;
  const addNumber = numberReader();
  const addRow = (cells: readonly string[]) => {
    const place = `${fileName}, line ${line}`;
    if (columns === null) {
      isNamed = cells.some(isWord);
      columns = columnsOf(isNamed ? cells : cells.map(() => ""), place);
      if (isNamed) return;
    }
    expectCells(cells, columns.length, place);
    if (isNamed && lines.length === 0 && columns.every(({ index }) => isWord(cells[index]))) {
      columns = columns.map(({ index, title }) => new Column(index, title, unquoted(cells[index])));
      isNamed = true;
      return;
    }
    for (const column of columns) addNumber(cells[column.index], column, place);
    lines.push(line);
  };
  Papa.parse<string[]>(text, {
    delimiter,
    step({ data, errors }) {
      line++;
      if (data[0].trimStart().startsWith("#")) {
        comments.push(data.join(delimiter).trim().slice(1).trim());
        return;
      }
      if (errors.length > 0) throw syntax("A quotation mark is wrong.", `${fileName}, line ${line}`);
      if (data.length > 1 || data[0].trim() !== "") addRow(data);
    },
  });
  return { columns: columns ?? [], comments, isNamed, lines };
}

/** The separator in the first line that is no comment: a tab, a semicolon, or else a comma. */
function separatorOf(text: string): string {
  const first = /^(?!\s*#).*\S.*$/m.exec(text)?.[0].replace(/"[^"]*"/g, "") ?? "";
  return ["\t", ";"].find((separator) => first.includes(separator)) ?? ",";
}

function columnsOf(names: readonly string[], place: string): Column[] {
  if (names.length > mostColumns) {
    throw new Failure(
      "csv-columns",
      `The row has ${names.length} columns; ${mostColumns} can be read.`,
      place,
      "Write a column for each lead and a row for each sample.",
    );
  }
  return names.map((cell, index) => {
    const { name, unit } = splitName(cell);
    return new Column(index, name, unit);
  });
}

/** Puts a cell's number into its column. Over a whole file the decimal mark is one: a point or a comma. */
function numberReader(): (cell: string, column: Column, place: string) => void {
  let decimalMark: "." | "," | null = null;
  return (cell, column, place) => {
    if (isMissing(cell)) {
      column.push(Number.NaN);
      return;
    }
    const quantity = readQuantity(cell);
    const mark = quantity?.decimalMark ?? null;
    if (quantity === null || (mark !== null && decimalMark !== null && mark !== decimalMark)) {
      throw new Failure(
        "csv-value",
        `“${cell.trim().slice(0, 40)}” in column ${column.index + 1} is no number${quantity === null ? "" : ": decimal points and commas are mixed"}.`,
        place,
        "Correct the cell; leave it empty where the sample is missing. Columns are separated by , ; or tabs.",
      );
    }
    decimalMark ??= mark;
    column.push(quantity.value, quantity.resolution);
  };
}

function expectCells(cells: readonly string[], count: number, place: string): void {
  if (
    cells.length === count ||
    (cells.length > count && cells.slice(count).every((cell) => cell.trim() === ""))
  )
    return;
  throw syntax(`The row has ${cells.length} cells where the first has ${count}.`, place);
}

const isWord = (cell: string) => !isMissing(cell) && readQuantity(cell) === null;

const unquoted = (cell: string) => cell.trim().replace(/^'(.*)'$/, "$1");

function syntax(message: string, place: string): Failure {
  return new Failure("csv-syntax", message, place, "Get the table again, or correct the line.");
}
