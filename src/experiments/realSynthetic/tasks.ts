import type { TaskName } from "../../domain/experiment.ts";
import type { LibraryRecord } from "../../domain/libraryRecord.ts";

/** A question of yes or no about a recording. */
export interface Task {
  readonly title: string;
  readonly short: string;
  /** Rhythm of the simulators. */
  readonly rhythm: string;
  /** Labels that databases use for it. */
  readonly labels: readonly string[];
  /** Least likelihood in % that counts, where a database states likelihoods. */
  readonly likelihood: number;
}

/** In the order of the paper's tables: the rarest first. Thresholds of likelihood are those of the authors' code. */
export const tasks: Readonly<Record<TaskName, Task>> = {
  aflt: {
    title: "Atrial flutter",
    short: "AFLT",
    rhythm: "aflt",
    labels: ["AFLT", "AFL", "Atrial flutter, typical"],
    likelihood: 100,
  },
  wpw: {
    title: "Wolff-Parkinson-White syndrome",
    short: "WPW",
    rhythm: "wpw",
    labels: ["WPW", "PREX"],
    likelihood: 100,
  },
  pvc: {
    title: "Premature ventricular complexes",
    short: "PVC",
    rhythm: "pvc",
    labels: ["PVC"],
    likelihood: 100,
  },
  af: {
    title: "Atrial fibrillation",
    short: "AF",
    rhythm: "af",
    labels: ["AFIB", "AF", "Atrial fibrillation"],
    likelihood: 0,
  },
};

/** What stands on the other side of every question. */
export const normal = { rhythm: "normal", labels: ["NORM"], likelihood: 100 } as const;

type Described = Pick<LibraryRecord, "labels" | "likelihoods">;

/** Whether a record bears one of the labels, and surely enough. Where nothing is said of likelihood the label counts. */
function bears({ labels, likelihoods }: Described, wanted: readonly string[], least: number): boolean {
  return wanted.some((label) => labels.includes(label) && (likelihoods[label] ?? 100) >= least);
}

/**
 * 1 where a record has the class, 0 where it is normal and does not bear the class at any likelihood, null where it is
 * neither. The authors collect the classes independently, so that a record may be both; such are left out here.
 */
export function labelOf(record: Described, { labels, likelihood }: Task): 0 | 1 | null {
  if (bears(record, labels, likelihood)) return 1;
  const isNormal = bears(record, normal.labels, normal.likelihood);
  return isNormal && !bears(record, labels, Number.NEGATIVE_INFINITY) ? 0 : null;
}
