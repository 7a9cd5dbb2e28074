import { subset } from "../../neural/training/signalSet.ts";
import { divideSignals, type RealSignals, type Side } from "../augmentationTransfer/signals.ts";
import type { OwnedBeats } from "./run.ts";
import type { LeagueCell } from "./specification.ts";

/** The real beats of each side. @throws Failure where a class is missing on one */
export function dividedBeats(
  signals: RealSignals,
  { classes, division }: LeagueCell,
): Readonly<Record<Side, OwnedBeats>> {
  const rows = divideSignals(signals, classes, division);
  const of = (side: Side): OwnedBeats => ({
    ...subset(signals, rows[side]),
    patients: Array.from(rows[side], (row) => signals.patients[row]),
  });
  return { train: of("train"), validation: of("validation"), test: of("test") };
}
