import { meanPairDistance } from "../../neural/adversarial/stability.ts";
import { type LabelledRows, rowsOfLabel } from "./labelledRows.ts";

/** The mean pair distance within each class. */
export function classDistances(rows: LabelledRows, classes: number, length: number): number[] {
  return Array.from({ length: classes }, (_, label) =>
    meanPairDistance(rowsOfLabel(rows, label, length), length),
  );
}
