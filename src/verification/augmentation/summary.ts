import type { Claim } from "../proof.ts";
import { differences, type Judged, overview } from "../syntheticBeats/words.ts";
import type { ComputedAugmentation } from "./compute.ts";
import { shortName } from "./drawing.ts";
import type { Tables } from "./section.ts";

export type Kind = "augmentation" | "transfer" | "replacement";

/** One experiment on one source, with what it is asked. */
export interface Outcome {
  readonly kind: Kind;
  /** Of the source, in the names of files. */
  readonly key: string;
  readonly computed: ComputedAugmentation;
  readonly tables: Tables;
  /** The tables with the test signals of one database alone, of each where several were merged. */
  readonly byDatabase: readonly { readonly name: string; readonly tables: Tables }[];
}

export function endsOf({ experiment, cells, finished }: ComputedAugmentation): Claim {
  return {
    promise: `Every training ends: ${experiment.name}`,
    measured: `${finished.length} of ${cells.length}`,
    holds: finished.length === cells.length,
  };
}

type Against = "overReal" | "overRepeated" | "overWeighted";

function judgedOf(
  outcomes: readonly Outcome[],
  titles: Readonly<Record<string, string>>,
  { kind, setting, against }: { readonly kind: Kind; readonly setting: string; readonly against: Against },
): Judged[] {
  return outcomes
    .filter((each) => each.kind === kind)
    .flatMap(({ computed, tables }) =>
      tables.f1.rows
        .filter((row) => row.setting === setting)
        .flatMap((row) =>
          row.points.map((point) => ({
            title: `${shortName(row, titles)}${row.freezesConvolutions ? ", convolutions kept" : ""}`,
            place: `${computed.experiment.sources[0].name} × ${point.share}`,
            comparison: point[against],
          })),
        ),
    );
}

/** Which comparisons were decided, and all differences at a glance. */
export function summaryOf(outcomes: readonly Outcome[], titles: Readonly<Record<string, string>>): string {
  const beside = (against: Against) =>
    judgedOf(outcomes, titles, { kind: "augmentation", setting: "bothToReal", against });
  const before = (against: Against) =>
    judgedOf(outcomes, titles, { kind: "transfer", setting: "tunedToReal", against });
  const instead = judgedOf(outcomes, titles, {
    kind: "replacement",
    setting: "syntheticToReal",
    against: "overReal",
  });
  const isComplete = outcomes.every(({ computed }) => endsOf(computed).holds);
  return [
    "## In short",
    ...(isComplete
      ? []
      : [
          "Not every training has ended, as the claims above tell: rows lack runs or are missing. The command goes on where it stopped.",
        ]),
    `Augmentation. ${overview(beside("overReal"), "real signals alone")} ${overview(beside("overRepeated"), "real signals repeated to the same counts")} ${overview(beside("overWeighted"), "real signals weighted to the same counts")} Macro F1 minus that of real signals alone, at each share of the synthetic ones, bold where it is decided:`,
    differences(beside("overReal")),
    "Macro F1 minus that of real signals repeated to the same class counts:",
    differences(beside("overRepeated")),
    `Transfer. ${overview(before("overReal"), "as many real signals without synthetic ones first")} ${overview(before("overRepeated"), "as many real signals levelled by repeating")} ${overview(before("overWeighted"), "as many real signals levelled by weights")} Macro F1 minus that of as many real signals alone, at each share of these:`,
    differences(before("overReal")),
    "Macro F1 minus that of as many real signals with rare classes repeated up to the largest:",
    differences(before("overRepeated")),
    `Replacement. ${overview(instead, "real signals")} Macro F1 on real signals after synthetic ones alone, minus that after real ones:`,
    differences(instead),
  ].join("\n\n");
}
