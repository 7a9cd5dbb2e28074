import { type LabelledRows, rowsOfLabel } from "../../domain/labelledRows.ts";
import { meanPairDistance } from "../../neural/adversarial/stability.ts";

/** The mean pair distance within each class. */
export function classDistances(rows: LabelledRows, classes: number, length: number): number[] {
  return Array.from({ length: classes }, (_, label) =>
    meanPairDistance(rowsOfLabel(rows, label, length), length),
  );
}
