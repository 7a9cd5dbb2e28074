import {
  type Estimate,
  type IntervalOptions,
  metricInterval,
} from "../../evaluation/statistics/bootstrap.ts";
import type { ScoresOfRuns } from "../../evaluation/statistics/comparison.ts";
import { type Metric, meanOf, type Unit, unitsOf } from "../../evaluation/statistics/resampling.ts";

/** Beats by the rank of their scores, lowest first: those of the class, and the others. */
export interface RankCounts {
  readonly positives: Uint32Array;
  readonly negatives: Uint32Array;
}

/** A metric of the order of scores alone; null where the class is absent. */
export type RankMetric = (counts: RankCounts) => number | null;

/** Σ (Rₙ − Rₙ₋₁) Pₙ from the highest score down; equal scores are decided together, as in `averagePrecision`. */
export const averagePrecisionOfRanks: RankMetric = ({ positives, negatives }) => {
  let [area, found, wrong] = [0, 0, 0];
  for (let rank = positives.length - 1; rank >= 0; rank--) {
    found += positives[rank];
    wrong += negatives[rank];
    if (positives[rank] > 0) area += (positives[rank] * found) / (found + wrong);
  }
  return found === 0 ? null : area / found;
};

/** Area under the ROC curve: how often a beat of the class stands above another, equal scores counting half, as in `rocArea`. */
export const rocAreaOfRanks: RankMetric = ({ positives, negatives }) => {
  let [above, found, wrong] = [0, 0, 0];
  for (let rank = 0; rank < positives.length; rank++) {
    above += positives[rank] * (wrong + negatives[rank] / 2);
    found += positives[rank];
    wrong += negatives[rank];
  }
  return found === 0 || wrong === 0 ? null : above / (found * wrong);
};

/**
 * Precisions at the highest thresholds that reach these recalls. They compare curves; no threshold is chosen by them.
 * @param recalls rising, above 0 and at most 1
 * @returns null where the class is absent
 */
export function precisionsAtRecalls(
  { positives, negatives }: RankCounts,
  recalls: readonly number[],
): number[] | null {
  let total = 0;
  for (const count of positives) total += count;
  if (total === 0) return null;
  const precisions: number[] = [];
  let [found, wrong] = [0, 0];
  for (let rank = positives.length - 1; rank >= 0 && precisions.length < recalls.length; rank--) {
    found += positives[rank];
    wrong += negatives[rank];
    // 0.6 of 5 beats are 3, although 3 / 5 may lie a little below it.
    while (precisions.length < recalls.length && found / total >= recalls[precisions.length] - 1e-12) {
      precisions.push(found / (found + wrong));
    }
  }
  return precisions;
}

export const precisionAtRecall =
  (recall: number): RankMetric =>
  (counts) =>
    precisionsAtRecalls(counts, [recall])?.[0] ?? null;

/**
 * Runs whose beats are compared by rank. What lies between two beats of the class is counted together: no metric of ranks
 * can tell it apart, and what is left is short.
 */
class CommonScale {
  readonly positives: Uint32Array;
  readonly negatives: Uint32Array;
  /** Of each run and case: place on the scale, beats of the class there, others there; and so on. */
  private readonly entries: ReadonlyMap<number, readonly Uint32Array[]>;

  /** @param ranks of each run, beat by beat */
  constructor(
    ranks: ReadonlyMap<number, Uint32Array>,
    labels: Uint8Array,
    private readonly units: readonly Unit[],
  ) {
    const places = new Uint32Array(2 * labels.length);
    for (const own of ranks.values()) for (const row of rowsOfClass(labels)) places[own[row]] = 1;
    // Odd places are those of beats of the class, even ones lie between them.
    let place = 0;
    for (let rank = 0; rank < places.length; rank++) {
      if (places[rank] === 0) places[rank] = place;
      else {
        places[rank] = place + 1;
        place += 2;
      }
    }
    this.positives = new Uint32Array(place + 1);
    this.negatives = new Uint32Array(place + 1);
    this.entries = new Map(
      [...ranks].map(([run, own]) => [
        run,
        units.map((unit) => {
          const counts = countedBeats(unit, labels, (row) => places[own[row]], this);
          const touched = [...new Set(unit.map((row) => places[own[row]]))];
          return Uint32Array.from(touched.flatMap((at) => [at, counts.positives[at], counts.negatives[at]]));
        }),
      ]),
    );
  }

  /** The beats of drawn cases; valid until the next call. @param ids run × cases + case */
  counted(ids: ArrayLike<number>): RankCounts {
    const { positives, negatives, units } = this;
    positives.fill(0);
    negatives.fill(0);
    for (let index = 0; index < ids.length; index++) {
      const own = this.entries.get(Math.floor(ids[index] / units.length))?.[ids[index] % units.length];
      if (own === undefined) throw new RangeError(`${ids[index]} is no case of this scale`);
      for (let at = 0; at < own.length; at += 3) {
        positives[own[at]] += own[at + 1];
        negatives[own[at]] += own[at + 2];
      }
    }
    return { positives, negatives };
  }
}

