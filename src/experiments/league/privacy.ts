import { memorisation } from "../../evaluation/closeness/memorisation.ts";
import type { PrivacyKey } from "../../evaluation/closeness/privacy.ts";
import { privacyReport } from "../../evaluation/closeness/privacyReport.ts";
import { finishWithPauses, type Work } from "../../evaluation/closeness/work.ts";
import { wilsonInterval } from "../../evaluation/statistics/wilson.ts";
import { breathe } from "../../neural/training/breathe.ts";
import type { SignalSet } from "../../neural/training/signalSet.ts";
import { createRandom } from "../../signal/random.ts";
import { joinedSets } from "../augmentationTransfer/signals.ts";
import { rowsOf } from "./classCloseness.ts";
import type { LeagueRun } from "./run.ts";
import type { LeaguePrivacy } from "./specification.ts";

/**
 * Whether the beats of all classes together repeat training beats: with one class alone, too few patients would be left for
 * an exchange of patients to tell. Validation and test patients are the yardstick; no generator has seen either.
 * @returns null where it was stopped
 */
export async function privacyOf(
  { cell, hooks, real }: LeagueRun,
  beats: SignalSet,
): Promise<LeaguePrivacy | null> {
  const { train, validation, test } = real;
  const heldOut = rowsOf(joinedSets([validation, test]));
  const [own, training] = [rowsOf(beats), rowsOf(train)];
  const seed = createRandom(cell.division.seed, 81).integer(2 ** 31);
  const paced = <Result>(work: Work<Result>) =>
    finishWithPauses(work, { stopped: hooks.stopped, pause: breathe });
  const patients = { training: train.patients, heldOut: [...validation.patients, ...test.patients] };
  const options = { seed, ...(cell.division.byPatient && { patients }) };
  const checked = await paced(memorisation(own, training, heldOut, options));
  if (checked === null) return null;
  const report = await paced(privacyReport(own, training, heldOut, options));
  if (report === null) return null;
  const entry = (key: PrivacyKey) => {
    const found = report.result.find((each) => each.key === key);
    if (found === undefined) throw new TypeError(`no entry ${key}`);
    return { value: found.value, interval: found.interval };
  };
  const { copies, probability, isMemorising } = checked.result;
  const [low, high] = wilsonInterval(Math.round(copies.share * own.count), own.count);
  return {
    nearer: entry("nearerShare"),
    membership: entry("membership"),
    copies: { value: copies.share, interval: { low, high } },
    probability,
    isMemorising,
  };
}
