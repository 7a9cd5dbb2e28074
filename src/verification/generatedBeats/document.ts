import { type Comparison, compare } from "../../evaluation/statistics/comparison.ts";
import { generators } from "../../generators/index.ts";
import { table } from "../markdown.ts";
import type { Claim } from "../proof.ts";
import { type DistanceName, distanceNames } from "./judgement.ts";
import { type ProvenGenerator, provenGenerators, rivalSeeds, rivals } from "./plan.ts";
import type { BeatsResult, CellResult, RealResult, SourceResult } from "./results.ts";
import { simulatorWords } from "./simulatorAlone.ts";
import { type ShownClass, shownClasses } from "./sources.ts";
import type { Traits } from "./traits.ts";
import { digits, distanceTitles, settingsIn, withInterval } from "./words.ts";

/** Most of the untrained generator's distance that may be left, and the least diversity beside that of real beats. */
export const promised = { share: 0.25, diversity: 0.5 } as const;

export type Titles = Readonly<Record<ProvenGenerator, string>>;

/** Titles of the generators by name. */
export async function titlesOf(): Promise<Titles> {
  const entries = provenGenerators.map(async (name) => [name, (await generators[name]()).title] as const);
  return Object.fromEntries(await Promise.all(entries)) as Titles;
}

/** The trainings of a generator on a class, seed after seed. */
export function trainingsOf(
  { cells }: SourceResult,
  beatClass: ShownClass,
  generator: ProvenGenerator,
): readonly CellResult[] {
  return cells.filter(({ cell }) => cell.beatClass === beatClass && cell.generator === generator);
}

/** Generators with their first training on a class, as the tables and figures have them. */
export function shownTrainings(result: SourceResult, beatClass: ShownClass) {
  return provenGenerators.flatMap((generator) =>
    trainingsOf(result, beatClass, generator)
      .filter(({ cell }) => cell.seed === 1)
      .map((training) => ({ generator, ...training })),
  );
}

/** Classes that something was trained on. */
export const trainedClasses = ({ real }: SourceResult): readonly ShownClass[] =>
  shownClasses.filter((beatClass) => real[beatClass] !== undefined);

/** The claims of a source: two of each generator, over the classes that it was trained on, and that nothing is left to do. */
export function claimsOf(result: SourceResult, titles: Titles): Claim[] {
  const planned = result.cells.length + result.open;
  return [
    ...provenGenerators.flatMap((generator) => generatorClaims(result, generator, titles)),
    {
      promise: `${result.source.title}: every training of the plan is computed`,
      measured: `${result.cells.length} of ${planned}`,
      holds: result.open === 0,
    },
  ];
}

function generatorClaims(result: SourceResult, generator: ProvenGenerator, titles: Titles): Claim[] {
  const own = shownClasses.flatMap((beatClass) =>
    shownTrainings(result, beatClass).filter((each) => each.generator === generator),
  );
  if (own.length === 0) return [];
  const name = `${titles[generator]}, ${result.source.title}`;
  const inWords = (of: (each: CellResult) => string) =>
    own.map((each) => `${each.cell.beatClass}: ${of(each)}`).join("; ");
  return [
    {
      promise: `${name}: at most a quarter of the untrained generator's distance from real beats is left`,
      measured: inWords(({ judgement }) =>
        distanceNames
          .map((each) => `${distanceTitles[each]} ${withInterval(judgement[each].share)}`)
          .join(", "),
      ),
      holds: own.every(({ judgement }) =>
        distanceNames.every((each) => judgement[each].share.value <= promised.share),
      ),
    },
    {
      promise: `${name}: beats differ from each other at least half as much as real ones`,
      measured: inWords(({ diversity }) => withInterval(diversity)),
      holds: own.every(({ diversity }) => diversity.value >= promised.diversity),
    },
  ];
}

