import { agreementAt, averagePrecision, rocArea } from "../../evaluation/metrics/classification.ts";
import { sensitivityAtSpecificity } from "../../evaluation/metrics/curves.ts";
import type { Metric } from "../../evaluation/statistics/resampling.ts";

export interface TableMetric {
  readonly title: string;
  /** Whether it looks at the order of the scores alone. */
  readonly ofRanks: boolean;
  readonly metric: Metric;
}

/** What a table can hold, the paper's two first. */
export const tableMetrics = {
  f1: {
    title: "F1 at 0.5",
    ofRanks: false,
    metric: (scores, truths) => agreementAt(scores, truths, 0.5).f1,
  },
  auprc: { title: "AUPRC", ofRanks: true, metric: averagePrecision },
  auroc: { title: "AUROC", ofRanks: true, metric: rocArea },
  accuracy: {
    title: "Accuracy at 0.5",
    ofRanks: false,
    metric: (scores, truths) => {
      const { truePositives, trueNegatives } = agreementAt(scores, truths, 0.5);
      return truths.length === 0 ? null : (truePositives + trueNegatives) / truths.length;
    },
  },
  sensitivity: {
    title: "Sensitivity at 95 % specificity",
    ofRanks: true,
    metric: (scores, truths) => sensitivityAtSpecificity(scores, truths, 0.95),
  },
} as const satisfies Readonly<Record<string, TableMetric>>;

export type TableMetricName = keyof typeof tableMetrics;
