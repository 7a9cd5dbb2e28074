import { type ClosenessParts, type ClosenessSpecification, nothingUnseen } from "../../domain/closeness.ts";
import { type ClosenessKey, closenessMeasures } from "../../evaluation/closeness/index.ts";
import { memorisation } from "../../evaluation/closeness/memorisation.ts";
import { privacyReport } from "../../evaluation/closeness/privacyReport.ts";
import { closenessReport } from "../../evaluation/closeness/report.ts";
import { spectralNoise, whiteNoise } from "../../evaluation/closeness/spectralNoise.ts";
import { traitReport } from "../../evaluation/closeness/traitReport.ts";
import { finishWithPauses, type Work } from "../../evaluation/closeness/work.ts";
import { breathe } from "../../neural/training/breathe.ts";
import type { ClosenessSets } from "./closenessSets.ts";
import { featurePart } from "./featurePart.ts";
import { type Context, missing, ownersOf, tried } from "./partContext.ts";
import { closenessPictures } from "./pictures.ts";
import { predictiveScores } from "./predictiveScores.ts";
import { twoSampleTest } from "./twoSampleTest.ts";

export interface ClosenessHooks {
  /** Asked all the time: true ends it. */
  stopped(): boolean;
  /** Told what is being done, and the share of the whole that is done. */
  onShare?(activity: string, share: number): void;
  /** Given every part as soon as it is there. */
  onPart?(parts: ClosenessParts): Promise<void>;
}

type PartName = Exclude<keyof ClosenessParts, "sets">;

interface PartPlan {
  readonly name: PartName;
  readonly activity: string;
  /** Of the time of the whole, roughly, without a graphics card. */
  readonly weight: number;
  readonly isOfClassifiers: boolean;
  /** @returns null where it was stopped */
  compute(context: Context): Promise<ClosenessParts | null>;
}

const parts: readonly PartPlan[] = [
  {
    name: "measures",
    activity: "Comparing the distributions",
    weight: 12,
    isOfClassifiers: false,
    async compute({ sets, specification, stopped, onShare }) {
      let done = 0;
      const keys = Object.keys(closenessMeasures) as ClosenessKey[];
      const isOfBeats = specification.form === "beats";
      const measures = keys.filter((key) => isOfBeats || !closenessMeasures[key].isForAlignedBeats);
      const { seed } = specification;
      const report = await closenessReport(sets.synthetic, sets.heldOut.rows, {
        measures,
        samplingFrequency: sets.compared.samplingFrequency,
        seed,
        anchors: {
          near: sets.training.rows,
          far: spectralNoise(sets.heldOut.rows, seed),
          white: whiteNoise(sets.heldOut.rows, seed),
        },
        patients: ownersOf(sets),
        onEntry: () => onShare(++done / measures.length),
        stopped,
        pause: breathe,
      });
      return report.outcome === "cancelled" ? null : { measures: report.entries };
    },
  },
  {
    name: "traits",
    activity: "Measuring intervals and amplitudes",
    weight: 4,
    isOfClassifiers: false,
    async compute({ sets, specification: { seed }, stopped }) {
      const { synthetic, heldOut, training, compared } = sets;
      const work = traitReport(
        {
          synthetic,
          real: heldOut.rows,
          near: training.rows,
          far: spectralNoise(heldOut.rows, seed),
          patients: ownersOf(sets),
        },
        compared.samplingFrequency,
        { seed },
      );
      const found = await paced(work, stopped);
      return found === null ? null : { traits: found.result };
    },
  },
  {
    name: "privacy",
    activity: "Looking for copies",
    weight: 4,
    isOfClassifiers: false,
    async compute({ sets, specification: { seed }, stopped }) {
      const { synthetic, privacy, compared } = sets;
      const { training, heldOut } = privacy;
      if (!compared.isUnseen) return { privacy: missing(nothingUnseen.privacy) };
      const patients = { training: training.patients, heldOut: heldOut.patients };
      const checked = await paced(
        memorisation(synthetic, training.rows, heldOut.rows, { patients, seed }),
        stopped,
      );
      if (checked === null) return null;
      const found = await paced(
        privacyReport(synthetic, training.rows, heldOut.rows, { patients, seed }),
        stopped,
      );
      if (found === null) return null;
      return { privacy: { value: { memorisation: checked.result, entries: found.result }, reason: null } };
    },
  },
  {
    name: "pictures",
    activity: "Drawing maps",
    weight: 5,
    isOfClassifiers: false,
    async compute({ sets, specification: { seed }, stopped }) {
      const found = await paced(closenessPictures(sets, seed), stopped);
      return found === null ? null : { pictures: found.result };
    },
  },
  {
    name: "features",
    activity: "Teaching a classifier what real classes look like",
    weight: 12,
    isOfClassifiers: true,
    async compute(context) {
      const found = await featurePart(context);
      return found === null ? null : { features: found };
    },
  },
  {
    name: "twoSample",
    activity: "Letting classifiers tell synthetic from real",
    weight: 85,
    isOfClassifiers: true,
    async compute({ sets, specification: { seed }, stopped, onShare }) {
      const { synthetic, training, heldOut, compared } = sets;
      if (!compared.isUnseen) return { twoSample: missing(nothingUnseen.twoSample) };
      const rows = {
        synthetic,
        training: training.rows,
        heldOut: heldOut.rows,
        heldOutPatients: heldOut.patients,
      };
      const found = await tried(() => twoSampleTest(rows, { seed }, { stopped, onShare }));
      return found === null ? null : { twoSample: found };
    },
  },
  {
    name: "predictive",
    activity: "Training on one set, testing on the other",
    weight: 30,
    isOfClassifiers: true,
    async compute({ sets: { classes, compared }, specification: { seed }, stopped, onShare }) {
      if (!compared.isUnseen) return { predictive: missing(nothingUnseen.predictive) };
      if (classes === null) return { predictive: missing("The real set has fewer than two classes.") };
      const { synthetic } = classes;
      if (synthetic === null) {
        const names = classes.classes.join(", ");
        return { predictive: missing(`The synthetic set has not all of the real classes (${names}).`) };
      }
      const found = await tried(() =>
        predictiveScores({ ...classes, synthetic }, { seed }, { stopped, onShare }),
      );
      return found === null ? null : { predictive: found };
    },
  },
];

const paced = <Result>(work: Work<Result>, stopped: () => boolean) =>
  finishWithPauses(work, { stopped, pause: breathe });

/**
 * Measures part by part what is not there yet.
 * @param known parts that an interrupted measuring has computed
 * @returns whether it came to its end
 * @throws Failure for sets that nothing can be measured of
 */
export async function runCloseness(
  sets: ClosenessSets,
  specification: ClosenessSpecification,
  hooks: ClosenessHooks,
  known: ClosenessParts = {},
): Promise<"finished" | "cancelled"> {
  const wanted = parts.filter(({ isOfClassifiers }) => specification.classifiers || !isOfClassifiers);
  const whole = wanted.reduce((sum, { weight }) => sum + weight, 0);
  let done = 0;
  await hooks.onPart?.({ sets: sets.compared });
  for (const { name, activity, weight, compute } of wanted) {
    const before = done;
    done += weight;
    if (known[name] !== undefined) continue;
    hooks.onShare?.(activity, before / whole);
    const found = await compute({
      sets,
      specification,
      stopped: hooks.stopped,
      onShare: (share) => hooks.onShare?.(activity, (before + weight * Math.min(1, share)) / whole),
    });
    if (found === null) return "cancelled";
    await hooks.onPart?.(found);
  }
  return "finished";
}
