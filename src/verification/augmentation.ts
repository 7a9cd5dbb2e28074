import { existsSync } from "node:fs";
import { join } from "node:path";
import { nodeComputer } from "../commandLine/experiment/nodeComputer.ts";
import { standIn } from "../commandLine/recordShelf.ts";
import { type SignalShelf, shelveSignals } from "../commandLine/signalShelf.ts";
import { workbenchVersion } from "../domain/version.ts";
import { mergedSource } from "../experiments/augmentationTransfer/grid.ts";
import {
  type AugmentationMetricName,
  augmentationMetrics,
} from "../experiments/augmentationTransfer/metrics.ts";
import type {
  AugmentationExperiment,
  SignalSource,
} from "../experiments/augmentationTransfer/specification.ts";
import { augmentationTable } from "../experiments/augmentationTransfer/tables.ts";
import { generatorNamed } from "../generators/generatorNamed.ts";
import { openBackend } from "../neural/backend/backends.ts";
import {
  type ComparedCounts,
  controlCounts,
  leaksOf,
  levelledCounts,
  strayTests,
} from "./augmentation/checks.ts";
import { type ComputedAugmentation, computeOn } from "./augmentation/compute.ts";
import { augmentationFigure, transferFigure } from "./augmentation/drawing.ts";
import {
  comparisonsText,
  constantF1,
  divisionText,
  type Tables,
  valuesText,
} from "./augmentation/section.ts";
import {
  reducedAugmentation,
  reducedReplacement,
  reducedTransfer,
  standInRecordsUsed,
} from "./augmentation/specifications.ts";
import { endsOf, type Kind, type Outcome, summaryOf } from "./augmentation/summary.ts";
import { method, otherwise } from "./augmentation/words.ts";
import type { Computing } from "./computing.ts";
import type { Claim, Evidence, Proof } from "./proof.ts";

const folder = join("node_modules", ".cache", "augmentation");
const form = { form: "recordings", lead: "II" } as const;

/** All experiments on every source, as a document. @param data folder of real records, or null */
async function gatherAugmentation(data: string | null, computing: Computing): Promise<Evidence> {
  const simulated = await shelveSignals(standIn, form, () => {});
  const ptbXl = data === null ? "" : join(data, "ptbxl");
  const real = existsSync(ptbXl) ? await shelveSignals(ptbXl, form, () => {}) : null;
  const outcomes = await outcomesOf(simulated, real, computing);
  const titles = await generatorTitles(outcomes[0].computed.experiment);
  return {
    document: [
      method,
      summaryOf(outcomes, titles),
      ...sectionsOf(outcomes),
      otherwise,
      manifestText(outcomes),
    ].join("\n\n"),
    claims: [...outcomes.map(({ computed }) => endsOf(computed)), ...soundnessOf(outcomes)],
    figures: Object.fromEntries(outcomes.flatMap((each) => figuresOf(each, titles))),
    lacking: outcomes.reduce(
      (sum, { computed: { cells, finished } }) => sum + cells.length - finished.length,
      0,
    ),
  };
}

async function outcomesOf(
  simulated: SignalShelf,
  real: SignalShelf | null,
  computing: Computing,
): Promise<Outcome[]> {
  const shelves = real === null ? [simulated] : [simulated, real];
  const outcomes: Outcome[] = [];
  const add = async (
    kind: Kind,
    key: string,
    reduced: (source: SignalSource) => AugmentationExperiment,
    source: SignalSource,
    databases: readonly SignalSource[] = [],
  ) => {
    const computed = await computeOn(reduced(source), shelves, computing);
    const titles = await generatorTitles(computed.experiment);
    const byDatabase = databases.map((testedOn) => ({
      name: testedOn.name,
      tables: tablesOf(computed, titles, testedOn),
    }));
    outcomes.push({ kind, key, computed, tables: tablesOf(computed, titles), byDatabase });
  };
  const made = {
    name: "the simulated stand-in",
    members: [...simulated.keys()].slice(0, standInRecordsUsed).sort(),
  };
  const recorded = real && { name: "PTB-XL", members: [...real.keys()].sort() };
  for (const [key, source] of [
    ["stand-in", made],
    ["ptb-xl", recorded],
  ] as const) {
    if (source === null) continue;
    await add("augmentation", key, reducedAugmentation, source);
    await add("transfer", key, reducedTransfer, source);
    await add("replacement", key, reducedReplacement, source);
  }
  if (recorded !== null) {
    const merged = { ...mergedSource([made, recorded]), name: "both merged" };
    await add("augmentation", "merged", reducedAugmentation, merged, [made, recorded]);
  }
  return outcomes;
}

/** All measures, of which macro F1 alone is compared. @param testedOn the database whose test signals alone are counted, where several were merged */
function tablesOf(
  { experiment, finished }: ComputedAugmentation,
  titles: Readonly<Record<string, string>>,
  testedOn: SignalSource | null = null,
): Tables {
  const metrics = Object.keys(augmentationMetrics) as AugmentationMetricName[];
  const [source] = experiment.sources;
  return Object.fromEntries(
    metrics.map((metric) => [
      metric,
      augmentationTable(experiment, finished, source, metric, {
        ...{ titles, testedOn },
        isCompared: metric === "f1",
      }),
    ]),
  ) as Tables;
}

