import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readRecordAt } from "../commandLine/recordFiles.ts";
import type { Lead, Recording } from "../domain/recording.ts";
import {
  type BeatScore,
  flutterSegments,
  grossScore,
  learningPeriod,
  matchBeats,
  timingOf,
} from "../evaluation/metrics/beatMatching.ts";
import { aamiClassOf } from "../records/aami.ts";
import { defaultDetector, rPeakDetectors } from "../signal/rPeaks/index.ts";
import { percent, spread, table } from "./markdown.ts";
import type { Claim, Evidence, Proof } from "./proof.ts";
import { simulatedSection } from "./rPeaksSimulated.ts";

/** The least that the default detector promises, of both rates, in both periods. */
const promised = 0.993;

/** How well the R-peak detectors find annotated and simulated beats. */
export const rPeaks: Proof = {
  title: "R-peak detection",
  needsData: true,
  async gather(data, progress) {
    if (data === null) throw new TypeError("this proof needs real records");
    const mitBih = await mitBihSection(join(data, "mitdb"), progress);
    const ptbXl = await ptbXlSection(join(data, "ptbxl"), progress);
    const sections = [method, mitBih.document, ptbXl.document, simulatedSection(progress)];
    return { document: sections.join("\n\n"), claims: [...mitBih.claims, ...ptbXl.claims] };
  },
};

const detectorList = Object.entries(rPeakDetectors)
  .map(
    ([name, { title, description, paper }]) =>
      `- **${title}** (\`${name}\`${name === defaultDetector ? ", the default" : ""}): ${description} ${paper}`,
  )
  .join("\n");

const method = `## How it was measured

${detectorList}

Thresholds, pass bands and times are the papers'; the form of the filters (Butterworth, run forwards and backwards), how the first levels are learnt, and that they are learnt anew after eight seconds without a beat are ours. Nothing is set for a record. Se: sensitivity, the share of the beats that were detected. +P: positive predictivity, the share of the detections that are beats. Error: detection − annotation, mean ± SD over the beats that were detected.

A detection counts within 150 ms of a beat, one to one, as ANSI/AAMI EC57 and \`bxb\` match. Between \`[\` and \`]\` (ventricular flutter, record 207) nothing is counted. EC57 leaves the first five minutes to the detector for learning: both periods are given.

What the detectors do not do: tell an artefact that is as steep as a QRS complex (an electrode that moves) from one, find a beat within 0.2 s of another, or find one that comes within 0.36 s of a beat twice as steep.`;

interface Scores {
  readonly whole: BeatScore;
  readonly learnt: BeatScore;
}

interface ScoredRecord {
  readonly name: string;
  readonly lead: string;
  readonly beats: number;
  /** By detector. */
  readonly scores: Readonly<Record<string, Scores>>;
}

async function mitBihSection(folder: string, progress: (line: string) => void): Promise<Evidence> {
  const records: ScoredRecord[] = [];
  for (const name of await recordsIn(folder)) {
    records.push(scored(name, await readRecordAt(join(folder, name), "atr")));
    progress(`MIT-BIH ${name}`);
  }
  const names = Object.keys(rPeakDetectors);
  const gross = (detector: string): Scores => ({
    whole: grossScore(records.map(({ scores }) => scores[detector].whole)),
    learnt: grossScore(records.map(({ scores }) => scores[detector].learnt)),
  });
  const tables = names.map((detector) => {
    const rows = records.map(({ name, lead, beats, scores }) => [
      name,
      lead,
      beats,
      ...scoreCells(scores[detector]),
    ]);
    const total = records.reduce((sum, { beats }) => sum + beats, 0);
    return `### ${rPeakDetectors[detector].title}, record by record\n\n${table(
      ["record", "lead", "beats", ...scoreColumns],
      [...rows, ["**gross**", "", total, ...scoreCells(gross(detector))]],
    )}`;
  });
  const summary = table(
    ["detector", ...scoreColumns],
    names.map((detector) => [rPeakDetectors[detector].title, ...scoreCells(gross(detector))]),
  );
  const intro =
    `${records.length} of the 48 records, ${records.map(({ name }) => name).join(" ")}; the lead MLII, or the first ` +
    "where there is none. FN: beats that were missed; FP: detections that are no beats.";
  return {
    document: ["## MIT-BIH Arrhythmia Database", intro, summary, ...tables].join("\n\n"),
    claims: claimsOf(gross(defaultDetector)),
  };
}

function scored(name: string, recording: Recording): ScoredRecord {
  const lead = leadNamed(recording, "MLII");
  const { annotations } = recording;
  const beats = annotations.filter(({ symbol }) => aamiClassOf(symbol) !== null).map(({ sample }) => sample);
  const excluded = flutterSegments(annotations);
  const scores = Object.entries(rPeakDetectors).map(([detector, { detect }]) => {
    const found = detect(lead.samples, lead.samplingFrequency);
    const score = (from: number) => matchBeats(beats, found, lead.samplingFrequency, { from, excluded });
    return [detector, { whole: score(0), learnt: score(learningPeriod) }] as const;
  });
  return { name, lead: lead.name, beats: beats.length, scores: Object.fromEntries(scores) };
}

const columnsOfPeriod = ["FN", "FP", "Se %", "+P %", "error ms"];
const scoreColumns = [...columnsOfPeriod, ...columnsOfPeriod.map((column) => `${column}, from 5 min`)];

function scoreCells({ whole, learnt }: Scores): (string | number)[] {
  return [whole, learnt].flatMap((score) => [
    score.falseNegatives,
    score.falsePositives,
    percent(score.sensitivity),
    percent(score.positivePredictivity),
    spread(timingOf(score)),
  ]);
}

