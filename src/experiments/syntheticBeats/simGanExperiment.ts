import type { BeatTarget } from "../../domain/beatTargets.ts";
import type { Named } from "../../domain/distinctTitles.ts";
import { generatorNamed } from "../../generators/generatorNamed.ts";
import { chosenTitles } from "../chosenTitles.ts";
import type { ExperimentProtocol } from "../protocol.ts";
import { addsNothing, beatCellAddress } from "./addresses.ts";
import { beatResultForm } from "./beatResultForm.ts";
import { beatTablesAsJson, simGanAsCsv, simGanAsLatex, simGanCurvesAsCsv } from "./exportTables.ts";
import { simGanCellsOf } from "./grid.ts";
import { quickSimGan } from "./presets.ts";
import { controlTitles, simGanTable } from "./simGanTables.ts";
import {
  type BeatCellResult,
  isUncounted,
  type SimGanCell,
  type SimGanExperiment,
  simGanDefaults,
} from "./specification.ts";
import { parseBeatExperiment } from "./specificationFile.ts";

/** Which table of an experiment: a `SimGanTable`. */
export interface BeatQuestion {
  readonly target: BeatTarget;
}

const named = async (generator: string): Promise<Named> => {
  const title = controlTitles[generator];
  return title === undefined ? generatorNamed(generator) : { title, hyperparameters: {} };
};

const titlesOf = ({ generators }: SimGanExperiment) => chosenTitles(generators, named);

/** Golany et al., ICML 2020: one class against the rest, DS1 against DS2, with beats added. */
export const simGanExperiment: ExperimentProtocol<SimGanExperiment, SimGanCell, BeatCellResult> = {
  kind: "SimGAN experiment",
  cellKind: "SimGAN",
  parse: (text, file) => parseBeatExperiment(text, file) as SimGanExperiment,
  isSettled: () => true,
  settle: async (specification) => specification,
  cells: simGanCellsOf,
  address: beatCellAddress,
  async cellTitle(cell) {
    const { target, added, ratio, seed } = cell;
    const words = addsNothing(cell)
      ? "no added beats"
      : `${(await named(added.generator)).title}${isUncounted(added.generator) ? "" : ` × ${ratio}`}`;
    return `${target} · ${words} · seed ${seed}`;
  },
  resultForm: beatResultForm,
  resultInWords: ({ added }) => `${added} beats added`,
  async report(specification, ended, question) {
    const titles = await titlesOf(specification);
    return simGanTable(specification, ended, (question as BeatQuestion).target, { titles });
  },
  async exportReport(specification, ended, _question, format) {
    const titles = await titlesOf(specification);
    const tables = specification.targets.map((target) =>
      simGanTable(specification, ended, target, { titles }),
    );
    if (format === "json") return beatTablesAsJson(specification, tables);
    return format === "csv"
      ? `${simGanAsCsv(tables)}\n${simGanCurvesAsCsv(tables)}`
      : `${simGanAsLatex(tables)}\n`;
  },
  presets: { full: simGanDefaults, quick: quickSimGan, titles: controlTitles },
  training: async () => (await import("./beatTraining.ts")).simGanTraining,
};
