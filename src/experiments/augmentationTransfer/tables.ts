import { type Comparison, compare, type ScoresOfRuns } from "../../evaluation/statistics/comparison.ts";
import { canonicalJson } from "../canonical.ts";
import { titleOfChosen } from "../chosenTitles.ts";
import { rowContest } from "../rowContest.ts";
import { type Spread, spreadOf, type TableOptions, usualOptions } from "../syntheticBeats/tables.ts";
import { type AugmentationVariant, hasSameMembers, variantsOf } from "./grid.ts";
import { type AugmentationMetricName, metricOf } from "./metrics.ts";
import { readingOf } from "./reading.ts";
import { type AugmentationSettingName, isControl, settingNamed } from "./settings.ts";
import type {
  AugmentationExperiment,
  AugmentationResult,
  FinishedAugmentationCell,
  SignalSource,
} from "./specification.ts";
import { testedOn } from "./testedDatabase.ts";

/** A setting at one share. */
export interface AugmentationPoint {
  readonly share: number;
  /** Over the seeds. */
  readonly values: Spread;
  /** Training signals, and how many of them are synthetic; null where nothing has ended. */
  readonly trained: { readonly all: number; readonly synthetic: number } | null;
  /** Against real signals alone: as many where they grow, otherwise all. Null until two seeds have both. */
  readonly overReal: Comparison | null;
  /** Against real signals repeated to the class counts of those that were added, or of what was learned from first. */
  readonly overRepeated: Comparison | null;
  /** Against real signals that are weighted to the same class counts. */
  readonly overWeighted: Comparison | null;
}

export interface AugmentationRow extends AugmentationVariant {
  readonly title: string;
  /** What tells it from the other rows of its setting. */
  readonly own: string;
  readonly points: readonly AugmentationPoint[];
}

/** The augmentation and transfer experiments on one source. */
export interface AugmentationTable {
  readonly source: SignalSource;
  /** The database of a merged source whose test signals alone are counted; null where all are. */
  readonly testedOn: SignalSource | null;
  readonly metric: AugmentationMetricName;
  readonly seeds: number;
  /** Tested signals of each class, in the order of the experiment's classes. */
  readonly tested: readonly number[];
  readonly rows: readonly AugmentationRow[];
  readonly reading: string;
}

type Finished = readonly FinishedAugmentationCell[];

/** What a row can be held against. */
export type Baseline = "overReal" | "overRepeated" | "overWeighted";
type Baselines = Readonly<Partial<Record<Baseline, AugmentationSettingName>>>;

const realAlone: Baselines = { overReal: "realToReal" };

/** What the rows of a setting are held against; others against nothing. */
const baselines: Readonly<Partial<Record<AugmentationSettingName, Baselines>>> = {
  bothToReal: { ...realAlone, overRepeated: "repeatedToReal", overWeighted: "weightedToReal" },
  tunedToReal: { ...realAlone, overRepeated: "levelledToReal", overWeighted: "levelledWeightsToReal" },
  repeatedToReal: realAlone,
  weightedToReal: realAlone,
  levelledToReal: realAlone,
  levelledWeightsToReal: realAlone,
  syntheticToReal: realAlone,
};

/** What a row adds to its title where its synthetic signals were learned from another source. */
export const learnedElsewhere = ({ name }: SignalSource) => `learned from ${name}`;

/** What a control adds to its title where it has the counts of all generators. */
export const asManyAsTogether = "as many as of all together";

export interface AugmentationTableOptions extends TableOptions {
  /** The database of a merged source whose test signals alone are counted; all are where none is given. */
  readonly testedOn?: SignalSource | null;
  /** Whether rows are held against each other, which takes by far the longest; they are where nothing is said. */
  readonly isCompared?: boolean;
}