async function generatorTitles({ generators }: AugmentationExperiment): Promise<Record<string, string>> {
  const titles = generators.map(
    async ({ generator }) => [generator, (await generatorNamed(generator)).title] as const,
  );
  return Object.fromEntries(await Promise.all(titles));
}

/** What must hold whatever comes out: nobody who is tested was learned from, and controls have the counts they control. */
function soundnessOf(outcomes: readonly Outcome[]): Claim[] {
  const sources = new Map(outcomes.map(({ key, computed }) => [key, computed.divided]));
  const tested = [...sources.values()].reduce((sum, { patients }) => sum + patients.test.size, 0);
  const leaks = [...sources.values()].reduce((sum, divided) => sum + leaksOf(divided), 0);
  const stray = outcomes.reduce(
    (sum, { computed }) => sum + strayTests(computed.finished, computed.divided),
    0,
  );
  const claimOf = (promise: string, count: typeof controlCounts): Claim => {
    const counted = outcomes.map(({ computed }) => count(computed.finished));
    const total = (key: keyof ComparedCounts) => counted.reduce((sum, each) => sum + each[key], 0);
    return {
      promise,
      measured: `${total("unequal")} of ${total("compared")} differ`,
      holds: total("unequal") === 0 && total("compared") > 0,
    };
  };
  return [
    {
      promise: "No tested patient, and no tested signal, is among those learned from or validated on",
      measured: `${leaks} of ${tested} tested patients; ${stray} tests of others than these`,
      holds: leaks === 0 && stray === 0,
    },
    claimOf("Repeated real signals give the class counts that synthetic ones give", controlCounts),
    claimOf("Levelled real signals have as many of every class as of the largest one", levelledCounts),
  ];
}

const figureName = (key: string, what: string) => `augmentation-${key}-${what}.svg`;

function figuresOf(
  { kind, key, tables }: Outcome,
  titles: Readonly<Record<string, string>>,
): (readonly [string, string])[] {
  if (kind === "replacement") return [];
  if (kind === "augmentation") {
    return [[figureName(key, "beside"), augmentationFigure(tables.f1, titles)]];
  }
  return [
    [figureName(key, "kept"), transferFigure(tables.f1, titles, true)],
    [figureName(key, "trained"), transferFigure(tables.f1, titles, false)],
  ];
}

function sectionsOf(outcomes: readonly Outcome[]): string[] {
  const heads: Readonly<Record<Kind, string>> = {
    augmentation: "Augmentation",
    transfer: "Transfer",
    replacement: "Replacement",
  };
  const pictures = ({ kind, key }: Outcome): string[] => {
    if (kind === "replacement") return [];
    return kind === "augmentation"
      ? [`![Macro F1 over the share of synthetic signals](${figureName(key, "beside")})`]
      : [
          `![Macro F1 over the share of real signals, convolutions kept](${figureName(key, "kept")})`,
          `![Macro F1 over the share of real signals, all layers trained](${figureName(key, "trained")})`,
        ];
  };
  return outcomes.map((outcome, at) => {
    const { kind, key, computed, tables, byDatabase } = outcome;
    const { experiment, divided } = computed;
    const { name } = experiment.sources[0];
    const isFirst = outcomes[at - 1]?.key !== key;
    return [
      ...(isFirst
        ? [
            `## ${name[0].toUpperCase()}${name.slice(1)}`,
            divisionText(experiment.classes, divided),
            `Always saying the commonest class gives a macro F1 of ${constantF1(divided).toFixed(3)} on these tested signals.`,
          ]
        : []),
      `### ${heads[kind]}`,
      valuesText(tables),
      comparisonsText(tables.f1),
      ...pictures(outcome),
      ...byDatabase.flatMap((each) => [
        `#### Tested on ${each.name} alone`,
        `Tested signals: ${experiment.classes.map((name, label) => `${each.tables.f1.tested[label]} of ${name}`).join(", ")}.`,
        valuesText(each.tables),
        comparisonsText(each.tables.f1),
      ]),
    ].join("\n\n");
  });
}

function manifestText(outcomes: readonly Outcome[]): string {
  const specifications = [
    ...new Map(
      outcomes.map(({ kind, computed }) => [
        kind,
        { ...computed.experiment, name: kind, sources: [{ name: "…", members: [] }] },
      ]),
    ).values(),
  ];
  const manifest = { version: workbenchVersion, backend: "wasm, one thread", specifications };
  return [
    "## Manifest",
    `Sources are the first ${standInRecordsUsed} ten-second recordings of the stand-in, and all shared records of PTB-XL.`,
    `\`\`\`json\n${JSON.stringify(manifest, null, 2)}\n\`\`\``,
  ].join("\n\n");
}

/** The augmentation and transfer experiments, reduced, on the stand-in and, where they are, on records of PTB-XL. */
export const augmentation: Proof = {
  title: "What are synthetic recordings worth to a classifier of rhythms?",
  needsData: false,
  gather: async (data, progress, mayCompute) =>
    gatherAugmentation(data, {
      folder,
      computer: nodeComputer(await openBackend("wasm")),
      progress,
      mayCompute,
    }),
};
