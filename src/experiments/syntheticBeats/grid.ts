import {
  type ChosenGenerator,
  isUncounted,
  type PganCell,
  type PganExperiment,
  type SimGanCell,
  type SimGanExperiment,
  type TestedPatients,
} from "./specification.ts";

/** What stands for adding nothing. */
const nothing: ChosenGenerator = { generator: "none", hyperparameters: {}, iterations: 0 };

/** The ratios of a row; none where it would be the row of nothing again. */
export function ratiosOf(
  { ratios, order }: Pick<SimGanExperiment, "ratios" | "order">,
  { generator }: ChosenGenerator,
): readonly number[] {
  if (generator === "none") return [0];
  if (isUncounted(generator)) return order === "union" ? [] : [0];
  return ratios.filter((ratio) => ratio > 0);
}

/**
 * The cells of an experiment after SimGAN: those that share a classifier of real beats or a generator next to each other, the one that
 * adds nothing first. Adding nothing stands there once, whatever the generators, ratios and counts: it is what all of them
 * are compared with.
 */
export function simGanCellsOf(experiment: SimGanExperiment): SimGanCell[] {
  const { targets, seeds, generators } = experiment;
  const { classifier, source, validationShare, order, keepsSharedPatients } = experiment;
  const common = { kind: "SimGAN", classifier, source, validationShare, order, keepsSharedPatients } as const;
  return targets.flatMap((target) =>
    seeds.flatMap((seed): SimGanCell[] => [
      { ...common, target, seed, added: nothing, ratio: 0 },
      ...generators
        .filter(({ generator }) => generator !== "none")
        .flatMap((added) =>
          ratiosOf(experiment, added).map((ratio): SimGanCell => ({ ...common, target, seed, added, ratio })),
        ),
    ]),
  );
}

/**
 * The same after PGAN; all classes of a patient share the network that was trained on the others.
 * @param patients to test, where the experiment names none
 */
export function pganCellsOf(
  experiment: PganExperiment,
  patients: TestedPatients = experiment.patients ?? {},
): PganCell[] {
  const { targets, seeds, methods, counts, adaptation } = experiment;
  const { classifier, source, validationShare } = experiment;
  const common = { kind: "PGAN", classifier, source, validationShare, adaptation } as const;
  const tested = [...new Set(targets.flatMap((target) => patients[target] ?? []))];
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
                (isUncounted(chosen.method) ? [0] : counts.filter((count) => count > 0)).map(
                  (count): PganCell => ({ ...cell, ...chosen, count }),
                ),
              ),
          ];
        }),
    ),
  );
}
