import { architectureNamed } from "../../classifiers/architectureNamed.ts";
import { Failure } from "../../domain/failure.ts";
import { filterOf, type GenerationSpecification } from "../../domain/generation.ts";
import { beatClasses } from "../../domain/libraryRecord.ts";
import { numberAt, resolveValues, type Values } from "../../domain/schema.ts";
import { workbenchVersion } from "../../domain/version.ts";
import { canonicalAddress } from "../../experiments/cell.ts";
import { beatForm, beatSetOf } from "../../experiments/generation/beatRows.ts";
import {
  findPatientBeats,
  type PatientSearchHooks,
  patientSearchSchema,
} from "../../experiments/generation/patientSearch.ts";
import { windowChoice } from "../../experiments/syntheticBeats/patientWindow.ts";
import { backendInUse, openBackend } from "../../neural/backend/backends.ts";
import type { TrainingState } from "../../neural/training/loop.ts";
import {
  endRun,
  findCheckpoint,
  findPretraining,
  keepCheckpoint,
  keepPretraining,
} from "../../storage/runs.ts";
import { annotatedPatientBeats, readSource } from "./beatSources.ts";

/** Beats that were the model of a personal generator before a person could choose. */
const usualCount = 50;

/**
 * Beats of the patient whom a personal generator is made for, `[any, 216]` in mV: found once by a network and kept, or the
 * first annotated ones.
 * @returns null where it was stopped
 * @throws Failure `search-diverged`, and what the patients lack
 */
export async function patientBeatsFor(
  specification: GenerationSpecification & { readonly patient: string },
  hooks: PatientSearchHooks = { stopped: () => false },
): Promise<Float32Array | null> {
  const { patientSearch } = specification;
  if (patientSearch === undefined) return annotatedPatientBeats(specification, usualCount);
  const values = resolveValues(patientSearchSchema, patientSearch);
  if (values["labels"] === "annotated") {
    return annotatedPatientBeats(specification, numberAt(values, "confidentBeats"));
  }
  const { network, beats: address } = await addressesOf(specification, values);
  const known = await findPretraining(address);
  if (known !== null) return known.weights[0].values;
  const beats = await found(specification, values, network, hooks);
  if (beats === null) return null;
  const shape = [beats.length / beatForm.length, beatForm.length];
  await keepPretraining({ id: address, weights: [{ name: "beats", shape, values: beats }] });
  return beats;
}

/** What the network depends on, and what its beats depend on. The same records are the same source. */
async function addressesOf(
  { source, filter, patient, classes, model, seed }: GenerationSpecification,
  values: Values,
): Promise<{ readonly network: string; readonly beats: string }> {
  const members = source.kind === "records" ? { members: [...source.members].sort(), name: "" } : {};
  const { labels: _, minutes, confidentBeats, ...training } = values;
  const parts = {
    source: { ...source, ...members },
    // Absent where there is none, as before there were any.
    ...(filter === undefined ? {} : { filter }),
    patient,
    // The window decides which of the patient's beats are looked at, not what the network learns.
    training,
    seed,
    version: workbenchVersion,
  };
  const choice = windowChoice(model, Number(confidentBeats));
  return {
    network: await canonicalAddress({ phase: "network of the other patients", ...parts }),
    beats: await canonicalAddress({
      phase: "beats of the patient",
      ...parts,
      minutes,
      choice,
      beatClass: classes[0],
    }),
  };
}

async function found(
  specification: GenerationSpecification & { readonly patient: string },
  values: Values,
  address: string,
  hooks: PatientSearchHooks,
): Promise<Float32Array | null> {
  const { source, patient, classes, model, seed } = specification;
  const beatClass = beatClasses.find((each) => each === classes[0]);
  if (beatClass === undefined) throw new TypeError(`${classes[0]} is no class of beats`);
  const search = {
    patient,
    beatClass,
    choice: windowChoice(model, numberAt(values, "confidentBeats")),
    values,
    seed,
  };
  const checkpoint = ((await findCheckpoint(address))?.checkpoint ?? null) as TrainingState | null;
  const before = backendInUse();
  // A recurrent network this small waits for the launches of a graphics card longer than it computes.
  await openBackend("wasm");
  try {
    const outcome = await findPatientBeats(
      search,
      beatSetOf(await readSource(source, filterOf(specification))),
      await architectureNamed("beatLstm"),
      {
        find: async () => (await findPretraining(address))?.weights ?? null,
        async keep(weights) {
          await keepPretraining({ id: address, weights });
          await endRun(address, {});
        },
      },
      { ...hooks, onCheckpoint: (state) => keepCheckpoint({ id: address, checkpoint: state }, {}) },
      checkpoint,
    );
    if (outcome.end === "cancelled") return null;
    if (outcome.end === "finished") return outcome.beats;
    throw new Failure(
      "search-diverged",
      outcome.reason,
      "The network that finds the patient's beats",
      "Choose another seed, or fewer units.",
    );
  } finally {
    if (before !== null && before !== "wasm") await openBackend(before);
  }
}
