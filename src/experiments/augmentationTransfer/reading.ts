import { list, verdictsInWords, withinSentence } from "../syntheticBeats/tables.ts";
import { augmentationMetrics } from "./metrics.ts";
import type { AugmentationSettingName } from "./settings.ts";
import type { AugmentationExperiment } from "./specification.ts";
import type { AugmentationTable, Baseline } from "./tables.ts";

/** What a table says and does not say, in words. */
export function readingOf(
  { form, classes, seeds, division }: AugmentationExperiment,
  { source, testedOn: database, metric, tested, rows }: Omit<AugmentationTable, "seeds" | "reading">,
): string {
  const measure = withinSentence(augmentationMetrics[metric]);
  const judged = (setting: AugmentationSettingName, against: Baseline) =>
    rows
      .filter((row) => row.setting === setting)
      .flatMap(({ own, points }) =>
        points.flatMap(({ share, [against]: comparison }) =>
          comparison === null ? [] : [{ title: `${own} at ${share}`, comparison }],
        ),
      );
  const said = (setting: AugmentationSettingName, against: Baseline, baseline: string) => {
    const found = judged(setting, against);
    return found.length === 0 ? "" : verdictsInWords(found, { measure, baseline });
  };
  const told = rows.find(({ setting }) => setting === "realOrSynthetic")?.points.at(-1)?.values.mean ?? null;
  const untested = classes.filter((_, label) => tested[label] === 0);
  const lacks = untested.length > 0 && untested.length < classes.length && metric !== "accuracy";
  return [
    database === null ? `${source.name}.` : `${source.name}, tested on ${database.name}.`,
    database !== null && rows.every(({ points }) => points.every(({ values }) => values.mean === null))
      ? "No training tells yet of which database its test signals are."
      : "",
    lacks
      ? `No ${list(untested)} is tested: it ${metric === "area" ? "has no area" : "counts as 0 in the mean"}.`
      : "",
    said("bothToReal", "overReal", "real signals alone"),
    said("bothToReal", "overRepeated", "as many repeated real signals"),
    said("bothToReal", "overWeighted", "real signals weighted to the same class counts"),
    said("tunedToReal", "overReal", "as many real signals without learning from synthetic ones first"),
    said("tunedToReal", "overRepeated", "as many real signals, rare classes repeated up to the largest"),
    said("tunedToReal", "overWeighted", "as many real signals, rare classes weighted up to the largest"),
    told !== null && metric === "accuracy"
      ? `A classifier tells ${(100 * told).toFixed(0)} % of the signals of the first generator's set and of the real one apart; luck gives 50 %.`
      : "",
    seeds.length < 5 ? "Fewer than five runs tell little of the luck of a training." : "",
    "Generators were trained once: the luck of their training is not in the intervals.",
    division.byFolds === true && form === "recordings"
      ? "Recordings of a published fold are divided as published; others by the shares."
      : "",
    division.byPatient
      ? "No patient stands on two sides."
      : "Signals of a patient may stand on two sides: what was learned by heart counts as skill here.",
  ]
    .filter((part) => part !== "")
    .join(" ");
}
