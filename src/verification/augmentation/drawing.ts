import { isLevelled } from "../../experiments/augmentationTransfer/settings.ts";
import type {
  AugmentationPoint,
  AugmentationRow,
  AugmentationTable,
} from "../../experiments/augmentationTransfer/tables.ts";
import { type Curve, curveFigure } from "../figures/curves.ts";

/** What a row learns from beside real signals, in a few words. @param titles of generators by their keys */
export function shortName(
  { setting, generators }: Pick<AugmentationRow, "setting" | "generators">,
  titles: Readonly<Record<string, string>>,
): string {
  const many = generators.length > 1 ? ", for all" : "";
  if (setting === "repeatedToReal") return `real, repeated${many}`;
  if (setting === "weightedToReal") return `real, weighted${many}`;
  if (setting === "levelledToReal") return "levelled, repeated";
  if (setting === "levelledWeightsToReal") return "levelled, weighted";
  if (generators.length === 0) return "real alone";
  return generators.length > 1
    ? "all together"
    : (titles[generators[0].generator] ?? generators[0].generator);
}

const curveOf = (name: string, points: readonly AugmentationPoint[]): Curve => ({
  name,
  x: points.map(({ share }) => share),
  y: points.map(({ values }) => values.mean ?? Number.NaN),
});

const realAlone = ({ rows }: AugmentationTable) =>
  rows.find(({ setting }) => setting === "realToReal")?.points ?? [];

type Titles = Readonly<Record<string, string>>;

/** Macro F1 over the share of synthetic signals beside all real ones; all curves begin with none. */
export function augmentationFigure(table: AugmentationTable, titles: Titles): string {
  const none = realAlone(table).find(({ share }) => share === 1);
  const curves = table.rows
    .filter(({ setting, generators }) => setting === "bothToReal" || isControlOfOne(setting, generators))
    .map((row) =>
      curveOf(shortName(row, titles), [
        ...(none === undefined ? [] : [{ ...none, share: 0 }]),
        ...row.points,
      ]),
    );
  return curveFigure({
    title: `Augmentation: ${table.source.name}`,
    caption: "Real signals and a growing share of synthetic ones, tested on real ones; mean over the runs",
    xTitle: "Share of the synthetic signals",
    yTitle: "Macro F1",
    curves,
    ...(none?.values.mean == null ? {} : { level: { name: "real alone", y: none.values.mean } }),
  });
}

const isControlOfOne = (setting: string, generators: readonly unknown[]) =>
  (setting === "repeatedToReal" || setting === "weightedToReal") && generators.length === 0;

/** Macro F1 over the share of real signals after learning from synthetic ones, and of its controls. */
export function transferFigure(table: AugmentationTable, titles: Titles, freezes: boolean): string {
  const shown = table.rows.filter(
    ({ setting, freezesConvolutions }) =>
      isLevelled(setting) || (setting === "tunedToReal" && freezesConvolutions === freezes),
  );
  return curveFigure({
    title: `Transfer, ${freezes ? "convolutions kept" : "all layers trained"}: ${table.source.name}`,
    caption: "First synthetic signals, then a growing share of real ones; mean over the runs",
    xTitle: "Share of the real training signals",
    yTitle: "Macro F1",
    curves: [
      curveOf("real alone", realAlone(table)),
      ...shown.map((row) => curveOf(shortName(row, titles), row.points)),
    ],
  });
}
