import type { RecordQuery, Split } from "../../../../domain/cohort.ts";
import { datasets } from "../../../../domain/libraryRecord.ts";

/** The filters of a cohort in words. */
export function queryInWords(query: RecordQuery): string {
  const parts = [
    query.text === undefined ? "" : `“${query.text}”`,
    query.datasets?.map((name) => datasets[name]).join(" or ") ?? "",
    query.labels === undefined ? "" : `labelled ${query.labels.join(" or ")}`,
    query.withoutLabels === undefined ? "" : `not labelled ${query.withoutLabels.join(" or ")}`,
    query.beatClasses === undefined ? "" : `with beats ${query.beatClasses.join(" and ")}`,
    query.sexes?.join(" or ") ?? "",
    query.age === undefined ? "" : `${query.age.from} to ${query.age.to} years`,
    query.folds === undefined ? "" : `fold ${query.folds.join(", ")}`,
    query.divisions?.join(" or ") ?? "",
    query.qualities === undefined ? "" : `signal ${query.qualities.join(" or ")}`,
    query.withoutPaced ? "without paced patients" : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? "All records of the library" : parts.join(", ");
}

const percent = (share: number) => `${Math.round(share * 100)}`;

/** A split in words. */
export function splitInWords(split: Split): string {
  const seed = `seed ${split.seed}`;
  switch (split.kind) {
    case "record":
    case "patient": {
      const { train, validation, test } = split.shares;
      return `by ${split.kind}, ${percent(train)} / ${percent(validation)} / ${percent(test)} %, ${seed}`;
    }
    case "published":
      return `as published: DS1 against DS2, folds ${split.validationFolds.join(", ")} and ${split.testFolds.join(", ")} for validation and test, ${seed}`;
    case "leaveOnePatientOut":
      return `patient ${split.patient} left out, ${seed}`;
  }
}
