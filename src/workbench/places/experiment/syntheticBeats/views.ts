import type {
  BeatCellResult,
  ClassCount,
  PganCell,
  PganExperiment,
  SimGanCell,
  SimGanExperiment,
} from "../../../../experiments/syntheticBeats/specification.ts";
import { formatCount } from "../../../format.ts";
import type { ProtocolView } from "../protocols.ts";
import { PganResults } from "./PganResults.tsx";
import { PganSetup } from "./PganSetup.tsx";
import { SimGanResults } from "./SimGanResults.tsx";
import { SimGanSetup } from "./SimGanSetup.tsx";

const recordsInWords = ({ source }: SimGanExperiment | PganExperiment) =>
  `Beats: ${source.name}, ${source.members.length} records, lead ${source.lead}.`;

function resultInWords(result: unknown): string {
  const { counts, added } = result as BeatCellResult;
  const words = ({ positive, negative }: ClassCount) =>
    `${formatCount(positive + negative)} (${formatCount(positive)} of the class)`;
  return `Real beats trained on: ${words(counts.train)}, with ${formatCount(added)} added; validated on ${words(counts.validation)}, tested on ${words(counts.test)}.`;
}

/** SimGAN's experiment as the page shows it. */
export const simGanView: ProtocolView<SimGanExperiment, SimGanCell> = {
  kind: "SimGAN experiment",
  title: "Added beats, DS1 and DS2 (SimGAN)",
  paper: "Golany et al., ICML 2020",
  question:
    "Do generated beats make a classifier find more ectopic beats of patients whom it has never seen?",
  welcome:
    "For each class a classifier is trained on beats of one half of the patients, with and without generated ones, and tested on the other half; noise and repeated real beats stand beside as controls.",
  Setup: SimGanSetup,
  Results: SimGanResults,
  dataInWords: recordsInWords,
  resultInWords,
  likenesses: ({ added, target }) => [`${target} ${added.generator}`, added.generator],
};

/** PGAN's experiment as the page shows it. */
export const pganView: ProtocolView<PganExperiment, PganCell> = {
  kind: "PGAN experiment",
  title: "Personal beats, one patient left out (PGAN)",
  paper: "Golany & Radinsky, AAAI 2019",
  question:
    "Does a classifier gain from beats that are generated for one patient, from minutes without labels?",
  welcome:
    "One patient after the other is left out; the first minutes of the record, without labels, tell what the patient's beats look like, and generated ones of that look are added to those of the others.",
  Setup: PganSetup,
  Results: PganResults,
  dataInWords: recordsInWords,
  resultInWords,
  likenesses: ({ method, count }) => [`${method} ${count}`, method],
};
