import { badness, badnessOf, type ColumnKey, columnOf } from "../../domain/leagueColumns.ts";
import { list, verdictsInWords } from "../syntheticBeats/tables.ts";
import type { LeagueExperiment } from "./specification.ts";
import type { LeagueRow, LeagueTable } from "./tables.ts";

/** Measures by which rows are said to be near or far, one for a sentence. */
const told = ["gaussianDiscrepancy", "frechetOfFeatures"] as const satisfies readonly ColumnKey[];

/** Share of what real beats cover below which variety is said to be lost. */
const lostShare = 0.5;

/** The league in plain words: what the intervals can bear, and what it does not tell. */
export function readingOf(
  { classes, seeds, division, source }: LeagueExperiment,
  table: Omit<LeagueTable, "reading">,
): string {
  const { rows, beatClass, counts } = table;
  if (counts === null) return "Nothing has been computed yet.";
  const generators = rows.filter(({ role, runs }) => role === "generator" && runs > 0);
  const measured = { measure: "macro F1 on tested patients" };
  const judged = (against: "overReal" | "overRepeated") =>
    generators.map((row) => ({ title: row.title, comparison: row[against] }));
  return [
    `${source.name}: beats of ${counts.trainPatients} training and ${counts.testPatients} tested patients, classes ${list(classes)}; closeness is that of class ${beatClass}.`,
    closenessInWords(table),
    verdictsInWords(judged("overReal"), { ...measured, baseline: "real beats alone" }),
    verdictsInWords(judged("overRepeated"), { ...measured, baseline: "as many repeated real beats" }),
    copiesOf(generators, rows),
    "Times are of the machine that computed the cells, and noisy where it did other work.",
    "Personal generators take no part: they make beats for one patient whom they have seen.",
    seeds.length < 5 ? "Fewer than five runs tell little of the luck of a training." : "",
    division.byPatient
      ? "No patient stands on two sides."
      : "Beats of a patient may stand on two sides: what was learned by heart counts as skill here.",
  ]
    .filter((part) => part !== "")
    .join(" ");
}

/** What closeness of the table's class says, which is all that differs from class to class. */
export function closenessInWords({ rows }: Pick<LeagueTable, "rows">): string {
  const generators = rows.filter(({ role, runs }) => role === "generator" && runs > 0);
  return [...told.map((key) => nearnessOf(generators, rows, key)), varietyOf(generators, rows)]
    .filter((part) => part !== "")
    .join(" ");
}

/** Who lies as near as beats of other real patients, and who no nearer than noise, by intervals that overlap. */
function nearnessOf(generators: readonly LeagueRow[], rows: readonly LeagueRow[], key: ColumnKey): string {
  const [real, noise] = (["real", "noise"] as const).map((role) => rows.find((row) => row.role === role));
  const { title } = columnOf(key);
  const reached = spanIn(real, key);
  if (reached === null || generators.length === 0) return "";
  const noisy = spanIn(noise, key);
  if (noisy !== null && noisy.low <= reached.high) {
    return `By ${title} nothing can be told: noise of the same spectrum lies no farther than beats of other real patients.`;
  }
  const near = generators.filter((row) => overlap(spanIn(row, key), reached));
  const far = generators.filter((row) => overlap(spanIn(row, key), noisy));
  const nearWords =
    near.length === 0
      ? "no generator reaches what beats of other real patients reach"
      : `${list(near.map((row) => row.title))} cannot be told from beats of other real patients`;
  const farWords =
    far.length === 0
      ? ""
      : `; ${list(far.map((row) => row.title))} cannot be told from noise of the same spectrum`;
  return `By ${title} ${nearWords}${farWords}.`;
}

function spanIn(row: LeagueRow | undefined, key: ColumnKey) {
  const found = row?.values[key];
  if (found === undefined || found.value === null) return null;
  const { better } = columnOf(key);
  const own = badness(found.value, better);
  return found.interval === null ? { low: own, high: own } : badnessOf(found.interval, better);
}

type Span = ReturnType<typeof spanIn>;

const overlap = (one: Span, other: Span) =>
  one !== null && other !== null && one.low <= other.high && other.low <= one.high;

/** Whose beats leave most of the real ones uncovered. */
function varietyOf(generators: readonly LeagueRow[], rows: readonly LeagueRow[]): string {
  const limit = rows.find(({ role }) => role === "real")?.values.coverage.interval?.low ?? null;
  if (limit === null) return "";
  const poor = generators.filter(({ values: { coverage } }) => {
    const high = coverage.interval?.high ?? coverage.value;
    return high !== null && high < lostShare * limit;
  });
  return poor.length === 0
    ? ""
    : `Variety is lost by ${list(poor.map(({ title }) => title))}: they cover less than half of what real beats cover.`;
}

function copiesOf(generators: readonly LeagueRow[], rows: readonly LeagueRow[]): string {
  const planted = rows.find(({ role }) => role === "copier");
  if (planted === undefined || planted.runs === 0) return "";
  if (planted.accused === 0) {
    return "The check for copies does not find the planted copier, so that it clears nobody here: there are too few patients.";
  }
  const accused = generators.filter((row) => (row.accused ?? 0) > 0);
  const words = accused.map((row) => `${row.title} (${row.accused} of ${row.runs} runs)`);
  return `The check for copies finds the planted copier in ${planted.accused} of ${planted.runs} runs and accuses ${words.length === 0 ? "no generator; that is no proof of privacy" : list(words)}.`;
}
