import { Failure } from "../../domain/failure.ts";
import { chosenTitles } from "../chosenTitles.ts";
import type { ExperimentProtocol } from "../protocol.ts";
import { leagueAddress } from "./addresses.ts";
import { contestantNamed, simulatorTitles } from "./contestants.ts";
import { leagueAsCsv, leagueAsJson, leagueAsLatex } from "./exportTables.ts";
import { contestantsOf, leagueCellsOf } from "./grid.ts";
import { macroF1 } from "./macroF1.ts";
import { quickLeague } from "./presets.ts";
import { leagueResultForm } from "./resultForm.ts";
import {
  type FinishedLeagueCell,
  type LeagueCell,
  type LeagueExperiment,
  type LeagueResult,
  leagueDefaults,
} from "./specification.ts";
import { parseLeague } from "./specificationFile.ts";
import { type LeagueTable, leagueTable } from "./tables.ts";

/** Which table of a league: a `LeagueTable`. */
export interface LeagueQuestion {
  /** Whose closeness is told. */
  readonly beatClass: string;
}

const titlesOf = (specification: LeagueExperiment) =>
  chosenTitles(contestantsOf(specification), async (generator) => {
    const contestant = await contestantNamed(generator);
    const hyperparameters = contestant.kind === "model" ? contestant.model.hyperparameters : {};
    return { title: contestant.title, hyperparameters };
  });

/** @throws Failure `no-such-table` */
async function tableOf(
  specification: LeagueExperiment,
  ended: readonly FinishedLeagueCell[],
  { beatClass }: LeagueQuestion,
): Promise<LeagueTable> {
  if (!specification.classes.includes(beatClass)) {
    throw new Failure(
      "no-such-table",
      `There is no class ${beatClass}.`,
      specification.name,
      `Choose one of ${specification.classes.join(", ")}.`,
    );
  }
  return leagueTable(specification, ended, beatClass, { titles: await titlesOf(specification) });
}

/** All generators side by side: how near their beats are to real ones, what they are worth, whether they are copies, and what they cost. */
export const leagueProtocol: ExperimentProtocol<LeagueExperiment, LeagueCell, LeagueResult> = {
  kind: "League of generators experiment",
  cellKind: "League of generators",
  parse: parseLeague,
  isSettled: () => true,
  settle: async (specification) => specification,
  cells: leagueCellsOf,
  address: leagueAddress,
  async cellTitle({ source, contestant, seed }) {
    const { title } = await contestantNamed(contestant.generator);
    return [source.name, title, `seed ${seed}`].join(" · ");
  },
  resultForm: leagueResultForm,
  resultInWords: ({ scores }) =>
    `macro F1 ${macroF1(scores, "both").toFixed(3)} with it, ${macroF1(scores, "synthetic").toFixed(3)} of it alone`,
  report: (specification, ended, question) => tableOf(specification, ended, question as LeagueQuestion),
  async exportReport(specification, ended, _question, format) {
    const tables: LeagueTable[] = [];
    for (const beatClass of specification.classes) {
      tables.push(await tableOf(specification, ended, { beatClass }));
    }
    if (format === "json") return leagueAsJson(specification, tables);
    return format === "csv" ? leagueAsCsv(tables) : `${leagueAsLatex(tables)}\n`;
  },
  presets: { full: leagueDefaults, quick: quickLeague, titles: simulatorTitles },
  training: async () => (await import("./cellTraining.ts")).leagueTraining,
};