/** What was measured on a source. */
export function sectionOf(result: SourceResult, titles: Titles): string {
  const { source, recognised, foundRight } = result;
  const classes = trainedClasses(result);
  const inPercent = (shares: Readonly<Record<string, number>>) =>
    classes.map((each) => `${each} ${(100 * shares[each]).toFixed(0)} %`).join(", ");
  const compared = classes.filter((beatClass) =>
    rivals.every((generator) => trainingsOf(result, beatClass, generator).length === rivalSeeds.length),
  );
  return [
    `## ${source.title}`,
    `${source.words}. Of the held-out beats, the network of the features calls so many by their class: ${inPercent(recognised)}. Of those that it finds in the patient's first minutes, so many are of the class by the annotations: ${inPercent(foundRight)}.`,
    ...(result.open === 0
      ? []
      : [`**Not yet computed: ${result.open} trainings** of the plan; the command above goes on with them.`]),
    ...classes.flatMap((beatClass) => classSection(result, beatClass, titles)),
    ...(compared.length === 0
      ? []
      : [
          `### Against DCGAN, ${source.title}`,
          comparisonTable(result, compared, titles),
          ...losses(result, compared, titles),
        ]),
  ].join("\n\n");
}

function classSection(result: SourceResult, beatClass: ShownClass, titles: Titles): string[] {
  const {
    source,
    real,
    simulated: { [beatClass]: simulated = [] },
  } = result;
  const { training, heldOut } = source.classes[beatClass];
  const own = real[beatClass] as RealResult;
  const shown = shownTrainings(result, beatClass);
  return [
    `### Class ${beatClass}, ${source.title}`,
    `![Generated beats of class ${beatClass} beside real ones, ${source.title}](${figureName(source.key, beatClass)})`,
    `Trained on ${training.count} beats, measured against ${heldOut.count} others.`,
    table(
      ["", ...distanceNames.flatMap((each) => columnsOf(distanceTitles[each])), "pair distance / real"],
      [
        ...shown.map(({ generator, judgement, diversity }) => [
          titles[generator],
          ...distanceNames.flatMap((each) => {
            const { untrained, trained, share } = judgement[each];
            return [digits(untrained.value), withInterval(trained), withInterval(share)];
          }),
          withInterval(diversity),
        ]),
        ...simulated.map(({ waves, distances, diversity }) => [
          simulatorWords[waves],
          ...distanceNames.flatMap((each) => ["", withInterval(distances[each]), ""]),
          withInterval(diversity),
        ]),
        [
          "floor: real beats",
          ...distanceNames.flatMap((each) => ["", withInterval(own.floor[each]), ""]),
          withInterval(own.diversity),
        ],
        ...heightRows.map(([heights, words]) => [
          words,
          ...distanceNames.flatMap((each) => ["", withInterval(own.redrawn[heights][each]), ""]),
          "",
        ]),
      ],
    ),
    table(
      ["", "roughness / real", "ODE residual", "wave loss", "Fréchet to the patient", "MMD² to the patient"],
      [
        ...shown.map((each) => traitRow(titles[each.generator], each)),
        ...simulated.map((each) => traitRow(simulatorWords[each.waves], each)),
        traitRow("floor: real beats", own),
      ],
    ),
    ...reasons(result, beatClass, titles),
  ];
}

const traitRow = (name: string, { traits, toPatient }: BeatsResult) => [
  name,
  ...[traits.roughness, traits.residual, traits.waves].map(digits),
  ...distanceNames.map((each) => withInterval(toPatient[each])),
];

const heightRows = [
  ["like", "real beats, heights of like form"],
  ["any", "real beats, heights of any"],
] as const;

const columnsOf = (distance: string) => [
  `${distance}, untrained`,
  `${distance}, trained`,
  `${distance}, left`,
];

/** The rivals beside the DCGAN over the seeds, one family of comparisons for each distance. */
export function comparisonsOf(result: SourceResult, classes: readonly ShownClass[], name: DistanceName) {
  const contests = classes.flatMap((beatClass) =>
    rivals.slice(1).map((generator) => ({ beatClass, generator })),
  );
  const valuesOf = (beatClass: ShownClass, generator: ProvenGenerator) =>
    trainingsOf(result, beatClass, generator).map(({ judgement }) => judgement[name].trained.value);
  const found = compare(
    contests.map(({ beatClass, generator }) => ({
      name: `${generator} ${beatClass}`,
      baseline: valuesOf(beatClass, rivals[0]),
      candidate: valuesOf(beatClass, generator),
    })),
    { isLargerBetter: false },
  );
  return contests.map((contest, index) => ({ ...contest, comparison: found[index] }));
}