function claimsOf({ whole, learnt }: Scores): Claim[] {
  const { title } = rPeakDetectors[defaultDetector];
  return [
    { period: "whole records", score: whole },
    { period: "without the first five minutes", score: learnt },
  ].flatMap(({ period, score }) =>
    [
      { rate: "gross sensitivity", value: score.sensitivity },
      { rate: "gross positive predictivity", value: score.positivePredictivity },
    ].map(({ rate, value }) => ({
      promise: `${title} on MIT-BIH, ${period}: ${rate} of at least ${percent(promised, 1)} %`,
      measured: `${percent(value)} %`,
      holds: (value ?? 0) >= promised,
    })),
  );
}

/** Records of PTB-XL end with some repeated samples at 500 Hz and not at 100 Hz, s. */
const ragged = 0.2;
/** s */
const ptbXlLength = 10;
/** Rates that the rhythm of a resting adult does not leave, 1/min. */
const plausible = { slowest: 25, fastest: 220 } as const;

/** The same ten seconds at two sampling frequencies: nobody annotated them, but the beats must be the same. */
async function ptbXlSection(folder: string, progress: (line: string) => void): Promise<Evidence> {
  const agreements = new Map(Object.keys(rPeakDetectors).map((name) => [name, [] as BeatScore[]]));
  const rates = new Map(Object.keys(rPeakDetectors).map((name) => [name, [] as number[]]));
  const names = await ptbXlNames(folder);
  progress(`PTB-XL, ${names.length} records`);
  for (const name of names) {
    const path = (frequency: number, suffix: string) =>
      join(folder, `records${frequency}`, `${name.slice(0, 2)}000`, `${name}_${suffix}`);
    const fine = leadNamed(await readRecordAt(path(500, "hr")), "II");
    const coarse = leadNamed(await readRecordAt(path(100, "lr")), "II");
    for (const [detector, { detect }] of Object.entries(rPeakDetectors)) {
      const [many, few] = [fine, coarse].map((lead) =>
        Float64Array.from(detect(lead.samples, lead.samplingFrequency)).map(
          (peak) => peak / lead.samplingFrequency,
        ),
      );
      const edges = [
        { from: 0, to: ragged },
        { from: ptbXlLength - ragged, to: ptbXlLength },
      ];
      agreements.get(detector)?.push(matchBeats(many, few, 1, { excluded: edges }));
      rates.get(detector)?.push((60 * (many.length - 1)) / (many[many.length - 1] - many[0]));
    }
  }
  const isPlausible = (rate: number) => rate >= plausible.slowest && rate <= plausible.fastest;
  const rows = Object.entries(rPeakDetectors).map(([detector, { title }]) => {
    const score = grossScore(agreements.get(detector) ?? []);
    const found = rates.get(detector) ?? [];
    const sorted = [...found].sort((one, other) => one - other);
    const [slowest, middle, fastest] = [0, sorted.length >> 1, sorted.length - 1].map((at) =>
      sorted[at].toFixed(0),
    );
    return [
      title,
      score.truePositives + score.falseNegatives,
      score.falseNegatives,
      score.falsePositives,
      spread(timingOf(score)),
      `${slowest} · ${middle} · ${fastest}`,
      `${found.filter(isPlausible).length} of ${found.length}`,
    ];
  });
  const ofDefault = rates.get(defaultDetector) ?? [];
  const agreement = grossScore(agreements.get(defaultDetector) ?? []).f1;
  return {
    document: [
      "## PTB-XL at 500 and at 100 Hz",
      `Lead II of ${names.length} records. PTB-XL has no annotated beats: those found at 500 Hz stand as reference for ` +
        `those found at 100 Hz, without the first and the last ${ragged} s (at 500 Hz many records end in repeated ` +
        "samples where at 100 Hz a beat goes on).",
      table(
        [
          "detector",
          "beats at 500 Hz",
          "not at 100 Hz",
          "only at 100 Hz",
          "difference ms",
          "slowest · median · fastest rate, 1/min",
          `rates from ${plausible.slowest} to ${plausible.fastest}`,
        ],
        rows,
      ),
    ].join("\n\n"),
    claims: [
      {
        promise: `a rate from ${plausible.slowest} to ${plausible.fastest} /min in every record of PTB-XL`,
        measured: `${ofDefault.filter(isPlausible).length} of ${ofDefault.length}`,
        holds: ofDefault.every(isPlausible),
      },
      {
        promise: "the same beats of PTB-XL at 100 and at 500 Hz: F1 of at least 99 %",
        measured: `${percent(agreement)} %`,
        holds: (agreement ?? 0) >= 0.99,
      },
    ],
  };
}

async function recordsIn(folder: string): Promise<string[]> {
  const files = await readdir(folder);
  return files
    .filter((file) => file.endsWith(".hea"))
    .map((file) => file.slice(0, -".hea".length))
    .sort();
}

/** Numbers of the records that are there at both frequencies. */
async function ptbXlNames(folder: string): Promise<string[]> {
  const names = async (frequency: number) => {
    const base = join(folder, `records${frequency}`);
    const records = await Promise.all((await readdir(base)).map((part) => recordsIn(join(base, part))));
    return records.flat().map((name) => name.slice(0, 5));
  };
  const coarse = new Set(await names(100));
  return (await names(500)).filter((name) => coarse.has(name)).sort();
}

function leadNamed({ leads }: Recording, name: string): Lead {
  return leads.find((lead) => lead.name === name) ?? leads[0];
}
