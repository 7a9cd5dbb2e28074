/**
 * The 48 records of the MIT-BIH Arrhythmia Database in the division of de Chazal, O'Dwyer & Reilly (2004): DS1 to
 * learn from, DS2 to test with. Records with a pacemaker are in neither.
 */
export const mitBihRecords: Readonly<Record<"DS1" | "DS2" | "paced", readonly string[]>> = {
  DS1: "101 106 108 109 112 114 115 116 118 119 122 124 201 203 205 207 208 209 215 220 223 230".split(" "),
  DS2: "100 103 105 111 113 117 121 123 200 202 210 212 213 214 219 221 222 228 231 232 233 234".split(" "),
  paced: "102 104 107 217".split(" "),
};

export interface MitBihInformation {
  /**
   * Unlike any other database's: `mitdb/100`. Records 201 and 202 are of one man and share `mitdb/201`, although the
   * published division puts them on different sides.
   */
  readonly patient: string;
  /** Years; null where it was not recorded. */
  readonly age: number | null;
  readonly sex: "male" | "female" | null;
  readonly paced: boolean;
  readonly division: "DS1" | "DS2" | null;
}

/** What tells one of the database's records from another that bears its name. */
export interface SignalLayout {
  readonly count: number;
  /** Hz */
  readonly samplingFrequency: number;
}

/**
 * Who a record of the MIT-BIH Arrhythmia Database is of, and on which side of the division it stands.
 * @param comments of the record's header; the first of the form `69 M 1085 1629 x1` (age, sex, …) gives age and sex
 * @returns null where the name, the number of signals (2) or their frequency (360 Hz) is not the database's
 */
export function mitBihInformation(
  recordName: string,
  comments: readonly string[],
  signals: SignalLayout,
): MitBihInformation | null {
  const isDs1 = mitBihRecords.DS1.includes(recordName);
  const isDs2 = mitBihRecords.DS2.includes(recordName);
  const paced = mitBihRecords.paced.includes(recordName);
  if (!(isDs1 || isDs2 || paced) || signals.count !== 2 || signals.samplingFrequency !== 360) return null;
  return {
    patient: `mitdb/${recordName === "202" ? "201" : recordName}`,
    ...ageAndSex(comments),
    paced,
    division: isDs1 ? "DS1" : isDs2 ? "DS2" : null,
  };
}

function ageAndSex(comments: readonly string[]): Pick<MitBihInformation, "age" | "sex"> {
  for (const comment of comments) {
    const found = /^(-?\d{1,3}|\?|N\/A)\s+([MF?])\s+\S+\s+\S+\s+x[12]\b/.exec(comment);
    if (found === null) continue;
    const age = Number(found[1]);
    // Where the age was not recorded the header says -1.
    return {
      age: age >= 0 ? age : null,
      sex: found[2] === "M" ? "male" : found[2] === "F" ? "female" : null,
    };
  }
  return { age: null, sex: null };
}
