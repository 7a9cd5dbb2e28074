import {
  decisionsOf,
  type NetworkHooks,
  restoredSmallNetwork,
  type SmallNetwork,
  trainSmallNetwork,
} from "../../experiments/closeness/smallNetwork.ts";
import { standInLabels } from "../../simulators/cohort/tenSeconds.ts";
import type { Rows } from "../generatedBeats/sources.ts";
import { hashOf, type ResultFolder } from "../resultFolder.ts";
import type { RecordingSource, ShownRhythm } from "./source.ts";

const seed = 7;
const outputs = standInLabels.length;
const neverStopped: NetworkHooks = { stopped: () => false };

/** A network that tells the rhythms of other virtual patients apart, trained once. */
export async function featureNetwork(
  { others: { rows, labels } }: RecordingSource,
  folder: ResultFolder,
): Promise<SmallNetwork> {
  const learning = { others: await hashOf(rows.values), seed };
  const arrays = await folder.kept("features", learning, async () => {
    const network = await trainSmallNetwork({ rows, labels }, outputs, { seed }, neverStopped);
    if (network === null) throw new Error("the training of the features has been stopped");
    const state = await network.state();
    network.dispose();
    return state;
  });
  return restoredSmallNetwork(arrays, { length: rows.length, outputs }, neverStopped);
}

/** What the network sees in recordings, `[count, 32]`. */
export async function featuresOf(network: SmallNetwork, rows: Rows): Promise<Rows> {
  const found = await network.features(rows);
  if (found === null) throw new Error("the network of the features has none");
  return found;
}

/** Share of recordings that the network calls by a rhythm of the stand-in. */
export async function calledAs(network: SmallNetwork, rows: Rows, rhythm: ShownRhythm): Promise<number> {
  const logits = await network.logits(rows);
  if (logits === null) throw new Error("the network of the features was stopped");
  const label = standInLabels.indexOf(rhythm);
  return decisionsOf(logits, outputs).filter((decision) => decision === label).length / rows.count;
}
