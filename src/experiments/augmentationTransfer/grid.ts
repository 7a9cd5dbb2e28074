import { canonicalJson } from "../canonical.ts";
import type { ChosenGenerator } from "../syntheticBeats/specification.ts";
import { type AugmentationSettingName, isControl, settingNamed, usesSynthetic } from "./settings.ts";
import type { AugmentationCell, AugmentationExperiment, SignalSource } from "./specification.ts";

/** Several sources as one. */
export function mergedSource(sources: readonly SignalSource[]): SignalSource {
  return {
    name: sources.map(({ name }) => name).join(" and "),
    members: sources.flatMap(({ members }) => members),
  };
}

/** The sources of an experiment: each by itself, and all merged where there are several. */
export function sourcesOf({ sources }: Pick<AugmentationExperiment, "sources">): readonly SignalSource[] {
  return sources.length < 2 ? sources : [...sources, mergedSource(sources)];
}

/** Where synthetic signals come from, row by row of the tables: each generator, and all together. */
export function generatorSets({
  generators,
  hasAllTogether,
}: Pick<AugmentationExperiment, "generators" | "hasAllTogether">): readonly (readonly ChosenGenerator[])[] {
  const single = generators.map((each) => [each]);
  return hasAllTogether && generators.length > 1 ? [...single, generators] : single;
}

/** A row of the tables: what a setting is computed with, beside its shares and seeds. */
export interface AugmentationVariant extends Pick<AugmentationCell, "syntheticSource"> {
  readonly setting: AugmentationSettingName;
  readonly generators: readonly ChosenGenerator[];
  readonly freezesConvolutions: boolean;
}

/** A setting with each choice of generators, or of numbers of them, and of what they learn from and what is trained on. */
export function variantsOf(
  experiment: Pick<
    AugmentationExperiment,
    "sources" | "crossesSources" | "generators" | "hasAllTogether" | "freezesConvolutions"
  >,
  setting: AugmentationSettingName,
  source: SignalSource,
): AugmentationVariant[] {
  const together = generatorSets(experiment).filter(({ length }) => length > 1);
  const sets = usesSynthetic(setting)
    ? generatorSets(experiment)
    : isControl(setting)
      ? [[], ...together]
      : [[]];
  const freezing = settingNamed(setting).before === null ? [false] : experiment.freezesConvolutions;
  return [{}, ...othersOf(experiment, setting, source)].flatMap((crossed) =>
    sets.flatMap((generators) =>
      freezing.map((freezesConvolutions) => ({ setting, generators, freezesConvolutions, ...crossed })),
    ),
  );
}

/** The other sources whose synthetic signals are tried on real ones of a source; none for those that are merged. */
function othersOf(
  { sources, crossesSources }: Pick<AugmentationExperiment, "sources" | "crossesSources">,
  setting: AugmentationSettingName,
  source: SignalSource,
): Required<Pick<AugmentationVariant, "syntheticSource">>[] {
  const isAsked = crossesSources === true && usesSynthetic(setting) && settingNamed(setting).test === "real";
  if (!isAsked || !sources.some((each) => hasSameMembers(each, source))) return [];
  return sources
    .filter((each) => !hasSameMembers(each, source))
    .map((syntheticSource) => ({ syntheticSource }));
}

/** The same records are the same source, whatever it is called and in whatever order they come. */
export const hasSameMembers = (one: SignalSource | undefined, other: SignalSource | undefined): boolean =>
  membersKey(one) === membersKey(other);

const membersKey = (source: SignalSource | undefined) =>
  source === undefined ? null : canonicalJson([...source.members].sort());

/** The cells of an experiment: those that share synthetic signals stand next to each other. */
export function augmentationCellsOf(experiment: AugmentationExperiment): AugmentationCell[] {
  const { form, classes, lead, mostSignals, division, classifier, syntheticPerClass } = experiment;
  const common = { form, classes, lead, mostSignals, division, classifier, syntheticPerClass };
  return sourcesOf(experiment).flatMap((source) =>
    experiment.settings.flatMap((setting) =>
      variantsOf(experiment, setting, source).flatMap((variant) =>
        experiment.shares.flatMap((share) =>
          experiment.seeds.map(
            (seed): AugmentationCell => ({
              kind: "Augmentation and transfer",
              ...common,
              source,
              ...variant,
              share,
              seed,
            }),
          ),
        ),
      ),
    ),
  );
}
