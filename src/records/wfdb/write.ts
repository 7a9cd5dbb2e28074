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
/** Steps to either side of the middle; a little less than the format holds, so that rounding cannot leave it. */
const reach = 32000;
/** Steps a millivolt where the signal allows it: 1 µV is finer than any converter. */
const usualGain = 1000;
/** A signal that spans fewer steps than this takes a finer gain. */
const fewestSteps = 100;
const [smallestGain, largestBaseline] = [1e-24, 2 ** 30];

/**
 * A recording as a WFDB record: header, signals in format 16, and annotations (`.atr`) where there are any. NaN and
 * infinite samples become "no valid sample"; a lead with no unit is given as `NU`.
 * @throws Failure `unwritable` for leads that do not fit one frame, a name or a frequency that WFDB does not allow, or
 * samples beyond what it can state; `annotation-value` as `writeAnnotations`
 */
export function writeRecord(recording: Recording): WrittenFile[] {
  const { name, samplingFrequency, length, leads, annotations, comments } = recording;
  if (!/^[A-Za-z0-9_-]+$/.test(name)) {
    throw unwritable(name, "A record's name may hold letters, digits, _ and - only.", "Choose another name.");
  }
  if (!(samplingFrequency > 0 && Number.isFinite(samplingFrequency))) {
    throw unwritable(name, `${samplingFrequency} Hz is no sampling frequency.`, "Give one above 0.");
  }
  const perFrame = leads.map((lead) => samplesPerFrame(lead, length, name));
  const quantised = leads.map(quantise);
  const header = [
    `${name} ${leads.length} ${samplingFrequency} ${length}`,
    ...quantised.map(({ samples, gain, baseline }, index) => {
      const format = perFrame[index] === 1 ? "16" : `16x${perFrame[index]}`;
      const unit = oneWord(leads[index].unit);
      const scale = `${gain}(${baseline})/${unit === "" ? "NU" : unit}`;
      return `${name}.dat ${format} ${scale} 16 0 ${samples[0] ?? 0} ${checksumOf(samples)} 0 ${oneLine(leads[index].name)}`;
    }),
    ...comments.map((comment) => `# ${oneLine(comment)}`),
    "",
  ].join("\n");
  const bytes = interleave(
    quantised.map(({ samples }) => samples),
    perFrame,
    length,
  );
  const files: WrittenFile[] = [
    { name: `${name}.hea`, bytes: new TextEncoder().encode(header) },
    { name: `${name}.dat`, bytes },
  ];
  return annotations.length === 0
    ? files
    : [...files, { name: `${name}.atr`, bytes: writeAnnotations(annotations) }];
}

const oneLine = (text: string) => text.replaceAll(/[\r\n]+/g, " ").trim();
const oneWord = (text: string) => text.trim().replaceAll(/\s+/g, "_");

function samplesPerFrame(lead: Lead, length: number, recordName: string): number {
  const perFrame = length === 0 && lead.samples.length === 0 ? 1 : lead.samples.length / length;
  if (Number.isInteger(perFrame) && perFrame >= 1) return perFrame;
  throw unwritable(
    recordName,
    `The lead ${lead.name} has ${lead.samples.length} samples, not a whole number for each of ${length} frames.`,
    "Resample it, or export it on its own.",
  );
}

function interleave(signals: readonly Int32Array[], perFrame: readonly number[], length: number): Uint8Array {
  const frame = perFrame.reduce((sum, count) => sum + count, 0);
  const bytes = new Uint8Array(2 * length * frame);
  const view = new DataView(bytes.buffer);
  let first = 0;
  signals.forEach((samples, lead) => {
    const count = perFrame[lead];
    for (let index = 0; index < samples.length; index++) {
      const at = Math.floor(index / count) * frame + first + (index % count);
      view.setInt16(2 * at, samples[index], true);
    }
    first += count;
  });
  return bytes;
}

interface Quantised {
  readonly samples: Int32Array;
  /** Steps a unit, and the step that stands for 0. */
  readonly gain: number;
  readonly baseline: number;
}

/** Steps at the usual gain, or at the one nearest to it at which the samples fit 16 bits and are not lost in a step. */
function quantise({ samples, name }: Lead): Quantised {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of samples) {
    if (!Number.isFinite(value)) continue;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  if (lowest > highest) [lowest, highest] = [0, 0];
  const span = highest - lowest;
  const middle = lowest + span / 2;
  const decades = span === 0 ? 0 : Math.max(0, Math.ceil(Math.log10(fewestSteps / (span * usualGain))));
  const wanted = usualGain * 10 ** Math.min(decades, 8);
  const fitting = Math.min(wanted, (2 * reach) / span, largestBaseline / Math.abs(middle));
  const gain = fitting === wanted ? wanted : Number(fitting.toPrecision(6));
  if (gain < smallestGain) {
    throw unwritable(name, `Samples up to ${highest} are beyond what a header can scale.`, "Scale the lead.");
  }
  const fits = Math.max(Math.abs(lowest), Math.abs(highest)) * gain <= largest;
  const baseline = fits ? 0 : -Math.round(middle * gain);
  return {
    gain,
    baseline,
    samples: Int32Array.from(samples, (value) =>
      Number.isFinite(value) ? Math.round(value * gain) + baseline : invalid,
    ),
  };
}

function unwritable(place: string, message: string, remedy: string): Failure {
  return new Failure("unwritable", message, place, remedy);
}
