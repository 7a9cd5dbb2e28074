import type { PganFigure } from "../../experiments/syntheticBeats/pganFigures.ts";
import type { SimGanTable } from "../../experiments/syntheticBeats/simGanTables.ts";
import { type Curve, curveFigure } from "../figures/curves.ts";

/** Rows that are drawn, as many as there are colours; the table has all. */
const drawnRows = ["none", "continued", "oversampled", "simulator", "dcgan", "simDcgan"];

/** Precision over recall of a class, the mean over the runs. */
export function precisionFigure({ title, rows, chance }: SimGanTable, source: string): string {
  const curves = rows
    .filter(({ added, curve }) => drawnRows.includes(added.generator) && curve.length > 0)
    .map(
      ({ title: name, curve }): Curve => ({
        name,
        x: curve.map(({ recall }) => recall),
        y: curve.map(({ mean }) => mean),
      }),
    );
  return curveFigure({
    title: `${title}: ${source}`,
    caption: "Classifiers trained with synthetic beats added, tested on DS2",
    xTitle: "Recall",
    yTitle: "Precision",
    curves,
    ...(chance === null ? {} : { level: { name: "chance", y: chance } }),
  });
}

/** Area under the receiver operating characteristic over the number of added beats, the mean over patients. */
export function areaFigure({ title, rows }: PganFigure, source: string): string {
  const curves = rows
    .filter(({ points }) => points.length > 1)
    .map(({ title: name, points }): Curve => {
      const known = points.filter(({ area }) => area.mean !== null);
      return {
        name,
        x: known.map(({ count }) => count),
        y: known.map(({ area }) => area.mean ?? Number.NaN),
      };
    });
  // Curves begin at no synthesis; what they have to pass is the longer training alone.
  const longer = rows.find(({ method }) => method === "continued")?.area.mean ?? null;
  return curveFigure({
    title: `${title}: ${source}`,
    caption: "One patient left out at a time; the mean over the patients",
    xTitle: "Added synthetic beats",
    yTitle: "Area under the ROC curve",
    curves,
    ...(longer === null ? {} : { level: { name: "longer training", y: longer } }),
  });
}