/** Counts some beats by their place, in arrays that are long enough for all places. */
function countedBeats(
  rows: readonly number[],
  labels: Uint8Array,
  placeOf: (row: number) => number,
  { positives, negatives }: RankCounts,
): RankCounts {
  positives.fill(0);
  negatives.fill(0);
  for (const row of rows) (labels[row] === 1 ? positives : negatives)[placeOf(row)]++;
  return { positives, negatives };
}

const rowsOfClass = (labels: Uint8Array) =>
  Array.from(labels, (_, row) => row).filter((row) => labels[row] === 1);

/**
 * Scores of several runs on the same beats, ready to be drawn again thousands of times. A case of the statistics is a
 * patient, as beats of one are alike; where there is only one patient, it is a beat. Of a case they are given the number of
 * its run and place instead of a score, and the metrics look its beats up: no resample has to be sorted.
 */
export class PatientCases {
  private readonly units: readonly Unit[];
  private readonly hasPatients: boolean;
  private readonly ranks: readonly Uint32Array[];

  /**
   * @param runs     scores of each run, all on the same beats
   * @param labels   1 where a beat is of the class
   * @param patients of each beat
   */
  constructor(
    runs: readonly Float32Array[],
    private readonly labels: Uint8Array,
    private readonly patients: readonly string[],
  ) {
    const truths = Array.from(labels, (label) => label === 1);
    this.hasPatients = new Set(patients).size > 1;
    this.units = unitsOf(this.hasPatients ? { truths, groups: patients } : { truths });
    this.ranks = runs.map(doubledRanks);
  }

  /** The beats of one run by rank. */
  countsOf(run: number): RankCounts {
    const ranks = this.ranks[run];
    const [positives, negatives] = [new Uint32Array(2 * ranks.length), new Uint32Array(2 * ranks.length)];
    const rows = Array.from(ranks, (_, row) => row);
    return countedBeats(rows, this.labels, (row) => ranks[row], { positives, negatives });
  }

  /** The metric of one run. */
  valueOf(run: number, metric: RankMetric): number | null {
    return metric(this.countsOf(run));
  }

  /** The mean of a metric over runs, with its interval for other patients. */
  meanInterval(runs: readonly number[], metric: RankMetric, options: IntervalOptions): Estimate {
    const scales = runs.map((run) => ({ scale: this.scaleOf([run]), first: run * this.units.length }));
    const mean: Metric = (ids) => {
      const values = scales.map(({ scale, first }) =>
        metric(scale.counted(Array.from(ids, (id) => id + first))),
      );
      return values.some((value) => value === null) ? null : meanOf(values as number[]);
    };
    return metricInterval({ scores: this.idsOf(0), ...this.cases() }, mean, options);
  }

  /** What `compare` needs of two sides: runs of the same seeds, in the same order. */
  contest(
    name: string,
    baseline: readonly number[],
    candidate: readonly number[],
    metric: RankMetric,
  ): ScoresOfRuns {
    // Permutations exchange cases between the two runs of a seed, so that these share a scale.
    const scales = new Map(
      baseline.flatMap((one, pair) => {
        const scale = this.scaleOf([one, candidate[pair]]);
        return [[one, scale] as const, [candidate[pair], scale] as const];
      }),
    );
    return {
      name,
      baseline: baseline.map((run) => this.idsOf(run)),
      candidate: candidate.map((run) => this.idsOf(run)),
      metric: (ids) => {
        const scale = scales.get(Math.floor(ids[0] / this.units.length));
        return scale === undefined ? null : metric(scale.counted(ids));
      },
      ...this.cases(),
    };
  }

  private scaleOf(runs: readonly number[]): CommonScale {
    return new CommonScale(new Map(runs.map((run) => [run, this.ranks[run]])), this.labels, this.units);
  }

  private cases() {
    const truths = this.units.map(([first]) => this.labels[first] === 1);
    return this.hasPatients
      ? { truths, groups: this.units.map(([first]) => this.patients[first]) }
      : { truths };
  }

  private idsOf(run: number): number[] {
    return this.units.map((_, place) => run * this.units.length + place);
  }
}

/** Twice the mean rank of each score, from 0: whole also where equal scores share their rank. */
function doubledRanks(scores: Float32Array): Uint32Array {
  const order = Uint32Array.from(scores, (_, index) => index).sort(
    (one, other) => scores[one] - scores[other],
  );
  const ranks = new Uint32Array(scores.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && scores[order[to + 1]] === scores[order[from]]) to++;
    for (let place = from; place <= to; place++) ranks[order[place]] = from + to;
    from = to + 1;
  }
  return ranks;
}
