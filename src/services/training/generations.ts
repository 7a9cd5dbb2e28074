import { move } from "../../boundary/move.ts";
import { Failure } from "../../domain/failure.ts";
import {
  type GeneratedForm,
  type GenerationSource,
  type GenerationSpecification,
  generatedForms,
} from "../../domain/generation.ts";
import { type LabelledRows, rowsOfLabel } from "../../domain/labelledRows.ts";
import { resolveValues, type Schema } from "../../domain/schema.ts";
import { workbenchVersion } from "../../domain/version.ts";
import { canonicalAddress } from "../../experiments/cell.ts";
import { patientSearchSchema } from "../../experiments/generation/patientSearch.ts";
import { type GenerationCheckpoint, runGeneration } from "../../experiments/generation/runGeneration.ts";
import {
  checkOffer,
  type DescribedGenerator,
  type Generator,
  type GeneratorDescription,
} from "../../generators/generator.ts";
import { generatorNamed } from "../../generators/generatorNamed.ts";
import { generatorProbe } from "../../generators/generatorProbe.ts";
import { type GeneratorName, generators } from "../../generators/index.ts";
import { offeredTrainings } from "../../generators/offeredTrainings.ts";
import { networkRange } from "../../generators/scaledSignals.ts";
import {
  type BackendInfo,
  type BackendName,
  forgetBackend,
  openBackend,
} from "../../neural/backend/backends.ts";
import { fastestBackend } from "../../neural/backend/probe.ts";
import { scaleToRange } from "../../simulators/heartOde/scaling.ts";
import type { StoredGeneration } from "../../storage/database.ts";
import {
  changeGeneration,
  deleteGeneration,
  findGeneration,
  findGenerator,
  keepGeneration,
  keepGenerator,
  listGenerations,
  wantedGeneration,
} from "../../storage/generations.ts";
import { findRecords } from "../../storage/records.ts";
import { refuseSynthetic } from "../realOnly.ts";
import { patientsWith } from "./beatSources.ts";
import { buildGenerator } from "./buildGenerator.ts";
import { guarded } from "./deviceGuard.ts";
import { Generating, type GenerationProgress } from "./generating.ts";
import { closeModel } from "./models.ts";
import { patientBeatsFor } from "./patientBeats.ts";
import { closeGenerator } from "./sampling.ts";
import { type ClassCount, countClasses } from "./signalSources.ts";
import { takeTurn } from "./turn.ts";

/** Times that a training goes on after its device was lost. */
const mostRecoveries = 3;
/** Real signals that are kept with a training, to be drawn beside the generated ones. */
const keptReal = 64;

let generating: Generating | null = null;

/** What the training worker offers of generators in training. */
export const generationFunctions = {
  async describeGenerators(): Promise<Readonly<Record<string, DescribedGenerator>>> {
    const described = await Promise.all(
      Object.entries(generators).map(async ([name, load]) => {
        const { build: _, ...description } = await load();
        return [name, { ...description, trainings: offeredTrainings(name as GeneratorName) }] as const;
      }),
    );
    return Object.fromEntries(described);
  },

  /** Classes of a form that a source holds, with how many signals of each. */
  async countSource(source: GenerationSource, form: GeneratedForm): Promise<ClassCount[]> {
    return countClasses(source, form);
  },

  async patientsOfSource(source: GenerationSource, beatClass: string) {
    return patientsWith(source, beatClass);
  },

  /** How a patient's beats are found for personal generators. */
  async describePatientSearch(): Promise<Schema> {
    return patientSearchSchema;
  },

  /**
   * Keeps a generator that waits for its training; one with the same specification is the same.
   * @throws Failure `synthetic-records` where it would learn from what is no recording of a person, and for what the model
   * does not allow
   */
  async prepareGeneration(specification: GenerationSpecification): Promise<StoredGeneration> {
    const model = await generatorNamed(specification.model);
    checkOffer(model, specification);
    resolveValues(model.hyperparameters, specification.hyperparameters);
    resolveValues(patientSearchSchema, specification.patientSearch ?? {});
    const id = await canonicalAddress({ ...specification, version: workbenchVersion });
    const known = await findGeneration(id);
    if (known !== null) return known;
    if (specification.source.kind === "records") {
      for (const record of await findRecords(specification.source.members)) {
        if (record !== null) refuseSynthetic(record);
      }
    }
    const generation: StoredGeneration = {
      id,
      name: freeName(
        nameOf(model, specification),
        (await listGenerations()).map(({ name }) => name),
      ),
      specification,
      createdAt: Date.now(),
      updatedAt: Date.now(),
      state: "waiting",
      message: "",
      notes: [],
      backend: null,
      version: workbenchVersion,
      seconds: 0,
      progress: {
        position: 0,
        measures: [],
        curve: new Float32Array(0),
        snapshots: [],
        diversities: [],
        real: new Float32Array(0),
        realLabels: new Uint8Array(0),
        count: 0,
        patients: 0,
      },
    };
    await keepGeneration(generation);
    return generation;
  },

  /**
   * Trains a generator from its start or its last checkpoint, and resolves when it has ended or was stopped.
   * @param wish a backend, or null for the fastest
   * @throws Failure `run-running`, `no-such-generator`, and what the beats or the hyper-parameters lack
   */
  async trainGenerator(id: string, wish: BackendName | null): Promise<StoredGeneration> {
    const generation = await wantedGeneration(id);
    if (generation.state === "finished") return generation;
    const giveBack = takeTurn(generation.name);
    closeModel();
    closeGenerator();
    const own = new Generating(generation);
    generating = own;
    try {
      await changeGeneration(id, { state: "running", message: "" });
      await trainUntilDone(generation, own, wish);
    } catch (error) {
      const message = error instanceof Failure ? error.describe() : String(error);
      await changeGeneration(id, { state: "cancelled", message, ...own.record() });
      throw error;
    } finally {
      generating = null;
      giveBack();
    }
    return wantedGeneration(id);
  },

  /** How far the training at hand is, or null. @param known snapshots that the page has already */
  async generationProgress(known: number): Promise<GenerationProgress | null> {
    return generating === null ? null : move(generating.progress(known));
  },

  async stopGeneration(): Promise<void> {
    if (generating !== null) generating.stopWanted = true;
  },

  /** Writes down what happened to a training from outside: its worker crashed, or was ended because it did not stop. */
  async noteOnGeneration(id: string, note: string, state: "cancelled" | "running"): Promise<void> {
    const generation = await findGeneration(id);
    if (generation === null || generation.state === "finished") return;
    await changeGeneration(id, {
      state,
      notes: note === "" ? generation.notes : [...generation.notes, note],
    });
  },

  async removeGeneration(id: string): Promise<void> {
    closeGenerator();
    await deleteGeneration(id);
  },
};

