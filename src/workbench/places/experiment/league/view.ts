import type {
  LeagueCell,
  LeagueExperiment,
  LeagueResult,
} from "../../../../experiments/league/specification.ts";
import { formatCount } from "../../../format.ts";
import type { ProtocolView } from "../protocols.ts";
import { LeagueResults } from "./LeagueResults.tsx";
import { LeagueSetup } from "./LeagueSetup.tsx";

/** The league of all generators as the page shows it. */
export const leagueView: ProtocolView<LeagueExperiment, LeagueCell> = {
  kind: "League of generators experiment",
  title: "League of all generators",
  paper: "All papers of the workbench",
  question: "Which generator's beats are near, useful, private, and at what cost?",
  welcome:
    "Every generator learns from the beats of the same training patients and is measured on others: how near its beats are to theirs, what they are worth to a classifier, whether they are copies, and what they cost. Real beats again, noise of the same spectrum and a planted copier mark the ends of the scales.",
  Setup: LeagueSetup,
  Results: LeagueResults,
  dataInWords: ({ source, classes, division }) =>
    `Beats of ${source.name} (${source.members.length} records): ${classes.join(", ")}; ${division.byPatient ? "every patient on one side" : "patients may stand on several sides"}.`,
  resultInWords(result) {
    const { counts, scores, cost } = result as LeagueResult;
    const trained = formatCount(counts.train.reduce((all, each) => all + each, 0));
    return `Learned from ${trained} beats of ${counts.trainPatients} patients in ${cost.trainingSeconds.toFixed(0)} s; measured on ${formatCount(scores.labels.length)} beats of ${counts.testPatients} others.`;
  },
  likenesses: ({ contestant }) => [contestant.generator],
};
