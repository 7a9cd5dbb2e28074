import { Failure } from "../../domain/failure.ts";
import type { SignalHeader } from "./header.ts";

/** Sum of all samples modulo 2¹⁶, as 16-bit two's complement (WFDB header(5)). */
export function checksumOf(samples: Int32Array): number {
  let sum = 0;
  for (let index = 0; index < samples.length; index++) sum = (sum + samples[index]) | 0;
  return (sum << 16) >> 16;
}

/**
 * Compares a signal as stored with what its header states.
 * @param invalid stands for "no valid sample": a header that states an initial value cannot mean it
 * @param wholeSignal false where the header gives no length: its checksum then speaks of an unknown part
 * @returns a Failure `checksum` for each statement that does not hold
 */
export function verifySignal(
  samples: Int32Array,
  header: SignalHeader,
  invalid: number,
  wholeSignal: boolean,
): Failure[] {
  const { initialValue, checksum, fileName, description } = header;
  const failures: Failure[] = [];
  const report = (message: string) => {
    const place = description === "" ? fileName : `${fileName}, signal ${description}`;
    const remedy =
      "Get the header and the signal file again: one of them is damaged, or they do not belong together.";
    failures.push(new Failure("checksum", message, place, remedy));
  };
  const first = samples.length === 0 || samples[0] === invalid ? initialValue : samples[0];
  if (initialValue !== null && initialValue !== first) {
    report(`The first sample is ${samples[0]} where the header states ${initialValue}.`);
  }
  if (checksum !== null && wholeSignal) {
    const found = checksumOf(samples);
    if (found !== (checksum << 16) >> 16)
      report(`The checksum is ${found} where the header states ${checksum}.`);
  }
  return failures;
}
