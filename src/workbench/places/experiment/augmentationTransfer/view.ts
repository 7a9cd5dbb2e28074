import type {
  AugmentationCell,
  AugmentationExperiment,
  AugmentationResult,
} from "../../../../experiments/augmentationTransfer/specification.ts";
import { formatCount } from "../../../format.ts";
import type { ProtocolView } from "../protocols.ts";
import { AugmentationResults } from "./AugmentationResults.tsx";
import { AugmentationSetup } from "./AugmentationSetup.tsx";

/** The augmentation and transfer experiments as the page shows them. */
export const augmentationView: ProtocolView<AugmentationExperiment, AugmentationCell> = {
  kind: "Augmentation and transfer experiment",
  title: "Augmentation and transfer",
  paper: "Núñez et al. 2024",
  question: "What are synthetic signals worth beside real ones, in their place, or before them?",
  welcome:
    "Generators learn from the training side alone. Classifiers are trained on real signals, on synthetic ones, on both, and on the one after the other; real signals that are repeated to the same numbers stand beside as the control, and real signals with equal classes beside what was learned first.",
  Setup: AugmentationSetup,
  Results: AugmentationResults,
  dataInWords: ({ sources, crossesSources, form, classes, division }) =>
    `${form === "beats" ? "Beats" : "Ten-second recordings"} of ${sources.map(({ name, members }) => `${name} (${members.length} records)`).join(" and ")}: ${classes.join(", ")}; ${division.byPatient ? "every patient on one side" : "patients may stand on several sides"}${crossesSources === true && sources.length > 1 ? "; synthetic ones of each are tried on the others" : ""}.`,
  resultInWords(result) {
    const { train, validation, synthetic, labels } = result as AugmentationResult;
    const sum = (counts: readonly number[]) => formatCount(counts.reduce((all, each) => all + each, 0));
    return `Trained on ${sum(train)} signals, ${formatCount(synthetic)} of them synthetic; validated on ${sum(validation)}, tested on ${formatCount(labels.length)}.`;
  },
  likenesses: ({ setting, generators, share }) => [
    `${setting} ${generators.map(({ generator }) => generator).join(" ")} ${share}`,
    setting,
  ],
};
