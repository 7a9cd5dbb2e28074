import type { ExperimentProtocol } from "../protocol.ts";
import { addsNothing, beatCellAddress } from "./addresses.ts";
import { beatResultForm } from "./beatResultForm.ts";
import { beatTablesAsJson, pganAsCsv, pganAsLatex } from "./exportTables.ts";
import { pganCellsOf } from "./grid.ts";
import { pganFigure } from "./pganFigures.ts";
import { quickPgan } from "./presets.ts";
import type { BeatQuestion } from "./simGanExperiment.ts";
import {
  type BeatCellResult,
  isUncounted,
  type PganCell,
  type PganExperiment,
  pganDefaults,
  pganMethodNames,
  pganMethods,
} from "./specification.ts";
import { parseBeatExperiment } from "./specificationFile.ts";

/** Golany & Radinsky, AAAI 2019: one patient left out, with beats added that follow that patient or do not. */
export const pganExperiment: ExperimentProtocol<PganExperiment, PganCell, BeatCellResult> = {
  kind: "PGAN experiment",
  cellKind: "PGAN",
  parse: (text, file) => parseBeatExperiment(text, file) as PganExperiment,
  isSettled: ({ patients }) => patients !== undefined,
  async settle(specification, data) {
    const { targets, adaptation, leastBeats, source } = specification;
    const beats = specification.patients === undefined ? await data.beats(source, () => false) : null;
    if (beats === null) return specification;
    const { patientsToTest } = await import("./pganProtocol.ts");
    const patients = Object.fromEntries(
      targets.map((target) => [target, patientsToTest(beats, target, adaptation, leastBeats)]),
    );
    return { ...specification, patients };
  },
  cells: (specification) => pganCellsOf(specification),
  address: beatCellAddress,
  async cellTitle(cell) {
    const { target, patient, method, count, seed } = cell;
    const { title } = pganMethods[method];
    const amount = isUncounted(method) ? "" : ` + ${count}`;
    const words = addsNothing(cell) ? "no added beats" : `${title}${amount}`;
    return `${target} · patient ${patient} · ${words} · seed ${seed}`;
  },
  resultForm: beatResultForm,
  resultInWords: ({ added }) => `${added} beats added`,
  report: async (specification, ended, question) =>
    pganFigure(specification, ended, (question as BeatQuestion).target),
  async exportReport(specification, ended, _question, format) {
    const figures = specification.targets.map((target) => pganFigure(specification, ended, target));
    if (format === "json") return beatTablesAsJson(specification, figures);
    return format === "csv" ? pganAsCsv(figures) : `${pganAsLatex(figures)}\n`;
  },
  presets: {
    full: pganDefaults,
    quick: quickPgan,
    titles: Object.fromEntries(pganMethodNames.map((method) => [method, pganMethods[method].title])),
    models: Object.fromEntries(
      pganMethodNames.flatMap((method) => {
        const { generator } = pganMethods[method];
        return generator === null ? [] : [[method, generator]];
      }),
    ),
  },
  training: async () => (await import("./beatTraining.ts")).pganTraining,
};
