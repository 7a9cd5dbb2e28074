import { existsSync } from "node:fs";
import { join } from "node:path";
import { nodeComputer } from "../commandLine/experiment/nodeComputer.ts";
import { standIn } from "../commandLine/recordShelf.ts";
import {
  type PganBaseline,
  pganBaselines,
  pganBaselineWords,
  type SimGanBaseline,
  simGanBaselines,
  simGanBaselineWords,
} from "../domain/beatBaselines.ts";
import { workbenchVersion } from "../domain/version.ts";
import { pganExperiment } from "../experiments/syntheticBeats/pganExperiment.ts";
import type { PganFigure } from "../experiments/syntheticBeats/pganFigures.ts";
import { simGanExperiment } from "../experiments/syntheticBeats/simGanExperiment.ts";
import type { SimGanTable } from "../experiments/syntheticBeats/simGanTables.ts";
import { openBackend } from "../neural/backend/backends.ts";
import type { Computing } from "./computing.ts";
import type { Claim, Evidence, Proof } from "./proof.ts";
import {
  type ComputedPgan,
  type ComputedSimGan,
  computePgan,
  computeSimGan,
} from "./syntheticBeats/compute.ts";
import { areaFigure, precisionFigure } from "./syntheticBeats/drawing.ts";
import { pganFigureText } from "./syntheticBeats/pganSection.ts";
import { countsText, simGanTableText } from "./syntheticBeats/simGanSection.ts";
import {
  ratiosInMitBih,
  ratiosInStandIn,
  reducedPgan,
  reducedSimGan,
  testedInMitBih,
  testedInStandIn,
} from "./syntheticBeats/specifications.ts";
import { differences, type Judged, method, otherwise, overview, published } from "./syntheticBeats/words.ts";

/** What came of both experiments on one source of beats. */
interface SourceOutcome {
  readonly key: string;
  readonly title: string;
  readonly simGan: ComputedSimGan;
  readonly tables: readonly SimGanTable[];
  readonly pgan: ComputedPgan;
  readonly figures: readonly PganFigure[];
}

const folder = join("node_modules", ".cache", "synthetic-beats");

/** Both experiments on every source, as a document. */
async function gatherSyntheticBeats(data: string | null, computing: Computing): Promise<Evidence> {
  const mitBih = data === null ? "" : join(data, "mitdb");
  const sources = [
    ...(data !== null && existsSync(mitBih)
      ? [{ key: "mit-bih", title: "MIT-BIH", path: mitBih, tested: testedInMitBih, ratios: ratiosInMitBih }]
      : []),
    {
      key: "stand-in",
      title: "Simulated stand-in",
      path: standIn,
      tested: testedInStandIn,
      ratios: ratiosInStandIn,
    },
  ];
  const outcomes: SourceOutcome[] = [];
  for (const { key, title, path, tested, ratios } of sources) {
    const simGan = await computeSimGan(reducedSimGan(title, ratios), path, computing);
    const pgan = await computePgan(reducedPgan(title, tested), path, computing);
    const tables: SimGanTable[] = [];
    for (const target of simGan.experiment.targets) {
      tables.push(
        (await simGanExperiment.report(simGan.experiment, simGan.finished, { target })) as SimGanTable,
      );
    }
    const figures: PganFigure[] = [];
    for (const target of pgan.experiment.targets) {
      figures.push((await pganExperiment.report(pgan.experiment, pgan.finished, { target })) as PganFigure);
    }
    outcomes.push({ key, title, simGan, tables, pgan, figures });
  }
  return {
    document: [
      method,
      summaryOf(outcomes),
      ...outcomes.map(sectionOf),
      published,
      otherwise,
      manifestText(),
    ].join("\n\n"),
    claims: outcomes.flatMap(({ simGan, pgan }) => [endsOf(simGan), endsOf(pgan)]),
    figures: Object.fromEntries(outcomes.flatMap(figuresOf)),
    lacking: outcomes
      .flatMap(({ simGan, pgan }) => [simGan, pgan])
      .reduce((sum, { cells, finished, diverged }) => sum + cells.length - finished.length - diverged, 0),
  };
}

