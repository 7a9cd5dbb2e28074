import { architectureNamed } from "../../classifiers/architectureNamed.ts";
import { probedNetwork } from "../../classifiers/probedNetwork.ts";
import { generatedForms } from "../../domain/generation.ts";
import { numberAt, resolveValues } from "../../domain/schema.ts";
import { generatorNamed } from "../../generators/generatorNamed.ts";
import { generatorProbe } from "../../generators/generatorProbe.ts";
import type { ProbedNetwork } from "../../neural/backend/probe.ts";
import { breathe } from "../../neural/training/breathe.ts";
import { trainingPlan } from "../../neural/training/schema.ts";
import { createRandom } from "../../signal/random.ts";
import { canonicalJson } from "../canonical.ts";
import { lastHeld } from "../lastHeld.ts";
import { passesOf, stepsOfClassifier, stepsOfPasses } from "../plannedSteps.ts";
import type { ExperimentData, PlannedTraining } from "../protocol.ts";
import { augmentationAddress, pretrainedAddress, syntheticAddress } from "./addresses.ts";
import { setsOf } from "./cellSets.ts";
import { futureSets, type GeneratorSource, groupsOf, untrainedGenerator } from "./makeSynthetic.ts";
import { augmentationValues } from "./runAugmentationCell.ts";
import { usesSynthetic } from "./settings.ts";
import { divideSignals } from "./signals.ts";
import type { AugmentationCell, SignalSource } from "./specification.ts";

/** Opens the classifier of a cell with a batch of noise. @param most signals in it */
export async function classifierProbe(
  cell: Pick<AugmentationCell, "classifier" | "classes" | "form" | "seed">,
  most = Number.POSITIVE_INFINITY,
): Promise<() => ProbedNetwork> {
  const classifier = await architectureNamed(cell.classifier.architecture);
  const values = augmentationValues(cell, classifier);
  const batch = Math.min(most, trainingPlan(values).batchSize);
  const { length } = generatedForms[cell.form];
  const outputs = cell.classes.length;
  return () =>
    probedNetwork(
      classifier.build(values, { length, outputs, random: createRandom(cell.seed) }),
      batch,
      length,
    );
}

/** What cells train at most, each training of a generator and of a classifier; nothing is known of early stopping before. */
export async function plannedTrainings(
  cells: readonly AugmentationCell[],
  data: ExperimentData,
): Promise<PlannedTraining[]> {
  const planned: PlannedTraining[] = [];
  const passes: Passes = new Map();
  const dividedSource = dividedSources(data);
  for (const cell of cells) {
    const own = await dividedSource(cell, cell.source);
    const learned = await dividedSource(cell, cell.syntheticSource ?? cell.source);
    if (own === null || learned === null) return planned;
    if (usesSynthetic(cell.setting))
      planned.push(...(await trainingsOfGenerators({ cell, ...learned }, passes)));
    planned.push(...(await trainingsOfClassifier({ cell, ...own })));
    await breathe();
  }
  return planned;
}

/** Real signals of a source with their division. */
type DividedSource = Omit<GeneratorSource, "cell">;

/** Cells of a source stand next to each other: it and the one that generators learn from are held. */
function dividedSources(data: ExperimentData) {
  const hold = lastHeld<DividedSource>(2);
  return (
    { form, classes, lead, mostSignals, division }: AugmentationCell,
    source: SignalSource,
  ): Promise<DividedSource | null> => {
    const wanted = { form, classes, lead, mostSignals, seed: division.seed, source };
    return hold(canonicalJson({ ...wanted, division }), async () => {
      const real = await data.labelledSignals(wanted, () => false);
      return real && { real, rows: divideSignals(real, classes, division) };
    });
  };
}

async function trainingsOfClassifier({ cell, real, rows }: GeneratorSource): Promise<PlannedTraining[]> {
  const classifier = await architectureNamed(cell.classifier.architecture);
  const plan = trainingPlan(augmentationValues(cell, classifier));
  const counted = { ...real, signals: new Float32Array(0), length: 0 };
  const sets = setsOf(cell, counted, rows, usesSynthetic(cell.setting) ? futureSets(cell) : null);
  const common = { key: canonicalJson(cell.classifier), open: await classifierProbe(cell) };
  const steps =
    stepsOfClassifier(plan, sets.train.set.count, sets.validation.set.count) +
    stepsOfPasses(sets.test.set.count, plan.batchSize);
  const own = { ...common, address: await augmentationAddress(cell), steps };
  if (sets.before === null) return [own];
  const { train, validation } = sets.before;
  const before = stepsOfClassifier(plan, train.set.count, validation.set.count);
  return [{ ...common, address: await pretrainedAddress(cell), steps: before }, own];
}

/** Passes through its network in which a generator makes signals, by the key of its training. */
type Passes = Map<string, number>;

async function trainingsOfGenerators(source: GeneratorSource, passes: Passes): Promise<PlannedTraining[]> {
  const { cell } = source;
  const planned: PlannedTraining[] = [];
  for (const chosen of cell.generators) {
    const model = await generatorNamed(chosen.generator);
    if (!model.isTrained) continue;
    const values = resolveValues(model.hyperparameters, chosen.hyperparameters);
    for (const group of groupsOf(cell, model)) {
      const key = canonicalJson({ ...chosen, group: group.length });
      const build = () => untrainedGenerator(source, model, chosen, group);
      if (!passes.has(key)) passes.set(key, passesOf(build()));
      const made = cell.syntheticPerClass * group.length * (passes.get(key) ?? 1);
      planned.push({
        address: await syntheticAddress(cell, chosen, group),
        steps: chosen.iterations + stepsOfPasses(made, numberAt(values, "batchSize")),
        key,
        open: () => generatorProbe(build()),
      });
    }
  }
  return planned;
}
