import { leagueProtocol } from "../experiments/league/protocol.ts";
import type { LeagueCell, LeagueExperiment, LeagueResult } from "../experiments/league/specification.ts";
import type { Command } from "./command.ts";
import { standInWords } from "./recordShelf.ts";
import { runSignalCommand, type SignalCommand, signalOptionsHelp } from "./signalExperiment.ts";

/** The league as a command on folders of annotated records. */
export const leagueCommand: SignalCommand<LeagueExperiment, LeagueCell, LeagueResult> = {
  name: "league",
  out: "league",
  protocol: leagueProtocol,
  formOf: ({ lead }) => ({ form: "beats", lead }),
  sourcesOf: ({ source }) => [source],
  withSources: (specification, [source]) => ({ ...specification, source }),
};

/** Computes the league of all generators. */
export const league: Command = {
  summary: "put all generators side by side: closeness, usefulness, privacy, cost",
  help: `npm run ecg -- league SPEC.json --data DIR [options]

Trains every generator on beats of the training patients, draws beats from it, and measures how near they are to beats of
tested patients, what they are worth to a classifier, whether they are copies, and what they cost; real beats again, noise of
the same spectrum and a planted copier stand beside as references. Prints the table. Every contestant of a run ends in a file
named by the hash of all that it depends on: a call that is broken off goes on where it stopped. The page opens the files.

  --data DIR     folder with annotated records, such as MIT-BIH's; ${standInWords}
${signalOptionsHelp("league")}

Examples
  npm run ecg -- league docs/league.experiment.json --data mitdb --shard 1/40 --browser --backend webgpu
  npm run ecg -- league docs/league.experiment.json --data mitdb --tables --format latex`,
  run: (words) => runSignalCommand(leagueCommand, words),
};
