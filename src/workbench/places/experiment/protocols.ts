import type { ComponentType } from "react";
import type { ProtocolCell, ProtocolSpecification } from "../../../domain/experiment.ts";
import type { AnyExperiment } from "../../../storage/trainings.ts";
import { augmentationView } from "./augmentationTransfer/view.ts";
import { leagueView } from "./league/view.ts";
import { realSyntheticView } from "./realSynthetic/view.ts";
import { pganView, simGanView } from "./syntheticBeats/views.ts";

export interface ResultsProps {
  readonly found: AnyExperiment;
  /** Cells that have ended: tables are computed anew when it changes. */
  readonly finished: number;
}

/** How the page shows a protocol: the form, the results, and words. Parameters are methods, as in the registry itself. */
export interface ProtocolView<
  Specification extends ProtocolSpecification = ProtocolSpecification,
  Cell extends ProtocolCell = ProtocolCell,
> {
  /** As in the protocol. */
  readonly kind: string;
  /** For the chooser. */
  readonly title: string;
  readonly paper: string;
  /** What it asks, in a sentence. */
  readonly question: string;
  /** What comes of it and how, for those who have no experiment yet. */
  readonly welcome: string;
  readonly Setup: ComponentType;
  readonly Results: ComponentType<ResultsProps>;
  /** What it is trained and tested on, in a sentence. */
  dataInWords(specification: Specification): string;
  /** The result of a cell in a sentence; null where it opens under Train. */
  resultInWords(result: unknown): string | null;
  /** What makes trainings take as long as each other, from the finest to the coarsest. */
  likenesses(cell: Cell): readonly string[];
}

/** The protocols as the page shows them, in the order of the registry. */
export const protocolViews = [
  realSyntheticView,
  simGanView,
  pganView,
  augmentationView,
  leagueView,
] as const satisfies readonly ProtocolView[];

const all: readonly ProtocolView[] = protocolViews;

/** How the protocol of an experiment is shown. */
export function viewOf(kind: string): ProtocolView {
  const view = all.find((each) => each.kind === kind);
  if (view === undefined) throw new TypeError(`no view for ${kind}`);
  return view;
}
