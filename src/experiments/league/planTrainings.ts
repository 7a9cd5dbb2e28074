import { architectureNamed } from "../../classifiers/architectureNamed.ts";
import { numberAt, resolveValues } from "../../domain/schema.ts";
import { generatorProbe } from "../../generators/generatorProbe.ts";
import { breathe } from "../../neural/training/breathe.ts";
import { trainingPlan } from "../../neural/training/schema.ts";
import { groupsOf } from "../augmentationTransfer/makeSynthetic.ts";
import { classifierProbe } from "../augmentationTransfer/planTrainings.ts";
import { augmentationValues } from "../augmentationTransfer/runAugmentationCell.ts";
import { canonicalJson } from "../canonical.ts";
import { smallTraining } from "../closeness/smallNetwork.ts";
import { toldApartTraining } from "../closeness/twoSampleTest.ts";
import { passesOf, stepsOfClassifier, stepsOfPasses } from "../plannedSteps.ts";
import type { ExperimentData, PlannedTraining } from "../protocol.ts";
import { beatsAddress, featuresAddress, leagueAddress, logitsAddress } from "./addresses.ts";
import { featureWidth, ofClass } from "./classCloseness.ts";
import { contestantNamed } from "./contestants.ts";
import { dividedBeats } from "./dividedBeats.ts";
import { untrainedContestant } from "./drawnBeats.ts";
import { beatForm, type LeagueRun } from "./run.ts";
import type { LeagueCell } from "./specification.ts";
import { learnedAlone } from "./usefulness.ts";

type Planned = Pick<LeagueRun, "cell" | "real">;

/** What cells of a league train at most: contestants, classifiers that use their beats, and those that tell them apart. */
export async function plannedTrainings(
  cells: readonly LeagueCell[],
  data: ExperimentData,
): Promise<PlannedTraining[]> {
  const planned: PlannedTraining[] = [];
  // Cells of a source stand next to each other.
  let known = "";
  let real: LeagueRun["real"] | null = null;
  for (const cell of cells) {
    const { classes, lead, mostSignals, division, source } = cell;
    const wanted = { form: "beats", classes, lead, mostSignals, seed: division.seed, source } as const;
    const key = canonicalJson({ ...wanted, division });
    if (real === null || key !== known) {
      const signals = await data.labelledSignals(wanted, () => false);
      if (signals === null) return planned;
      real = dividedBeats(signals, cell);
      known = key;
    }
    const own: Planned = { cell, real };
    planned.push(
      ...(await trainingOfContestant(own)),
      ...(await trainingsOfClassifier(own)),
      ...(await trainingsOfCloseness(own)),
    );
    await breathe();
  }
  return planned;
}

async function trainingOfContestant({ cell, real }: Planned): Promise<PlannedTraining[]> {
  const { contestant: chosen, beatsPerClass } = cell;
  const contestant = await contestantNamed(chosen.generator);
  if (contestant.kind === "plain" || !contestant.model.isTrained) return [];
  const { model } = contestant;
  const batchSize = numberAt(resolveValues(model.hyperparameters, chosen.hyperparameters), "batchSize");
  const groups = groupsOf(cell, model);
  const build = () => untrainedContestant({ cell, real }, model, groups[0]);
  const drawn = cell.classes.length * beatsPerClass * passesOf(build());
  return [
    {
      address: await beatsAddress(cell),
      steps: groups.length * chosen.iterations + stepsOfPasses(drawn, batchSize),
      key: canonicalJson({ ...chosen, classes: groups[0].length }),
      open: () => generatorProbe(build()),
    },
  ];
}

async function trainingsOfClassifier({ cell, real }: Planned): Promise<PlannedTraining[]> {
  const plan = trainingPlan(augmentationValues(cell, await architectureNamed(cell.classifier.architecture)));
  const drawn = cell.classes.length * cell.beatsPerClass;
  const alone = learnedAlone(drawn).length;
  const sizes = [
    ["base", real.train.count, real.validation.count],
    ["added", real.train.count + drawn, real.validation.count],
    ["alone", alone, drawn - alone],
  ] as const;
  const common = {
    key: canonicalJson(cell.classifier),
    open: await classifierProbe({ ...cell, form: "beats" }),
  };
  const trainings = sizes.map(async ([phase, train, validation]) => ({
    ...common,
    address: await logitsAddress(cell, phase),
    steps: stepsOfClassifier(plan, train, validation) + stepsOfPasses(real.test.count, plan.batchSize),
  }));
  return Promise.all(trainings);
}

/** The network whose features are compared, and those that tell the beats of each class apart. */
async function trainingsOfCloseness({ cell, real }: Planned): Promise<PlannedTraining[]> {
  const form = { length: beatForm.length, outputs: cell.classes.length, width: featureWidth };
  const features = smallTraining(real.train.count, cell.beatsPerClass + real.test.count, form);
  const own = await leagueAddress(cell);
  const apart = cell.classes.map((beatClass, label) => {
    const [training, heldOut] = [real.train, real.test].map((set) => ofClass(set, label).count);
    const counts = { synthetic: cell.beatsPerClass, training, heldOut };
    return {
      address: `${own} ${beatClass}`,
      key: "told apart",
      ...toldApartTraining(counts, beatForm.length),
    };
  });
  return [{ address: await featuresAddress(cell), key: "features", ...features }, ...apart];
}