const figureName = (key: string, experiment: "simgan" | "pgan", target: string) =>
  `synthetic-beats-${key}-${experiment}-${target.toLowerCase()}.svg`;

const figuresOf = ({ key, title, tables, figures }: SourceOutcome) => [
  ...tables.map((each) => [figureName(key, "simgan", each.target), precisionFigure(each, title)] as const),
  ...figures.map((each) => [figureName(key, "pgan", each.target), areaFigure(each, title)] as const),
];

function endsOf({ experiment, cells, finished, diverged }: ComputedSimGan | ComputedPgan): Claim {
  const words = diverged === 0 ? "" : `, ${diverged} diverged`;
  return {
    promise: `Every training ends: ${experiment.name}`,
    measured: `${finished.length} of ${cells.length}${words}`,
    holds: finished.length === cells.length,
  };
}

function summaryOf(outcomes: readonly SourceOutcome[]): string {
  const judged = (against: SimGanBaseline): Judged[] =>
    outcomes.flatMap(({ title, tables }) =>
      tables.flatMap(({ target, rows }) =>
        rows.map((row) => ({
          title: row.title,
          place: `${target}, ${title}`,
          comparison: row.over[against],
        })),
      ),
    );
  const personal = (against: PganBaseline): Judged[] =>
    outcomes.flatMap(({ title, figures }) =>
      figures.flatMap(({ target, rows }) =>
        rows.map((row) => ({
          title: row.title,
          place: `${target}, ${title}`,
          comparison: row.over[against],
        })),
      ),
    );
  const isComplete = outcomes
    .flatMap(({ simGan, pgan }) => [endsOf(simGan), endsOf(pgan)])
    .every(({ holds }) => holds);
  return [
    "## In short",
    ...(isComplete
      ? []
      : [
          "Not every training has ended, as the claims above tell: rows lack runs or are missing. The command goes on where it stopped.",
        ]),
    `SimGAN's experiment. ${simGanBaselines.map((each) => overview(judged(each), simGanBaselineWords[each])).join(" ")} Average precision minus that of as much training without added beats, bold where it is decided:`,
    differences(judged("continued")),
    `PGAN's experiment. ${pganBaselines.map((each) => overview(personal(each), pganBaselineWords[each])).join(" ")} Area under the curve minus that of as much training without synthesis, at the number of added beats that validation patients chose:`,
    differences(personal("continued")),
  ].join("\n\n");
}

function sectionOf({ key, title, simGan, tables, pgan, figures }: SourceOutcome): string {
  return [
    `## ${title}`,
    `${new Set(simGan.all.origins.map(({ record }) => record)).size} records have the lead ${simGan.experiment.source.lead}. Beats of patients without a pacemaker, all of them and those that take part in SimGAN's experiment:`,
    countsText(simGan),
    "### SimGAN",
    ...tables.map((each) => simGanTableText(each, figureName(key, "simgan", each.target))),
    "### PGAN",
    ...figures.map((each) => pganFigureText(each, pgan, figureName(key, "pgan", each.target))),
  ].join("\n\n");
}

function manifestText(): string {
  const specifications = [reducedSimGan("…", ratiosInMitBih), reducedPgan("…", testedInMitBih)];
  const manifest = { version: workbenchVersion, backend: "wasm, one thread", specifications };
  return [
    "## Manifest",
    "Of the simulated stand-in other patients are tested, and SimGAN's experiment has one ratio:",
    `\`${JSON.stringify({ patients: testedInStandIn, ratios: ratiosInStandIn })}\``,
    `\`\`\`json\n${JSON.stringify(manifest, null, 2)}\n\`\`\``,
  ].join("\n\n");
}

/** The experiments of SimGAN and PGAN, reduced, on the stand-in and, where they are, on records of MIT-BIH. */
export const syntheticBeats: Proof = {
  title: "Do synthetic beats help a classifier?",
  needsData: false,
  gather: async (data, progress, mayCompute) =>
    gatherSyntheticBeats(data, {
      folder,
      computer: nodeComputer(await openBackend("wasm")),
      progress,
      mayCompute,
    }),
};
