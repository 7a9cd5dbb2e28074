import { shortRecordingTrainings } from "../../generators/shortTrainings.ts";
import { distanceNames } from "../generatedBeats/judgement.ts";
import { digits, distanceTitles, settingsTable, withInterval } from "../generatedBeats/words.ts";
import { claimOfClasses, isFarFromNoise, promised, sharesInWords } from "../generatedSignals/claims.ts";
import type { Titles } from "../generatedSignals/document.ts";
import { isTypical, type TraitSummary } from "../generatedSignals/measuring.ts";
import { reconstructionSection } from "../generatedSignals/reconstruction.ts";
import { table } from "../markdown.ts";
import type { Claim } from "../proof.ts";
import { type RecordingForm, type RecordingTrait, recordingTraits, traitTitles } from "./measuring.ts";
import { provenModels, type RecordingResults } from "./results.ts";
import { patientsOf, type ShownRhythm, shownRhythms } from "./source.ts";

const traitDigits: Readonly<Record<RecordingTrait, number>> = {
  rr: 0,
  unevenness: 1,
  qrs: 0,
  qt: 0,
  rHeight: 2,
  tHeight: 2,
};
const inTrait = (trait: RecordingTrait, value: number) => value.toFixed(traitDigits[trait]);
const inPercent = (share: number) => `${(100 * share).toFixed(0)} %`;

/** Rate and waves. How even the rhythm is is told, not promised: networks learn it last. */
const promisedTraits = recordingTraits.filter((trait) => trait !== "unevenness");

/** The claims: three of each model, and that nothing is left to do. */
export function claimsOf({ learned, results, open }: RecordingResults, titles: Titles): Claim[] {
  return [
    ...results.flatMap(({ cell, judgements }) => {
      const claim = claimOfClasses(titles[cell.model], shownRhythms);
      return [
        claim(
          "rate and waves of the class, in the median between the quartiles of the recordings learned from",
          (rhythm) =>
            promisedTraits
              .map((trait) => {
                const [made, own] = [judgements[rhythm].form[trait], learned[rhythm].form[trait]];
                return `${traitTitles[trait]} ${inTrait(trait, made.median)} of ${inTrait(trait, own.lower)} to ${inTrait(trait, own.upper)}`;
              })
              .join(", "),
          (rhythm) =>
            promisedTraits.every((trait) =>
              isTypical(judgements[rhythm].form[trait], learned[rhythm].form[trait]),
            ),
        ),
        claim(
          "less than half of the distance that noise of the same spectrum has from held-out recordings, with the whole interval",
          (rhythm) => sharesInWords(judgements[rhythm].distances),
          (rhythm) => isFarFromNoise(judgements[rhythm].distances),
        ),
        claim(
          "at least half of the held-out recordings are covered, by their features",
          (rhythm) => withInterval(judgements[rhythm].coverage),
          (rhythm) => judgements[rhythm].coverage.value >= promised.coverage,
        ),
      ];
    }),
    {
      promise: "every training is computed",
      measured: `${results.length} of ${results.length + open}`,
      holds: open === 0,
    },
  ];
}

/** What was measured. */
export function sectionsOf(result: RecordingResults, titles: Titles): string {
  const { recognised, results, open } = result;
  const { learned, compared, others } = patientsOf;
  return [
    `${learned} virtual patients of each rhythm are learned from; ${compared} recordings are made of each and compared with those of ${compared} other patients. Features are learned from ${others} more of each rhythm of the stand-in. Of the held-out recordings, their network calls so many by their rhythm: ${shownRhythms.map((rhythm) => `${rhythm} ${inPercent(recognised[rhythm])}`).join(", ")}.`,
    ...(open === 0
      ? []
      : [
          `**Not yet computed: ${open} of ${open + results.length} trainings**; the command above goes on with them.`,
        ]),
    ...(results.length === 0 ? [] : shownRhythms.flatMap((rhythm) => rhythmSection(result, rhythm, titles))),
    ...results.flatMap(({ cell, reconstruction }) =>
      reconstructionSection("recordings", titles[cell.model], reconstruction, shownRhythms),
    ),
  ].join("\n\n");
}

function rhythmSection({ learned, results }: RecordingResults, rhythm: ShownRhythm, titles: Titles) {
  const own = learned[rhythm];
  const made = results.map(({ cell, judgements }) => ({
    title: titles[cell.model],
    judgement: judgements[rhythm],
  }));
  const back = results.flatMap(({ cell, throughCodes }) =>
    throughCodes === null
      ? []
      : [{ title: `held out, through the codes of ${titles[cell.model]}`, judgement: throughCodes[rhythm] }],
  );
  return [
    `## ${rhythm}`,
    `![Made recordings of ${rhythm} beside those of virtual patients](${stripsName(rhythm)})`,
    table(
      [
        "",
        ...distanceNames.flatMap((each) => [
          distanceTitles[each],
          `of noise`,
          `${distanceTitles[each]} / noise`,
        ]),
        "coverage",
        "pair distance / held out",
        `called ${rhythm}`,
      ],
      [
        ...[...made, ...back].map(({ title, judgement: { distances, coverage, diversity, called } }) => [
          title,
          ...distanceNames.flatMap((each) => [
            withInterval(distances[each].made),
            digits(distances[each].noise.value),
            withInterval(distances[each].share),
          ]),
          withInterval(coverage),
          withInterval(diversity),
          inPercent(called),
        ]),
        [
          "floor: recordings learned from",
          ...distanceNames.flatMap((each) => [withInterval(own.floor[each]), "", ""]),
          withInterval(own.coverage),
          withInterval(own.diversity),
          inPercent(own.called),
        ],
      ],
    ),
    table(
      ["median [quartiles]", ...recordingTraits.map((trait) => traitTitles[trait])],
      [
        ...made.map(({ title, judgement }) => [title, ...formCells(judgement.form)]),
        ["recordings learned from", ...formCells(own.form)],
      ],
    ),
    ...made.map(({ title, judgement }) => rhythmWords(title, judgement.form.unevenness, own.form.unevenness)),
  ];
}

/** Whether the intervals of made recordings vary as those that were learned from. */
function rhythmWords(title: string, made: TraitSummary, learned: TraitSummary): string {
  const [value, lower, upper] = [made.median, learned.lower, learned.upper].map((each) =>
    inTrait("unevenness", each),
  );
  const spans = `RR deviates by ${value} % of its mean, in those learned from by ${lower} to ${upper} %`;
  if (isTypical(made, learned)) return `${title} has the rhythm: ${spans}.`;
  return `${title} has **not** learned the rhythm itself, which is too ${made.median > learned.upper ? "uneven" : "even"}: ${spans}.`;
}

const formCells = (form: RecordingForm) =>
  recordingTraits.map((trait) => {
    const { lower, median, upper }: TraitSummary = form[trait];
    return `${inTrait(trait, median)} [${inTrait(trait, lower)}, ${inTrait(trait, upper)}]`;
  });

/** Name of the figure of a rhythm. */
export const stripsName = (rhythm: ShownRhythm): string => `generated-recordings-${rhythm.toLowerCase()}.svg`;

export const settings = (titles: Titles): string =>
  settingsTable(provenModels, titles, shortRecordingTrainings);