function comparisonTable(result: SourceResult, classes: readonly ShownClass[], titles: Titles): string {
  const rows = distanceNames.flatMap((name) =>
    comparisonsOf(result, classes, name).map(({ beatClass, generator, comparison }) => {
      const { candidate, baseline, difference, interval } = comparison;
      const both = (trait: keyof Traits) =>
        [generator, rivals[0]]
          .map((each) => {
            const own = trainingsOf(result, beatClass, each);
            return digits(own.reduce((sum, { traits }) => sum + traits[trait], 0) / own.length);
          })
          .join(" / ");
      return [
        `${titles[generator]}, ${beatClass}, ${distanceTitles[name]}`,
        digits(candidate ?? Number.NaN),
        digits(baseline ?? Number.NaN),
        withInterval({ value: difference ?? Number.NaN, interval }),
        leaning(comparison),
        both("roughness"),
        both("residual"),
        both("waves"),
      ];
    }),
  );
  const traits = ["roughness", "ODE residual", "wave loss"].map((each) => `${each}: its / DCGAN's`);
  return table(["", "its mean", "DCGAN's mean", "difference [95 %]", "so it is", ...traits], rows);
}

/** What is known of why a rival is farther from real beats. */
function losses(result: SourceResult, compared: readonly ShownClass[], titles: Titles): string[] {
  return distanceNames.flatMap((name) =>
    comparisonsOf(result, compared, name)
      .filter(({ comparison }) => leaning(comparison) === "farther")
      .map(({ beatClass, generator }) => {
        const roughness = (each: ProvenGenerator) => {
          const own = trainingsOf(result, beatClass, each);
          return own.reduce((sum, { traits }) => sum + traits.roughness, 0) / own.length;
        };
        const times = digits(roughness(generator) / roughness(rivals[0]));
        return `${titles[generator]} is farther from ${beatClass} by ${distanceTitles[name]}, with beats ${times} times as rough as DCGAN's. ${roughness(generator) > roughness(rivals[0]) ? "Its last layer sets every sample by itself, and heights of waves ask for no smooth line between them; a ripple moves features, and adds little to the squares of MMD²." : "Roughness does not tell why."}`;
      }),
  );
}

/** What the interval over the seeds says; a test of so few runs cannot reach 0.05. */
function leaning({ interval }: Comparison): string {
  if (interval === null) return "–";
  if (interval.high < 0) return "nearer";
  return interval.low > 0 ? "farther" : "undecided";
}

/** What the trainings themselves tell of why the guided generators are near or far. */
function reasons(result: SourceResult, beatClass: ShownClass, titles: Titles): string[] {
  const shown = shownTrainings(result, beatClass);
  const of = (generator: ProvenGenerator) => shown.find((each) => each.generator === generator);
  const real = (result.real[beatClass] as RealResult).traits;
  const [plain, guided, waves] = [of("dcgan"), of("simDcgan"), of("ecgGan")];
  const parts: string[] = [];
  if (plain !== undefined && guided !== undefined) {
    parts.push(
      `${titles.simDcgan}'s equations make beats ${digits(plain.traits.roughness / guided.traits.roughness)} times as smooth as DCGAN's and leave a residual of ${digits(guided.traits.residual)} (DCGAN ${digits(plain.traits.residual)}, real beats ${digits(real.residual)}): they act as a penalty on roughness. Below the residual of real beats they pull away from them.`,
    );
  }
  if (waves !== undefined) {
    const { realAccuracy = [], fakeAccuracy = [], waveLoss = [] } = waves.outcome.curves;
    const percent = (value: number | undefined) => `${(100 * (value ?? Number.NaN)).toFixed(0)} %`;
    parts.push(
      `${titles.ecgGan}'s discriminator knew ${percent(realAccuracy.at(-1))} of the real and ${percent(fakeAccuracy.at(-1))} of the generated beats at the end: where both are near 100 % the generator has not caught up. Its wave loss went from ${digits(waveLoss[0] ?? Number.NaN)} to ${digits(waveLoss.at(-1) ?? Number.NaN)}, beside a cross entropy of about 1: at the weight of the paper, 1, it outweighs the discriminator at first.`,
    );
  }
  return parts.length === 0 ? [] : [parts.join(" ")];
}

/** Name of the figure of a class. */
export const figureName = (source: string, beatClass: ShownClass): string =>
  `generated-beats-${source}-${beatClass.toLowerCase()}.svg`;

/** Settings of every training. */
export const settingsTable = (titles: Titles): string => settingsIn(provenGenerators, titles);
