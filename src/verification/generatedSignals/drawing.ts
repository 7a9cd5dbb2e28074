import { beatPanel, beatPanels, shownBeats } from "../figures/beatPanels.ts";
import { type ShownClass, shownClasses } from "../generatedBeats/sources.ts";
import { beatSignals, comparedBeats } from "./beats.ts";
import { beatsName, type Titles } from "./document.ts";
import { lossFigures } from "./lossFigures.ts";
import type { SignalSourceResult } from "./results.ts";

/** Real beats and those of every model, side by side. */
function beatsFigure({ source, results }: SignalSourceResult, beatClass: ShownClass, titles: Titles): string {
  const real = source.key === "real" ? "real" : "simulated";
  return beatPanels(
    `Beats of class ${beatClass}: ${source.title}`,
    `${shownBeats} beats each, mean ± SD of ${comparedBeats}; orange ones are synthetic`,
    [
      beatPanel(
        `${real}, held out`,
        "not learned from",
        beatSignals(source).heldOut[beatClass].values,
        "real",
      ),
      ...results.map(({ cell, outcome, judgements }) =>
        beatPanel(
          titles[cell.model],
          `synthetic · coverage by features ${judgements[beatClass].coverage.features.value.toFixed(2)}`,
          outcome.made[beatClass],
          "generated",
        ),
      ),
    ],
  );
}

/** All figures by the names of their files. */
export function figuresOf(
  sources: readonly SignalSourceResult[],
  titles: Titles,
): Readonly<Record<string, string>> {
  const trained = sources.filter(({ results }) => results.length > 0);
  return Object.fromEntries([
    ...trained.flatMap((result) =>
      shownClasses.map(
        (beatClass) =>
          [beatsName(result.source.key, beatClass), beatsFigure(result, beatClass, titles)] as const,
      ),
    ),
    ...lossFigures(
      "generated-signals",
      trained.flatMap(({ source, results }) =>
        results.map(({ cell, outcome }) => ({
          nameOf: (part: string) => `${titles[cell.model]}${part}, ${source.key}`,
          curves: outcome.curves,
        })),
      ),
    ),
  ]);
}
