import type { CellSpecification, ExperimentSpecification } from "../../../../domain/experiment.ts";
import type { ProtocolView } from "../protocols.ts";
import { RealSyntheticResults } from "./RealSyntheticResults.tsx";
import { RealSyntheticSetup } from "./RealSyntheticSetup.tsx";

/** Real, Syn, Syn→Real as the page shows it. */
export const realSyntheticView: ProtocolView<ExperimentSpecification, CellSpecification> = {
  kind: "Real, Syn, Syn→Real experiment",
  title: "Real, Syn, Syn→Real",
  paper: "Nonaka & Seita 2026",
  question: "Does it help to train on synthetic recordings before real ones?",
  welcome:
    "Each architecture is trained on real recordings, on synthetic ones, and on the one after the other, several times with different divisions.",
  Setup: RealSyntheticSetup,
  Results: RealSyntheticResults,
  dataInWords: ({ real }) =>
    real === null
      ? "Everything here is synthetic, the test recordings too."
      : `Real recordings: ${real.name}, ${real.members.length} records, ${real.byPatient ? "every patient on one side" : "patients may stand on both sides"}.`,
  resultInWords: () => null,
  likenesses: ({ architecture }) => [architecture],
};
