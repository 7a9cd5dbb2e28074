import { Failure } from "../../domain/failure.ts";
import type { Lead, Recording } from "../../domain/recording.ts";
import { writeAnnotations } from "./annotations.ts";
import { checksumOf } from "./checksum.ts";

export interface WrittenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const invalid = -32768;
const largest = 32767;
/** Steps a millivolt where the signal allows it: 1 µV is finer than any converter. */
const finestGain = 1000;

/**
 * A recording as a WFDB record: header, signals in format 16, and annotations (`.atr`) where there are any.
 * @throws Failure `unwritable` for leads of different frequencies or a name that WFDB does not allow
 */
export function writeRecord(recording: Recording): WrittenFile[] {
  const { name, samplingFrequency, length, leads, annotations, comments } = recording;
  if (!/^[A-Za-z0-9_-]+$/.test(name)) {
    throw new Failure(
      "unwritable",
      "A record's name may hold letters, digits, _ and - only.",
      name,
      "Choose another name.",
    );
  }
  if (leads.some((lead) => lead.samples.length !== length)) {
    throw new Failure(
      "unwritable",
      "Leads of different frequencies cannot stand in one file.",
      name,
      "Export the leads one by one.",
    );
  }
  const quantised = leads.map(quantise);
  const bytes = new Uint8Array(2 * length * leads.length);
  const view = new DataView(bytes.buffer);
  quantised.forEach(({ samples }, lead) => {
    for (let index = 0; index < length; index++)
      view.setInt16(2 * (index * leads.length + lead), samples[index], true);
  });
  const header = [
    `${name} ${leads.length} ${samplingFrequency} ${length}`,
    ...quantised.map(({ samples, gain }, index) => {
      const { unit, name: description } = leads[index];
      return `${name}.dat 16 ${gain}(0)/${unit} 16 0 ${samples[0] ?? 0} ${checksumOf(samples)} 0 ${description}`;
    }),
    ...comments.map((comment) => `# ${comment.replaceAll(/[\r\n]+/g, " ")}`),
    "",
  ].join("\n");
  const files: WrittenFile[] = [
    { name: `${name}.hea`, bytes: new TextEncoder().encode(header) },
    { name: `${name}.dat`, bytes },
  ];
  return annotations.length === 0
    ? files
    : [...files, { name: `${name}.atr`, bytes: writeAnnotations(annotations) }];
}

/** Steps of the finest gain at which the largest sample still fits into 16 bits. */
function quantise({ samples }: Lead): { readonly samples: Int32Array; readonly gain: number } {
  let highest = 0;
  for (const value of samples) if (Math.abs(value) > highest) highest = Math.abs(value);
  const fitting = highest === 0 ? finestGain : Math.min(finestGain, largest / highest);
  const gain = fitting >= 1 ? Math.floor(fitting) : Number(fitting.toPrecision(6)) * 0.999;
  return {
    gain,
    samples: Int32Array.from(samples, (value) => (Number.isNaN(value) ? invalid : Math.round(value * gain))),
  };
}
