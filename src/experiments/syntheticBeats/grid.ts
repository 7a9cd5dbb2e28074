import type {
  BeatCell,
  BeatExperiment,
  BeatTarget,
  ChosenGenerator,
  PganCell,
  PganExperiment,
  SimGanCell,
  SimGanExperiment,
} from "./specification.ts";

/** Patients that are tested for each class, as `patientsToTest` finds them. */
export type TestedPatients = Readonly<Partial<Record<BeatTarget, readonly string[]>>>;

/** What stands for adding nothing. */
const nothing: ChosenGenerator = { generator: "none", hyperparameters: {}, iterations: 0 };

/**
 * The cells of an experiment: those that share a classifier of real beats or a generator next to each other, the one that
 * adds nothing first. Adding nothing stands there once, whatever the generators, ratios and counts: it is what all of them
 * are compared with.
 * @param patients of an experiment after PGAN
 */
export function beatCellsOf(experiment: BeatExperiment, patients: TestedPatients = {}): BeatCell[] {
  return experiment.kind === "SimGAN experiment"
    ? simGanCellsOf(experiment)
    : pganCellsOf(experiment, patients);
}

export function simGanCellsOf(experiment: SimGanExperiment): SimGanCell[] {
  const { targets, seeds, generators, ratios } = experiment;
  const { classifier, source, validationShare, order, keepsSharedPatients } = experiment;
  const common = { kind: "SimGAN", classifier, source, validationShare, order, keepsSharedPatients } as const;
  return targets.flatMap((target) =>
    seeds.flatMap((seed): SimGanCell[] => [
      { ...common, target, seed, added: nothing, ratio: 0 },
      ...generators
        .filter(({ generator }) => generator !== "none")
        .flatMap((added) =>
          ratios
            .filter((ratio) => ratio > 0)
            .map((ratio): SimGanCell => ({ ...common, target, seed, added, ratio })),
        ),
    ]),
  );
}

export function pganCellsOf(experiment: PganExperiment, patients: TestedPatients): PganCell[] {
  const { targets, seeds, methods, counts, adaptation } = experiment;
  const { classifier, source, validationShare } = experiment;
  const common = { kind: "PGAN", classifier, source, validationShare, adaptation } as const;
  const tested = [...new Set(targets.flatMap((target) => patients[target] ?? []))];
  // All classes of a patient share the network that was trained on the others.
  return tested.flatMap((patient) =>
    seeds.flatMap((seed) =>
      targets
        .filter((target) => patients[target]?.includes(patient))
        .flatMap((target): PganCell[] => {
          const cell = { ...common, patient, seed, target };
          return [
            { ...cell, method: "none", hyperparameters: {}, iterations: 0, count: 0 },
            ...methods
              .filter(({ method }) => method !== "none")
              .flatMap((chosen) =>
                (chosen.method === "personalisedLstm" ? [0] : counts.filter((count) => count > 0)).map(
                  (count): PganCell => ({ ...cell, ...chosen, count }),
                ),
              ),
          ];
        }),
    ),
  );
}
