import { move } from "../../boundary/move.ts";
import type { BlindPicture, BlindTestSpecification } from "../../domain/blindTest.ts";
import type { ClosenessParts, ClosenessSpecification } from "../../domain/closeness.ts";
import { Failure } from "../../domain/failure.ts";
import { generatedForms } from "../../domain/generation.ts";
import { workbenchVersion } from "../../domain/version.ts";
import { trialOrder } from "../../evaluation/blindTest.ts";
import { closenessMeasures, featureMeasures } from "../../evaluation/closeness/index.ts";
import type { ClosenessMeasure } from "../../evaluation/closeness/measure.ts";
import { privacyMeasures } from "../../evaluation/closeness/privacy.ts";
import { type Trait, traits } from "../../evaluation/closeness/traits.ts";
import { canonicalAddress } from "../../experiments/cell.ts";
import { type ClassedRows, closenessSets } from "../../experiments/closeness/closenessSets.ts";
import { runCloseness } from "../../experiments/closeness/runCloseness.ts";
import { backendInUse, openBackend } from "../../neural/backend/backends.ts";
import {
  changeCloseness,
  deleteBlindTest,
  deleteCloseness,
  findCloseness,
  keepBlindTest,
  keepCloseness,
  wantedCloseness,
} from "../../storage/closeness.ts";
import type { StoredBlindTest, StoredCloseness } from "../../storage/storedCloseness.ts";
import { closeModel } from "./models.ts";
import { filterBeside, readSets } from "./readSets.ts";
import { realRows, syntheticRows } from "./rowSources.ts";
import { takeTurn } from "./turn.ts";

/** What the page asks for a few times a second while something is measured. */
export interface ClosenessProgress {
  readonly id: string;
  readonly activity: string;
  /** Of the whole, 0 to 1. */
  readonly share: number;
  /** s; null until it can be told honestly. */
  readonly secondsLeft: number | null;
}

/** s of experience, and share of the work, before a remaining time is told. */
const [firstEstimate, firstShare] = [3, 0.03];

/** What is being measured, and the wish to stop it. */
let measuring: {
  readonly id: string;
  readonly began: number;
  activity: string;
  share: number;
  startShare: number | null;
  stopWanted: boolean;
} | null = null;

/** What the page is told of a measure: everything but the functions. */
export type MeasureDescription = Omit<ClosenessMeasure, "prepare" | "mostRows" | "noteOf">;

export interface ClosenessDescription {
  readonly measures: Readonly<Record<string, MeasureDescription>>;
  readonly features: Readonly<Record<string, MeasureDescription>>;
  readonly traits: Readonly<Record<string, Pick<Trait, "title" | "unit">>>;
  readonly privacy: typeof privacyMeasures;
}

const describedOf = (registry: Readonly<Record<string, ClosenessMeasure>>) =>
  Object.fromEntries(
    Object.entries(registry).map(([key, { prepare: _, mostRows: __, noteOf: ___, ...description }]) => [
      key,
      description,
    ]),
  );