async function trainUntilDone(
  generation: StoredGeneration,
  own: Generating,
  wish: BackendName | null,
): Promise<void> {
  const { specification, id } = generation;
  const { patient } = specification;
  if (patient !== null) {
    const found = await patientBeatsFor({ ...specification, patient }, own.searchHooks());
    if (found === null) return changeGeneration(id, { state: "cancelled", ...own.record() });
  }
  const { build, set } = await buildGenerator(specification);
  const { length } = generatedForms[specification.form];
  const classes = specification.classes.length;
  const some = evenlyDrawn(set, classes, length, Math.floor(keptReal / classes));
  const lost: BackendName[] = [];
  for (;;) {
    const checkpoint = ((await findGenerator(id))?.checkpoint ?? null) as GenerationCheckpoint | null;
    const backend = await chooseBackend(generation, build, wish, lost);
    own.begin(backend, checkpoint);
    await changeGeneration(id, { backend: { name: backend.name, adapter: backend.adapter } });
    const generator = build();
    own.measures = generator.measures;
    const signals =
      generator.scaled?.(some.signals) ?? scaleToRange(some.signals, length, networkRange).samples;
    const real = { ...some, signals };
    own.learnsFrom(set, real);
    const plan = {
      iterations: specification.iterations,
      seed: specification.seed,
      classes,
      real,
      length,
    };
    const outcome = await guarded((guard) => {
      const hooks = own.hooks();
      return runGeneration(
        generator,
        plan,
        {
          ...hooks,
          stopped: () => guard.isAbandoned() || hooks.stopped(),
          onCheckpoint: async (each) => {
            if (await guard.isSound()) await keepGenerator({ id, checkpoint: each }, own.record());
          },
        },
        checkpoint,
      );
    });
    if (outcome.end !== "lost") {
      generator.dispose();
      const message = outcome.end === "diverged" ? outcome.reason : "";
      return changeGeneration(id, { state: outcome.end, message, ...own.record() });
    }
    lost.push(backend.name);
    forgetBackend(backend.name);
    own.notes.push(
      `The device of ${backend.name} was lost (${outcome.reason}); went on from the last checkpoint.`,
    );
    if (lost.length > mostRecoveries) {
      return changeGeneration(id, { state: "deviceLost", message: own.notes.join(" "), ...own.record() });
    }
  }
}

/** Rows of each class at even distances, so that all patients are among them. @param wanted of each class at most */
function evenlyDrawn(rows: LabelledRows, classes: number, length: number, wanted: number): LabelledRows {
  const drawn = Array.from({ length: classes }, (_, label) => {
    const own = rowsOfLabel(rows, label, length);
    const count = own.length / length;
    return Array.from({ length: Math.min(count, wanted) }, (__, row) => {
      const from = Math.floor((row * count) / Math.min(count, wanted));
      return { label, signal: own.subarray(from * length, (from + 1) * length) };
    });
  }).flat();
  const signals = new Float32Array(drawn.length * length);
  drawn.forEach(({ signal }, row) => {
    signals.set(signal, row * length);
  });
  return { signals, labels: Uint8Array.from(drawn, ({ label }) => label) };
}

/** A name as it is, or with the first number that nothing else of the name has: two trainings must be told apart. */
function freeName(name: string, taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const tried = number === 1 ? name : `${name} (${number})`;
    if (!taken.includes(tried)) return tried;
  }
}

/** What a list calls it. */
function nameOf({ title }: GeneratorDescription, { classes, source }: GenerationSpecification): string {
  return `${title} · ${classes.join(", ")} · ${source.kind === "records" ? source.name : "virtual patients"}`;
}

/** The wished backend, that on which the training began, or the fastest; after a loss another one. */
async function chooseBackend(
  { backend }: StoredGeneration,
  build: () => Generator,
  wish: BackendName | null,
  lost: readonly BackendName[],
): Promise<BackendInfo> {
  const before = (backend?.name ?? null) as BackendName | null;
  const wanted = wish ?? before;
  if (wanted !== null && !lost.includes(wanted)) return openBackend(wanted);
  return (await fastestBackend(() => generatorProbe(build()), lost)).info;
}
