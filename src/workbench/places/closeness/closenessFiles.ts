import { shownParts } from "../../../domain/closeness.ts";
import { placeOf, verdictWords } from "../../../evaluation/closeness/reading.ts";
import type { Interval } from "../../../evaluation/statistics/bootstrap.ts";
import type { ClosenessDescription } from "../../../services/training/closeness.ts";
import type { StoredCloseness } from "../../../storage/storedCloseness.ts";
import { intervalWords, unitOf } from "./numbers.ts";

const columns = [
  "part",
  "key",
  "title",
  "unit",
  "value",
  "low",
  "high",
  "near anchor",
  "near low",
  "near high",
  "far anchor",
  "reading",
  "rows",
] as const;
type Column = (typeof columns)[number];
/** Cells that have nothing to say are left out. */
type Line = Readonly<Record<"part" | "key" | "title", string>> &
  Readonly<Partial<Record<Column, string | number | null | undefined>>>;

const withEnds = (interval: Interval | null | undefined) => ({ low: interval?.low, high: interval?.high });
const withNear = (value: number | null, interval?: Interval | null) => ({
  "near anchor": value,
  "near low": interval?.low,
  "near high": interval?.high,
});

/** All numbers of a comparison, a measure a line. Near is other real patients, far is noise; of privacy fair and copies. */
export function closenessCsv(found: StoredCloseness, description: ClosenessDescription): string {
  const head = [
    `# Closeness of a synthetic to a real set: ${found.name}`,
    `# Synthetic signals are not of any person. ECG synthesis workbench ${found.version}; not for clinical use`,
    `# ${intervalWords(found.parts.measures ?? [])}`,
    `# ${JSON.stringify(manifestOf(found))}`,
  ];
  const rows = linesOf(found, description).map((line) =>
    columns.map((column) => cell(line[column])).join(","),
  );
  return [...head, columns.join(","), ...rows, ""].join("\n");
}

const cell = (value: string | number | null | undefined) => {
  const text = String(value ?? "");
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

function linesOf(
  { parts: all, specification }: StoredCloseness,
  { measures, features, traits, privacy }: ClosenessDescription,
): Line[] {
  const parts = shownParts(all);
  const isUnseen = parts.sets?.isUnseen ?? true;
  const unit = parts.sets?.unit ?? (specification.scaling === "standardise" ? "SD" : "mV");
  const measured = (
    part: string,
    entries:
      | NonNullable<typeof parts.measures>
      | NonNullable<NonNullable<typeof parts.features>["value"]>["entries"],
    described: typeof measures,
  ) =>
    entries.map((entry): Line => {
      const place = placeOf(entry, described[entry.key].better);
      return {
        part,
        key: entry.key,
        title: described[entry.key].title,
        unit: unitOf(described[entry.key].unit, unit),
        value: entry.value,
        ...withEnds(entry.interval),
        ...withNear(entry.near, entry.nearInterval),
        "far anchor": entry.far,
        reading: entry.value === null ? (entry.reason ?? "") : verdictWords(place, isUnseen, ""),
        rows: entry.rows,
      };
    });
  return [
    ...measured("measures", parts.measures ?? [], measures),
    ...measured("features of a classifier", parts.features?.value?.entries ?? [], features),
    ...(parts.traits ?? []).flatMap((entry): Line[] => {
      const common = {
        part: "intervals and amplitudes",
        key: entry.key,
        rows: entry.syntheticValues.length,
      };
      const { title, unit: own } = traits[entry.key];
      return [
        {
          ...common,
          title: `${title}, off by`,
          unit: own === "mV" ? unit : own,
          value: entry.shift,
          ...withEnds(entry.interval),
          ...withNear(entry.nearShift, entry.nearInterval),
          "far anchor": entry.farShift,
        },
        {
          ...common,
          title: `${title}, gap (Kolmogorov–Smirnov)`,
          value: entry.gap,
          ...withEnds(entry.gapInterval),
          ...withNear(entry.nearGap, entry.nearGapInterval),
          "far anchor": entry.farGap,
        },
      ];
    }),
    ...(parts.privacy?.value?.entries ?? []).map(
      (entry): Line => ({
        part: "privacy",
        key: entry.key,
        title: privacy[entry.key].title,
        unit: unitOf(privacy[entry.key].unit, unit),
        value: entry.value,
        ...withEnds(entry.interval),
        ...withNear(entry.fair),
        "far anchor": entry.copies,
        rows: entry.rows,
      }),
    ),
    ...classifierLines(parts),
  ];
}

function classifierLines({ twoSample, predictive }: StoredCloseness["parts"]): Line[] {
  const common = { part: "classifiers" };
  const lines: Line[] = [];
  if (twoSample?.value) {
    const { accuracy, low, high, tested, score, scoreInterval, nearScore, nearInterval, farScore } =
      twoSample.value;
    lines.push({
      ...common,
      key: "accuracy",
      title: "Two-sample test, right answers",
      value: accuracy,
      low,
      high,
      rows: tested,
    });
    lines.push({
      ...common,
      key: "score",
      title: "Two-sample score",
      value: score,
      ...withEnds(scoreInterval),
      ...withNear(nearScore, nearInterval),
      "far anchor": farScore,
      rows: tested,
    });
  }
  if (predictive?.value) {
    const { realToReal, syntheticToReal, realToSynthetic, ratio, ratioInterval } = predictive.value;
    for (const [key, score] of Object.entries({ realToReal, syntheticToReal, realToSynthetic })) {
      const { mean, interval } = score;
      lines.push({
        ...common,
        key,
        title: `Macro F1, ${key}`,
        value: mean,
        ...withEnds(interval),
        ...(key === "syntheticToReal" && withNear(realToReal.mean, realToReal.interval)),
      });
    }
    if (ratio !== null) {
      lines.push({
        ...common,
        key: "usefulness",
        title: "Usefulness, syntheticToReal over realToReal",
        value: ratio,
        ...withEnds(ratioInterval),
        ...withNear(1),
      });
    }
  }
  return lines;
}

/** What a comparison was made of and with. */
export function manifestOf({
  id,
  specification,
  version,
  backend,
  createdAt,
  seconds,
  parts,
}: StoredCloseness) {
  const { synthetic, real } = specification;
  return {
    kind: specification.kind,
    id,
    // Hashes of thousands of records would drown what a person looks for: the address of the comparison holds them.
    specification: {
      ...specification,
      synthetic:
        synthetic.kind === "records" ? { ...synthetic, members: synthetic.members.length } : synthetic,
      real: real.kind === "records" ? { ...real, members: real.members.length } : real,
    },
    sets: parts.sets ?? null,
    backend,
    version,
    createdAt: new Date(createdAt).toISOString(),
    seconds: Math.round(seconds),
  };
}

/** Everything that was measured, pictures included, with the manifest. */
export function closenessJson(found: StoredCloseness): string {
  const plain = (_: string, value: unknown) =>
    ArrayBuffer.isView(value)
      ? Array.from(value as Float32Array, (each) => Number(each.toPrecision(6)))
      : value;
  return `${JSON.stringify({ manifest: manifestOf(found), parts: found.parts }, plain, 1)}\n`;
}