/** What the training worker offers to tell how near synthetic signals are to real ones, by numbers and by eye. */
export const closenessFunctions = {
  /** All that can be measured, in words. */
  async describeCloseness(): Promise<ClosenessDescription> {
    return {
      measures: describedOf(closenessMeasures),
      features: describedOf(featureMeasures),
      traits: Object.fromEntries(
        Object.entries(traits).map(([key, { title, unit }]) => [key, { title, unit }]),
      ),
      privacy: privacyMeasures,
    };
  },

  /** Keeps a comparison that waits to be measured; one with the same specification is the same. */
  async prepareCloseness(specification: ClosenessSpecification, name: string): Promise<StoredCloseness> {
    const id = await canonicalAddress({ ...specification, version: workbenchVersion });
    const known = await findCloseness(id);
    if (known !== null) return known;
    const closeness: StoredCloseness = {
      id,
      name,
      specification,
      createdAt: Date.now(),
      updatedAt: Date.now(),
      state: "waiting",
      message: "",
      backend: null,
      version: workbenchVersion,
      seconds: 0,
      parts: {},
    };
    await keepCloseness(closeness);
    return closeness;
  },

  /**
   * Measures what has not been measured yet, and resolves when it has ended or was stopped.
   * @throws Failure `run-running`, `no-such-comparison`, and what the sets lack
   */
  async measureCloseness(id: string): Promise<StoredCloseness> {
    const closeness = await wantedCloseness(id);
    if (closeness.state === "finished") return closeness;
    const giveBack = takeTurn(closeness.name);
    closeModel();
    const began = performance.now();
    const own = { id, began, activity: "Reading the sets", share: 0, startShare: null, stopWanted: false };
    measuring = own;
    let parts: ClosenessParts = closeness.parts;
    const record = () => ({ parts, seconds: closeness.seconds + (performance.now() - began) / 1000 });
    try {
      await changeCloseness(id, { state: "running", message: "" });
      const end = await measure(closeness, own, async (found) => {
        parts = { ...parts, ...found };
        await changeCloseness(id, record());
      });
      await changeCloseness(id, { state: end, ...record() });
    } catch (error) {
      const message = error instanceof Failure ? error.describe() : String(error);
      await changeCloseness(id, { state: "cancelled", message, ...record() });
      throw error;
    } finally {
      measuring = null;
      giveBack();
    }
    return wantedCloseness(id);
  },

  /** How far the measuring at hand is, or null. */
  async closenessProgress(): Promise<ClosenessProgress | null> {
    if (measuring === null) return null;
    const { id, activity, share, began, startShare } = measuring;
    const elapsed = (performance.now() - began) / 1000;
    const gained = share - (startShare ?? share);
    const isKnown = elapsed > firstEstimate && gained > firstShare;
    return { id, activity, share, secondsLeft: isKnown ? (elapsed * (1 - share)) / gained : null };
  },

  async stopCloseness(): Promise<void> {
    if (measuring !== null) measuring.stopWanted = true;
  },

  /** Writes down that the worker was ended or crashed while something was measured. */
  async noteOnCloseness(id: string, message: string): Promise<void> {
    const found = await findCloseness(id);
    if (found !== null && found.state !== "finished")
      await changeCloseness(id, { state: "cancelled", message });
  },

  async removeCloseness(id: string): Promise<void> {
    await deleteCloseness(id);
  },

  /** The pictures of a blind test in their order. @throws Failure where a source has too few rows */
  async blindPictures(specification: BlindTestSpecification): Promise<BlindPicture[]> {
    const { form, rowClass, trials, seed } = specification;
    const { length } = generatedForms[form];
    const filter = await filterBeside(specification.synthetic);
    const wanted = { form, rowClass, rows: trials, seed, filter };
    const sources: Float32Array[] = [
      rowsOfClass(await realRows(specification.real, wanted), rowClass, length),
    ];
    for (const source of specification.synthetic) {
      const { rows } = await syntheticRows(source, wanted);
      sources.push(rowsOfClass(rows, rowClass, length));
    }
    const counted = sources.map((values, index) => ({ isReal: index === 0, rows: values.length / length }));
    const order = orderOf(counted, trials, seed);
    const pictures = order.map(({ source, row }) => ({
      samples: sources[source].slice(row * length, (row + 1) * length),
      source,
      row,
    }));
    return move(pictures);
  },

  async keepBlindTest(test: StoredBlindTest): Promise<void> {
    await keepBlindTest(test);
  },

  async removeBlindTest(id: string): Promise<void> {
    await deleteBlindTest(id);
  },
};

async function measure(
  { specification, parts, id }: StoredCloseness,
  own: NonNullable<typeof measuring>,
  onPart: (parts: ClosenessParts) => Promise<void>,
): Promise<"finished" | "cancelled"> {
  const { synthetic, real, classifiers } = specification;
  const read = await readSets(synthetic, real, specification);
  if (own.stopWanted) return "cancelled";
  const sets = closenessSets(read, specification);
  if (classifiers) {
    const backend = backendInUse() ?? (await openBackend("wasm")).name;
    await changeCloseness(id, { backend });
  }
  const hooks = {
    stopped: () => own.stopWanted,
    onShare: (activity: string, share: number) => {
      own.startShare ??= share;
      own.activity = activity;
      own.share = share;
    },
    onPart,
  };
  return runCloseness(sets, specification, hooks, parts);
}

/** All rows of a class, one after the other. */
function rowsOfClass(sources: readonly ClassedRows[], rowClass: string, length: number): Float32Array {
  const chosen = sources.flatMap(({ values, classes }) =>
    classes.flatMap((each, row) =>
      each === rowClass ? [values.subarray(row * length, (row + 1) * length)] : [],
    ),
  );
  const rows = new Float32Array(chosen.length * length);
  chosen.forEach((row, index) => {
    rows.set(row, index * length);
  });
  return rows;
}

function orderOf(counted: Parameters<typeof trialOrder>[0], trials: number, seed: number) {
  try {
    return trialOrder(counted, trials, seed);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Failure(
      "too-few-rows",
      "A source has too few pictures of the class.",
      error.message,
      "Choose fewer trials, another class, or more patients.",
    );
  }
}