/** The table of a source from the cells that have ended. */
export function augmentationTable(
  asked: AugmentationExperiment,
  finished: Finished,
  source: SignalSource,
  metric: AugmentationMetricName,
  { testedOn: database = null, isCompared = true, ...options }: AugmentationTableOptions = {},
): AugmentationTable {
  const { titles, resamples, permutations } = { ...usualOptions, ...options };
  const ofSource = finished.filter(({ cell }) => hasSameMembers(cell.source, source));
  const own = database === null ? ofSource : testedOn(ofSource, source, database);
  // Synthetic signals are of no database.
  const experiment =
    database === null
      ? asked
      : { ...asked, settings: asked.settings.filter((each) => settingNamed(each).test === "real") };
  const find = (variant: AugmentationVariant, share: number, seed: number) =>
    own.find(
      ({ cell }) =>
        cell.setting === variant.setting &&
        cell.share === share &&
        cell.seed === seed &&
        cell.freezesConvolutions === variant.freezesConvolutions &&
        hasSameMembers(cell.syntheticSource, variant.syntheticSource) &&
        canonicalJson(cell.generators) === canonicalJson(variant.generators),
    )?.result ?? null;
  const shares = [...experiment.shares].sort((one, other) => one - other);
  const variants = experiment.settings.flatMap((setting) => variantsOf(experiment, setting, source));
  const described = variants.map((variant) => ({
    ...variant,
    ...titlesOf(variant, titles),
    points: shares.map((share) => {
      const results = experiment.seeds.flatMap((seed) => find(variant, share, seed) ?? []);
      const [first] = results;
      return {
        share,
        values: spreadOf(results.flatMap((result) => metricOf(result, metric) ?? [])),
        trained:
          first === undefined
            ? null
            : { all: first.train.reduce((sum, count) => sum + count, 0), synthetic: first.synthetic },
      };
    }),
  }));

  const contests = (isCompared ? described : []).flatMap((row) =>
    row.points.flatMap(({ share }) =>
      baselinesOf(row.setting).flatMap(([against, setting]) => {
        // A control has the class counts of as many generators.
        const counted = isControl(setting) && row.generators.length > 1 ? row.generators : [];
        const baseline = { setting, generators: counted, freezesConvolutions: false };
        const { grows } = settingNamed(row.setting);
        const at = against === "overReal" && grows !== "real" ? 1 : share;
        const pairs = experiment.seeds.flatMap((seed) => {
          const [one, two] = [find(baseline, at, seed), find(row, share, seed)];
          return one === null || two === null ? [] : [{ one, two }];
        });
        if (pairs.length < 2) return [];
        return [{ row, share, against, contest: contestOf(row.title, pairs, metric) }];
      }),
    ),
  );
  const compared = compare(
    contests.map(({ contest }) => contest),
    { resamples, permutations, largestDifference: 1 },
  );
  const rows = described.map(
    (row): AugmentationRow => ({
      ...row,
      points: row.points.map((point): AugmentationPoint => {
        const found = (against: Baseline) =>
          compared[
            contests.findIndex(
              (each) => each.row === row && each.share === point.share && each.against === against,
            )
          ] ?? null;
        return {
          ...point,
          overReal: found("overReal"),
          overRepeated: found("overRepeated"),
          overWeighted: found("overWeighted"),
        };
      }),
    }),
  );
  const labels = own.find(({ cell }) => settingNamed(cell.setting).test === "real")?.result.labels ?? [];
  const tested = experiment.classes.map(
    (_, label) => Array.from(labels).filter((each) => each === label).length,
  );
  return {
    source,
    testedOn: database,
    metric,
    seeds: experiment.seeds.length,
    tested,
    rows,
    reading: readingOf(experiment, { source, testedOn: database, metric, tested, rows }),
  };
}

/** What a setting is held against. */
const baselinesOf = (setting: AugmentationSettingName) =>
  Object.entries(baselines[setting] ?? {}) as (readonly [Baseline, AugmentationSettingName])[];

function titlesOf(
  { setting, generators, freezesConvolutions, syntheticSource }: AugmentationVariant,
  titles: TableOptions["titles"],
): Pick<AugmentationRow, "title" | "own"> {
  const { title, before } = settingNamed(setting);
  const names = generators.map((each) => titleOfChosen(titles ?? {}, each) ?? each.generator);
  const from = isControl(setting) ? asManyAsTogether : names.join(" + ");
  const own = [
    ...(names.length === 0 ? [] : [from]),
    ...(syntheticSource === undefined ? [] : [learnedElsewhere(syntheticSource)]),
    ...(before === null ? [] : [freezesConvolutions ? "convolutions kept" : "all trained"]),
  ];
  return { title: [title, ...own].join(" · "), own: own.join(" · ") };
}

/** Two settings on the same test signals. */
function contestOf(
  name: string,
  pairs: readonly { readonly one: AugmentationResult; readonly two: AugmentationResult }[],
  metric: AugmentationMetricName,
): ScoresOfRuns {
  const { labels, patients, logits } = pairs[0].one;
  const classes = logits.length / labels.length;
  const all = pairs.flatMap(({ one, two }) => [one.logits, two.logits]);
  return rowContest(name, { labels, patients, pairs: pairs.length }, (count, at) => {
    const scores = new Float32Array(count * classes);
    const own = new Uint8Array(count);
    for (let place = 0; place < count; place++) {
      const { run, row } = at(place);
      scores.set(all[run].subarray(row * classes, (row + 1) * classes), place * classes);
      own[place] = labels[row];
    }
    return metricOf({ logits: scores, labels: own }, metric);
  });
}
