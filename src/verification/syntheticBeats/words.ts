import type { Comparison } from "../../evaluation/statistics/comparison.ts";
import { list } from "../../experiments/syntheticBeats/tables.ts";
import { table } from "../markdown.ts";

/** What is measured and what was made smaller, for a reader who knows neither paper. */
export const method = `Does a classifier of heartbeats become better when synthetic beats are added to the real ones it is trained on? Two papers
say so; this is their question, asked again at a small scale.

- **SimGAN** (Golany, Radinsky & Freedman, ICML 2020): a residual network tells one class from all others. It is trained on
  patients of DS1, then on these and half as many or as many synthetic beats as DS1 has real ones of the class (validation
  patients choose; of the stand-in as many), and tested on the patients of DS2. Rows *longer training* and *real beats repeated* are controls
  that the paper lacks: what a generator has to beat is not nothing, but as much training without added beats, and real beats
  again, as many as validation chose for them.
- **PGAN** (Golany & Radinsky, AAAI 2019): an LSTM tells five classes. One patient is left out and tested on what comes
  after the first five minutes; personal methods see these five minutes without their labels.

Reduced are the beats (\`mostPerRecord\` in the manifest: no more of a class in any record, spread evenly over it, for training,
validation and test alike, though PGAN's five minutes stay whole; normal beats lose most), the width of all networks, their
training, the counts of added beats, and PGAN's patients: for each class up to six, those with most of its beats. Thinning normal beats raises the precision of chance,
as the tables of beats show: average precisions here are comparable with each other, not with those of the papers.
Generators train for 60 to 400 iterations with the values of the workbench's short training, at the smallest width, SimVGAN
with those of the GAN, so that the two differ by the simulator alone; the
papers' have 16 times the width and 2,000 to 5,000.
A row that loses here may win there: the full forms are [\`simgan.experiment.json\`](simgan.experiment.json) and
[\`pgan.experiment.json\`](pgan.experiment.json), which \`npm run ecg -- augment\` computes.

A classifier with added beats goes on from the one without, as in both papers, so that it is trained for up to twice as long;
that alone can help. The row *longer training* tells how much: it goes on as long with the real beats alone. A generator is worth
something by what it gains over that and over *real beats repeated*.

Numbers are mean ± SD, over runs for SimGAN and over patients for PGAN. Intervals in brackets are for other patients and other
runs; p-values are adjusted by Holm over each table. A verdict needs both. Where it says *undecided* the experiment cannot
tell, which is not the same as no difference. All added beats are synthetic, or real ones again where a row says so; none of
this is evidence for clinical use.`;

/** Where the papers and their programs went another way. */
export const otherwise = `## What the authors did otherwise

- In SimGAN's program beats of generators with a simulator are 0.058 units high and join real beats of 1 to 3 mV as they are,
  so that a classifier can learn that small beats are of the class. Here beats return to mV first.
- There, generators are trained on normal deviates and sampled with uniform ones. Here both are normal.
- Checkpoints, epochs, runs and the number of added beats were chosen by the tested beats. Here validation patients of the
  training side decide, and no choice looks at the test.
- Table 1 of SimGAN is of all records, those trained on among them. Here both tables are of DS2 alone.
- Records 201 and 202 are of one man, on different sides of the published division. He is not trained on where both are there.
- Class Q of the program holds annotations that are no beats. Here it holds beats alone, and takes no part in these tables.
- Neither paper says how many runs its numbers are of; curves in the program are of one. Here they are of several, with the
  spread.
- PGAN tests patients with more than 800 beats of a class; no record of the database has so many of F. Nor does it say that
  the beats that a patient's generator has seen are kept out of the test. Here they are.
- PGAN's filter, widths, batch and iterations are not in the paper: they are reconstructions.`;

/** What the papers report, for who wants to set it beside the tables. */
export const published = `## What the papers report

SimGAN, area under precision over recall on DS2, read from its Figures 2 and 3 (within 0.02; of V all lie between 0.91 and 0.94):

${table(
  ["", "none", "GAN", "DCGAN", "SimVGAN", "simulator alone", "SimDCGAN"],
  [
    ["S", "0.18", "0.19", "0.21", "0.28", "0.43", "0.52"],
    ["F", "0.013", "0.02", "0.05", "0.04", "0.04", "0.11"],
  ],
)}

Its Table 2, recall and precision on DS2: S 0.45 and 0.70 with SimDCGAN, 0.40 and 0.47 with RefineGAN; V 0.88 and 0.89, 0.85
and 0.73. PGAN, best area averaged over patients: F 0.95, S 0.85, V 0.99, and for V 0.99 without synthesis too; the
personalised LSTM 0.10 to 0.15 below the one that knows nothing of the patient.`;

/** A comparison that was made, with what is compared. */
export interface Judged {
  readonly title: string;
  readonly place: string;
  readonly comparison: Comparison | null;
}

/** How many comparisons ended how, and which ones were decided. */
export function overview(judged: readonly Judged[], baseline: string): string {
  const made = judged.flatMap(({ comparison, ...rest }) =>
    comparison === null ? [] : [{ ...rest, comparison }],
  );
  if (made.length === 0) return `Nothing is compared with ${baseline} yet.`;
  const named = (verdict: Comparison["verdict"]) =>
    made
      .filter(({ comparison }) => comparison.verdict === verdict)
      .map(({ title, place }) => `${title} (${place})`);
  const [better, worse] = [named("better"), named("worse")];
  const parts = [
    better.length > 0 ? `better ${list(better)}` : "",
    worse.length > 0 ? `worse ${list(worse)}` : "",
  ].filter((part) => part !== "");
  const decided = parts.length === 0 ? "none is decided" : parts.join("; ");
  const undecided = made.length - better.length - worse.length;
  return `Of ${made.length} comparisons with ${baseline}, ${undecided} ${undecided === 1 ? "is" : "are"} undecided: ${decided}.`;
}

/** Differences of all rows at a glance: a row each, a column for every place. Bold is what was decided. */
export function differences(judged: readonly Judged[]): string {
  const titles = [...new Set(judged.map(({ title }) => title))];
  const places = [...new Set(judged.map(({ place }) => place))];
  const cellFor = (title: string, place: string) => {
    const compared = judged.find((each) => each.title === title && each.place === place)?.comparison;
    if (compared?.difference == null) return "–";
    const words = `${compared.difference < 0 ? "" : "+"}${compared.difference.toFixed(3)}`;
    return compared.verdict === "undecided" ? words : `**${words}**`;
  };
  const rows = titles.map((title) => [title, ...places.map((place) => cellFor(title, place))]);
  return table(
    ["", ...places],
    rows.filter((cells) => cells.slice(1).some((cell) => cell !== "–")),
  );
}
