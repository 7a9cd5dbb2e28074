/** Bits of numbers of single precision survive: nine digits tell every one of them apart. */
const exact = (value: number) => Number(value.toPrecision(9));

/** Probabilities and labels of a test as JSON holds them. */
export interface PlainScores {
  readonly probabilities: readonly number[];
  /** `01101` */
  readonly labels: string;
}

export function scoresAsJson(scores: {
  readonly probabilities: Float32Array;
  readonly labels: Uint8Array;
}): PlainScores {
  return { probabilities: Array.from(scores.probabilities, exact), labels: scores.labels.join("") };
}

/** Whether a value of a file is probabilities with as many labels. */
export function isPlainScores(value: unknown): value is PlainScores {
  if (typeof value !== "object" || value === null) return false;
  const { probabilities, labels } = value as Partial<PlainScores>;
  return (
    Array.isArray(probabilities) &&
    typeof labels === "string" &&
    /^[01]*$/.test(labels) &&
    labels.length === probabilities.length &&
    probabilities.every((each) => typeof each === "number" && each >= 0 && each <= 1)
  );
}

export function scoresFrom({ probabilities, labels }: PlainScores): {
  readonly probabilities: Float32Array;
  readonly labels: Uint8Array;
} {
  return { probabilities: Float32Array.from(probabilities), labels: Uint8Array.from(labels, Number) };
}
