import { decisionScores, macroArea } from "../../evaluation/metrics/severalClasses.ts";
import type { AugmentationResult } from "./specification.ts";

/** What is reported of several classes; all are means over classes but the accuracy. */
export const augmentationMetrics = {
  f1: "Macro F1",
  accuracy: "Accuracy",
  precision: "Macro precision",
  recall: "Macro recall",
  area: "Macro area under the ROC curve",
} as const;
export type AugmentationMetricName = keyof typeof augmentationMetrics;

/** A number of the scores of one run; null where it does not exist. */
export function metricOf(
  { logits, labels }: Pick<AugmentationResult, "logits" | "labels">,
  metric: AugmentationMetricName,
): number | null {
  const classes = logits.length / labels.length;
  return metric === "area"
    ? macroArea(logits, labels, classes)
    : decisionScores(logits, labels, classes)[metric];
}
