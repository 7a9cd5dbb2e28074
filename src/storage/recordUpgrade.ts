import type { LibraryRecord } from "../domain/libraryRecord.ts";
import { originOfComments, simulatedCohortOrigin } from "../domain/syntheticOrigin.ts";

/** The mark of a record that was stored before synthetic ones were marked: by its data set and its files' comments. */
export function markedByComments({
  dataset,
  comments,
}: Pick<LibraryRecord, "dataset" | "comments">): Pick<LibraryRecord, "synthetic"> {
  const synthetic = dataset === "simulated" ? simulatedCohortOrigin : originOfComments(comments);
  return synthetic === undefined ? {} : { synthetic };
}
