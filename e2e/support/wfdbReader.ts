/** A WFDB record as this small reader understands it: format 16, one file. Shares nothing with the workbench's own. */
export interface ReadBack {
  readonly frequency: number;
  readonly names: readonly string[];
  /** `[signal][time]`, physical units. */
  readonly signals: readonly number[][];
  readonly checksumsHold: boolean;
  readonly comments: readonly string[];
}

/** Reads header and signals of a record. */
export function readBack(header: string, data: Buffer): ReadBack {
  const lines = header.split("\n").filter((line) => line !== "");
  const comments = lines.filter((line) => line.startsWith("#")).map((line) => line.slice(1).trim());
  const [record, ...signalLines] = lines.filter((line) => !line.startsWith("#"));
  const [, count, frequency, length] = record.split(" ");
  const fields = signalLines.slice(0, Number(count)).map((line) => line.split(" "));
  const signals: number[][] = fields.map(() => []);
  const sums = fields.map(() => 0);
  for (let sample = 0; sample < Number(length); sample++) {
    for (let signal = 0; signal < fields.length; signal++) {
      const step = data.readInt16LE(2 * (sample * fields.length + signal));
      sums[signal] = (sums[signal] + step) & 0xffff;
      signals[signal].push(step / Number.parseFloat(fields[signal][2]));
    }
  }
  return {
    frequency: Number(frequency),
    names: fields.map((field) => field.slice(8).join(" ")),
    signals,
    checksumsHold: fields.every(
      (field, signal) =>
        (Number(field[6]) & 0xffff) === sums[signal] && Number(field[5]) === data.readInt16LE(2 * signal),
    ),
    comments,
  };
}

/** Reads an MIT annotation file into `code@sample`. */
export function readBackAnnotations(
  data: Buffer,
): { readonly code: number; readonly sample: number; readonly text: string }[] {
  const found: { code: number; sample: number; text: string }[] = [];
  let time = 0;
  for (let at = 0; at < data.length; at += 2) {
    const word = data.readUInt16LE(at);
    const [code, value] = [word >> 10, word & 1023];
    if (word === 0) break;
    if (code === 59) {
      time += data.readUInt16LE(at + 2) * 65536 + data.readUInt16LE(at + 4);
      at += 4;
    } else if (code === 63) {
      found[found.length - 1].text = data.subarray(at + 2, at + 2 + value).toString();
      at += value + (value % 2);
    } else if (code < 59) {
      time += value;
      found.push({ code, sample: time, text: "" });
    }
  }
  return found;
}
