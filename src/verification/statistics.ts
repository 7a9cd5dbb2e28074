import { percent, table } from "./markdown.ts";
import type { Claim, Proof } from "./proof.ts";
import {
  type AreaSetting,
  areaCoverage,
  caseCount,
  experimentsOf,
  meanCoverage,
  type Outcome,
  positiveCount,
  runCount,
  type Scenario,
} from "./statisticsSimulated.ts";

/** So many that a coverage of 95 % is measured within ± 0.7 %. */
const experiments = 4000;
const many = experiments.toLocaleString("en");
/** The most null experiments that may be called better, and the coverage that 95 % intervals must have. */
const promised = { falselyBetter: 0.06, coverage: [0.93, 0.97] } as const;

const mixed = { shared: 0.7, own: 0.5, noise: 0.5, luck: 0.1 } as const;
export const nullScenarios: readonly Scenario[] = [
  { title: "luck of runs and cases", ...mixed, signals: [1.4, 1.4] },
  { title: "luck of runs above all", shared: 0.8, own: 0.2, noise: 0.4, luck: 0.4, signals: [1.4, 1.4] },
  { title: "luck of cases above all", shared: 0.6, own: 0.8, noise: 0.2, luck: 0.02, signals: [1.4, 1.4] },
];
const differing: Scenario = { title: "a true difference", ...mixed, signals: [1.2, 1.6] };

const areaSettings: readonly (AreaSetting & { readonly title: string })[] = [
  { title: "45 cases", cases: 45, casesOfPatient: 1, signal: 1.8 },
  { title: "120 cases", cases: 120, casesOfPatient: 1, signal: 1.8 },
  { title: "240 cases of 60 patients", cases: 240, casesOfPatient: 4, signal: 1.8 },
];
const meanCounts = [5, 10, 20, 30];

/** How often the comparison of classifiers is wrong, and the intervals miss. */
export const statistics: Proof = {
  title: "Statistics",
  needsData: false,
  async gather(_data, progress) {
    const outcomes = [...nullScenarios, differing].map((scenario, index) => {
      progress(`${many} experiments: ${scenario.title}`);
      return { scenario, outcome: experimentsOf(scenario, experiments, 20 + index) };
    });
    progress("intervals of means");
    const means = meanCounts.map((runs) => ({ runs, coverage: meanCoverage(runs, experiments, runs) }));
    progress("intervals of areas");
    const areas = areaSettings.map((setting) => ({
      setting,
      coverage: areaCoverage(setting, experiments, 31),
    }));
    const document = [
      method,
      "## Comparisons",
      table(comparisonColumns, outcomes.map(comparisonRow)),
      comparisonRemarks,
      "## Means over runs",
      `${many} times, normal values. Up to 20 runs the interval is Student's; above, the studentised bootstrap.`,
      table(
        ["runs", "covered %", "plain percentile bootstrap %"],
        means.map(({ runs, coverage }) => [runs, percent(coverage.own, 1), percent(coverage.percentiles, 1)]),
      ),
      "## The area of one classifier",
      `${many} times, 400 resamples. Without patients, positives and negatives are resampled apart.`,
      table(
        ["cases", "BCa, the default %", "percentile %", "resamples without a class %"],
        areas.map(({ setting, coverage }) => [
          setting.title,
          percent(coverage.bca, 1),
          percent(coverage.percentile, 1),
          percent(coverage.undefinedResamples),
        ]),
      ),
    ].join("\n\n");
    const claims = [
      ...outcomes.flatMap(({ scenario, outcome }) => claimsOf(scenario, outcome)),
      ...means.map(({ runs, coverage }) => coverageClaim(`the mean of ${runs} runs`, coverage.own)),
      ...areas.map(({ setting, coverage }) => coverageClaim(`the area from ${setting.title}`, coverage.bca)),
    ];
    return { document, claims };
  },
};

const method = `## How it was measured

Two classifiers, each trained ${runCount} times, are compared on ${caseCount} cases that all runs share, ${positiveCount} of them positive, by the area under the ROC curve. A score is signal · truth + shared + own + noise: \`shared\` makes a case hard for both classifiers, \`own\` for all runs of one, \`noise\` for one run; the signal of a run has its own \`luck\`. These are standard deviations. Cases and runs are drawn afresh for each of ${many} experiments, and the true difference is that of the population.

\`compare\` calls a candidate better where the interval leaves 0 out and the p-value, adjusted by Holm, is at most 0.05. The interval is Obuchowski and Rockette's for readers and cases, with runs as readers. The p-value is the largest of that of the interval, of the paired permutation test over cases, and of the sign-flip test over runs where so many runs can reach 0.05: ${runCount} cannot, their smallest two-sided p is 2/32 = 0.0625. With runs alone, without scores, five runs stay undecided.

The standard error of a share near 5 % of ${many} is 0.34 %.`;

const comparisonColumns = [
  "experiment",
  "shared · own · noise · luck",
  "true difference",
  "better %",
  "worse %",
  "interval covers %",
  "Student over runs covers %",
  "percentiles over runs cover %",
  "cases alone: p ≤ 0.05 %",
  "runs alone: p = 0.0625 %",
];

function comparisonRow({ scenario, outcome }: { scenario: Scenario; outcome: Outcome }): (string | number)[] {
  const { shared, own, noise, luck, title } = scenario;
  const shares = [
    outcome.better,
    outcome.worse,
    outcome.covered,
    outcome.coveredByRuns,
    outcome.coveredByPercentiles,
    outcome.rejectedByCases,
    outcome.rejectedByRuns,
  ];
  return [
    title,
    [shared, own, noise, luck].join(" · "),
    outcome.trueDifference.toFixed(3),
    ...shares.map((share) => percent(share, 1)),
  ];
}

const comparisonRemarks =
  "No single level of chance will do. Runs that share their cases share the luck of those cases, so that intervals and " +
  "tests over the runs alone are far too sure; a test over the cases alone takes the luck of these runs for merit. The " +
  "verdict needs both to be ruled out. The price is power: see the last line. What is not measured here: scores whose " +
  "noise is not normal, and metrics other than the area.";

function claimsOf(scenario: Scenario, outcome: Outcome): Claim[] {
  const coverage = coverageClaim(`the difference, ${scenario.title}`, outcome.covered);
  if (outcome.trueDifference !== 0) return [coverage];
  return [
    {
      promise: `equal classifiers, ${scenario.title}: at most ${percent(promised.falselyBetter, 0)} % are called better`,
      measured: `${percent(outcome.better, 1)} %`,
      holds: outcome.better <= promised.falselyBetter,
    },
    {
      promise: `equal classifiers, ${scenario.title}: at most ${percent(promised.falselyBetter, 0)} % are called better or worse`,
      measured: `${percent(outcome.better + outcome.worse, 1)} %`,
      holds: outcome.better + outcome.worse <= promised.falselyBetter,
    },
    coverage,
  ];
}

function coverageClaim(what: string, covered: number): Claim {
  const [least, most] = promised.coverage;
  return {
    promise: `95 % intervals of ${what} cover ${percent(least, 0)} to ${percent(most, 0)} %`,
    measured: `${percent(covered, 1)} %`,
    holds: covered >= least && covered <= most,
  };
}
