import type { ResultForm } from "../protocol.ts";
import type { AugmentationResult } from "./specification.ts";

/** Bits of numbers of single precision survive: nine digits tell every one of them apart. */
export const exact = (value: number) => Number(value.toPrecision(9));

export const isNumbers = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((each) => typeof each === "number" && Number.isFinite(each));

/** Nothing, or a place among the records for each label. */
const isPlaces = (records: unknown, labels: unknown) =>
  records === undefined ||
  (Array.isArray(records) &&
    Array.isArray(labels) &&
    records.length === labels.length &&
    records.every((each) => each === null || Number.isInteger(each)));

/** Results of the augmentation and transfer experiments in files. */
export const augmentationResultForm: ResultForm<AugmentationResult> = {
  write: ({ logits, labels, ...rest }) => ({
    ...rest,
    logits: Array.from(logits, exact),
    labels: Array.from(labels),
  }),
  read(plain, fail) {
    const { logits, labels, patients, ...rest } = plain;
    const fits =
      isNumbers(logits) &&
      isNumbers(labels) &&
      labels.length > 0 &&
      logits.length % labels.length === 0 &&
      labels.every(
        (label) => Number.isInteger(label) && label >= 0 && label < logits.length / labels.length,
      ) &&
      Array.isArray(patients) &&
      patients.length === labels.length &&
      patients.every((each) => typeof each === "string");
    if (!isPlaces(rest.records, labels)) {
      throw fail("result", "The records of its test signals are not as many as these.");
    }
    if (!fits || !isNumbers(rest.train) || !isNumbers(rest.validation)) {
      throw fail("result", "Logits, labels and patients of its test signals do not fit each other.");
    }
    return {
      ...(rest as unknown as Omit<AugmentationResult, "logits" | "labels" | "patients">),
      logits: Float32Array.from(logits),
      labels: Uint8Array.from(labels),
      patients,
    };
  },
};
