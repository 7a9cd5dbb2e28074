import { Failure } from "../../domain/failure.ts";
import { generatorNamed } from "../../generators/generatorNamed.ts";
import { chosenTitles, titleOfChosen } from "../chosenTitles.ts";
import type { ExperimentProtocol } from "../protocol.ts";
import { withinSentence } from "../syntheticBeats/tables.ts";
import { augmentationAddress } from "./addresses.ts";
import { augmentationAsCsv, augmentationAsJson, augmentationAsLatex } from "./exportTables.ts";
import { augmentationCellsOf, sourcesOf } from "./grid.ts";
import { type AugmentationMetricName, augmentationMetrics, metricOf } from "./metrics.ts";
import { quickAugmentation } from "./presets.ts";
import { augmentationResultForm } from "./resultForm.ts";
import { augmentationSettingNames, isControl, settingNamed, usesSynthetic } from "./settings.ts";
import {
  type AugmentationCell,
  type AugmentationExperiment,
  type AugmentationResult,
  augmentationDefaults,
  type FinishedAugmentationCell,
} from "./specification.ts";
import { parseAugmentation } from "./specificationFile.ts";
import { type AugmentationTable, asManyAsTogether, augmentationTable, learnedElsewhere } from "./tables.ts";

/** Which table of an experiment: an `AugmentationTable`. */
export interface AugmentationQuestion {
  /** Place among the sources, the merged one last. */
  readonly source: number;
  readonly metric: AugmentationMetricName;
  /** Place among the sources of the one whose test signals alone are counted; all are where nothing is said. */
  readonly testedOn?: number | null;
}

const titlesOf = ({ generators }: Pick<AugmentationExperiment, "generators">) =>
  chosenTitles(generators, generatorNamed);

/** @throws Failure `no-such-table` */
async function tableOf(
  specification: AugmentationExperiment,
  ended: readonly FinishedAugmentationCell[],
  { source, metric, testedOn = null }: AugmentationQuestion,
): Promise<AugmentationTable> {
  const own = sourcesOf(specification)[source];
  if (own === undefined) {
    throw new Failure(
      "no-such-table",
      `There is no source ${source + 1}.`,
      specification.name,
      "Choose one of the experiment's sources.",
    );
  }
  return augmentationTable(specification, ended, own, metric, {
    titles: await titlesOf(specification),
    testedOn: testedOn === null ? null : specification.sources[testedOn],
  });
}

/** Núñez et al. 2024: synthetic signals beside real ones, in place of them, or before them. */
export const augmentationProtocol: ExperimentProtocol<
  AugmentationExperiment,
  AugmentationCell,
  AugmentationResult
> = {
  kind: "Augmentation and transfer experiment",
  cellKind: "Augmentation and transfer",
  parse: parseAugmentation,
  isSettled: () => true,
  settle: async (specification) => specification,
  cells: augmentationCellsOf,
  address: augmentationAddress,
  async cellTitle({ source, syntheticSource, setting, generators, share, seed, freezesConvolutions }) {
    const { title, grows, before } = settingNamed(setting);
    const titles = await titlesOf({ generators });
    return [
      source.name,
      title,
      ...(usesSynthetic(setting) ? [generators.map((each) => titleOfChosen(titles, each)).join(" + ")] : []),
      ...(syntheticSource === undefined ? [] : [learnedElsewhere(syntheticSource)]),
      ...(isControl(setting) && generators.length > 1 ? [asManyAsTogether] : []),
      ...(before === null ? [] : [freezesConvolutions ? "convolutions kept" : "all trained"]),
      `${grows === "both" ? "real and synthetic" : grows} × ${share}`,
      `seed ${seed}`,
    ].join(" · ");
  },
  resultForm: augmentationResultForm,
  resultInWords: (result) =>
    `${withinSentence(augmentationMetrics.f1)} ${metricOf(result, "f1")?.toFixed(3) ?? "–"}`,
  report: (specification, ended, question) => tableOf(specification, ended, question as AugmentationQuestion),
  async exportReport(specification, ended, _question, format) {
    const metrics = Object.keys(augmentationMetrics) as AugmentationMetricName[];
    const tables: AugmentationTable[] = [];
    const { length: databases } = specification.sources;
    for (const [source] of sourcesOf(specification).entries()) {
      const isMerged = source === databases;
      for (const testedOn of [null, ...(isMerged ? specification.sources.keys() : [])]) {
        for (const metric of metrics) {
          tables.push(await tableOf(specification, ended, { source, metric, testedOn }));
        }
      }
    }
    if (format === "json") return augmentationAsJson(specification, tables);
    return format === "csv" ? augmentationAsCsv(tables) : `${augmentationAsLatex(tables)}\n`;
  },
  presets: {
    full: augmentationDefaults,
    quick: quickAugmentation,
    titles: Object.fromEntries(augmentationSettingNames.map((name) => [name, settingNamed(name).title])),
  },
  training: async () => (await import("./cellTraining.ts")).augmentationTraining,
};
