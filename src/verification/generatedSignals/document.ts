import { generators } from "../../generators/index.ts";
import { distanceNames } from "../generatedBeats/judgement.ts";
import { type ShownClass, shownClasses } from "../generatedBeats/sources.ts";
import { digits, distanceTitles, settingsIn, withInterval } from "../generatedBeats/words.ts";
import { table } from "../markdown.ts";
import type { Claim } from "../proof.ts";
import { comparedBeats, learnedBeats } from "./beats.ts";
import { claimOfClasses, isFarFromNoise, promised, sharesInWords } from "./claims.ts";
import {
  type BeatForm,
  type Coverages,
  coverageSpaces,
  type FormTrait,
  formTraits,
  isTypical,
  type TraitSummary,
} from "./measuring.ts";
import { type ProvenModel, provenModels } from "./plan.ts";
import { reconstructionSection } from "./reconstruction.ts";
import type { SignalSourceResult } from "./results.ts";

export type Titles = Readonly<Record<ProvenModel, string>>;

export async function titlesOf(): Promise<Titles> {
  const entries = provenModels.map(async (name) => [name, (await generators[name]()).title] as const);
  return Object.fromEntries(await Promise.all(entries)) as Titles;
}

const spaceTitles: Readonly<Record<keyof Coverages, string>> = {
  features: "features",
  samples: "samples in mV",
};

const traitTitles: Readonly<Record<FormTrait, string>> = {
  rHeight: "R (mV)",
  qrs: "QRS (ms)",
  tHeight: "T (mV)",
};

const traitDigits: Readonly<Record<FormTrait, number>> = { rHeight: 2, qrs: 0, tHeight: 2 };

const inTrait = (trait: FormTrait, value: number) => (value + 0).toFixed(traitDigits[trait]);
const quartilesInWords = (trait: FormTrait, { lower, median, upper }: TraitSummary) =>
  `${inTrait(trait, median)} [${inTrait(trait, lower)}, ${inTrait(trait, upper)}]`;

/** Whether all traits are typical of the beats that were learned from, and T points to their side. */
export const hasForm = (made: BeatForm, learned: BeatForm): boolean =>
  formTraits.every((trait) => isTypical(made[trait], learned[trait])) &&
  Math.sign(made.tHeight.median) === Math.sign(learned.tHeight.median);

/** The claims of a source: three of each model that was trained on it, and that nothing is left to do. */
export function claimsOf({ source, real, results, open }: SignalSourceResult, titles: Titles): Claim[] {
  return [
    ...results.flatMap(({ cell, judgements }) => {
      const claim = claimOfClasses(`${titles[cell.model]}, ${source.title}`, shownClasses);
      return [
        claim(
          "R, QRS width and T of the class, in the median between the quartiles of the beats learned from",
          (beatClass) =>
            formTraits
              .map((trait) => {
                const [made, learned] = [judgements[beatClass].form[trait], real[beatClass].form[trait]];
                const limits = `${inTrait(trait, learned.lower)} to ${inTrait(trait, learned.upper)}`;
                return `${traitTitles[trait]} ${inTrait(trait, made.median)} of ${limits}`;
              })
              .join(", "),
          (beatClass) => hasForm(judgements[beatClass].form, real[beatClass].form),
        ),
        claim(
          "less than half of the distance that noise of the same spectrum has from real beats, with the whole interval",
          (beatClass) => sharesInWords(judgements[beatClass].distances),
          (beatClass) => isFarFromNoise(judgements[beatClass].distances),
        ),
        claim(
          "at least half of the beats held out are covered, by their features",
          (beatClass) => {
            const { features, samples } = judgements[beatClass].coverage;
            return `${withInterval(features)} (by samples ${digits(samples.value)})`;
          },
          (beatClass) => judgements[beatClass].coverage.features.value >= promised.coverage,
        ),
      ];
    }),
    {
      promise: `${source.title}: every training of the plan is computed`,
      measured: `${results.length} of ${results.length + open}`,
      holds: open === 0,
    },
  ];
}

/** What was measured on a source. */
export function sectionOf(result: SignalSourceResult, titles: Titles): string {
  const { source, results, open } = result;
  return [
    `## ${source.title}`,
    `${source.words}. ${learnedBeats} beats of each class are learned from; ${comparedBeats} are made of each and compared with ${comparedBeats} others of the same people.`,
    ...(open === 0
      ? []
      : [
          `**Not yet computed: ${open} of ${open + results.length} trainings**; the command above goes on with them.`,
        ]),
    ...(results.length === 0
      ? []
      : shownClasses.flatMap((beatClass) => classSection(result, beatClass, titles))),
    ...results.flatMap(({ cell, reconstruction }) =>
      reconstructionSection("beats", titles[cell.model], reconstruction, shownClasses),
    ),
  ].join("\n\n");
}

function classSection(
  { source, real, results }: SignalSourceResult,
  beatClass: ShownClass,
  titles: Titles,
): string[] {
  const own = real[beatClass];
  const traitCells = (form: BeatForm) => formTraits.map((trait) => quartilesInWords(trait, form[trait]));
  return [
    `### Class ${beatClass}, ${source.title}`,
    `![Made beats of class ${beatClass} beside real ones, ${source.title}](${beatsName(source.key, beatClass)})`,
    table(
      [
        "",
        ...distanceNames.flatMap((each) => [
          distanceTitles[each],
          `${distanceTitles[each]} of noise`,
          `${distanceTitles[each]} / noise`,
        ]),
        ...coverageSpaces.map((space) => `coverage, ${spaceTitles[space]}`),
        "pair distance / real",
      ],
      [
        ...results.map(({ cell, judgements }) => [
          titles[cell.model],
          ...distanceNames.flatMap((each) => {
            const { made, noise, share } = judgements[beatClass].distances[each];
            return [withInterval(made), digits(noise.value), withInterval(share)];
          }),
          ...coverageSpaces.map((space) => withInterval(judgements[beatClass].coverage[space])),
          withInterval(judgements[beatClass].diversity),
        ]),
        [
          "floor: beats learned from",
          ...distanceNames.flatMap((each) => [withInterval(own.floor[each]), "", ""]),
          ...coverageSpaces.map((space) => withInterval(own.coverage[space])),
          withInterval(own.diversity),
        ],
      ],
    ),
    table(
      ["median [quartiles]", ...formTraits.map((trait) => traitTitles[trait])],
      [
        ...results.map(({ cell, judgements }) => [
          titles[cell.model],
          ...traitCells(judgements[beatClass].form),
        ]),
        ["beats learned from", ...traitCells(own.form)],
      ],
    ),
  ];
}

/** Name of the figure of a class. */
export const beatsName = (source: string, beatClass: ShownClass): string =>
  `generated-signals-${source}-${beatClass.toLowerCase()}.svg`;

export const settingsTable = (titles: Titles): string => settingsIn(provenModels, titles);
