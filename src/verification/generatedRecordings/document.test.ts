import { expect, test } from "vitest";
import type { Measured } from "../generatedBeats/judgement.ts";
import type { Rows } from "../generatedBeats/sources.ts";
import { titlesOf } from "../generatedSignals/document.ts";
import { claimsOf, sectionsOf } from "./document.ts";
import { figuresOf } from "./drawing.ts";
import { type RecordingForm, type RecordingJudgement, recordingTraits } from "./measuring.ts";
import { cellsOf, type RecordingResults } from "./results.ts";

const measured = (value: number): Measured => ({ value, interval: { low: value - 0.1, high: value + 0.1 } });

/** Every trait about a median that stands for all of them. */
const formWith = (median: number): RecordingForm =>
  Object.fromEntries(
    recordingTraits.map((trait) => [trait, { lower: median - 1, median, upper: median + 1, found: 1 }]),
  ) as RecordingForm;

interface Change {
  readonly share?: number;
  readonly coverage?: number;
  readonly median?: number;
}

/** Results in which everything is as good as told, but for the recordings of AFIB by one model. */
function resultWith(change: Change, model = "timeDiffusion"): RecordingResults {
  const rows: Rows = {
    values: Float32Array.from({ length: 6000 }, (_, at) => Math.sin(at / 20)),
    count: 6,
    length: 1000,
  };
  const judged = ({ share = 0.2, coverage = 0.9, median = 5 }: Change): RecordingJudgement => {
    const comparison = { made: measured(1), noise: measured(5), share: measured(share) };
    return {
      form: formWith(median),
      called: 0.9,
      coverage: measured(coverage),
      diversity: measured(1),
      distances: { frechet: comparison, discrepancy: comparison },
    };
  };
  const learned = {
    form: formWith(5),
    called: 0.95,
    coverage: measured(0.97),
    diversity: measured(1),
    floor: { frechet: measured(0.1), discrepancy: measured(0.01) },
  };
  const both = { NORM: rows, AFIB: rows };
  const lost = { lower: 0.01, median: 0.02, upper: 0.03, lost: 0.005 };
  return {
    source: {
      signals: {
        title: "A source",
        classes: ["NORM", "AFIB"],
        samplingFrequency: 100,
        learned: both,
        heldOut: both,
        compared: 6,
      },
      others: { rows, labels: new Uint8Array(6) },
    },
    recognised: { NORM: 0.97, AFIB: 0.93 },
    learned: { NORM: learned, AFIB: learned },
    results: cellsOf().map((cell) => ({
      cell,
      outcome: {
        made: { NORM: rows.values, AFIB: rows.values },
        back: null,
        curves: { denoisingLoss: [1, 0.5] },
      },
      throughCodes: cell.model === "timeVqVae" ? { NORM: judged({}), AFIB: judged({}) } : null,
      reconstruction: cell.model === "timeVqVae" ? { NORM: lost, AFIB: lost } : null,
      judgements: { NORM: judged({}), AFIB: judged(cell.model === model ? change : {}) },
    })),
    open: 0,
  };
}

const broken = async (change: Change, model?: string) =>
  claimsOf(resultWith(change, model), await titlesOf())
    .filter(({ holds }) => !holds)
    .map(({ promise }) => promise);

test("a claim fails where one rhythm fails, and no other", async () => {
  expect(await broken({})).toEqual([]);
  expect(await broken({ coverage: 0.49 })).toEqual([
    expect.stringMatching(/^Time-Diffusion: at least half of the held-out/),
  ]);
  // Below a half itself, but not the whole interval.
  expect(await broken({ share: 0.45 })).toEqual([expect.stringMatching(/less than half/)]);
  expect(await broken({ median: 6.5 })).toEqual([expect.stringMatching(/rate and waves/)]);
  expect(await broken({ share: 0.9 }, "timeVqVae")).toEqual([
    expect.stringMatching(/^Time-VQVAE: less than half/),
  ]);
});

test("the document shows each rhythm, its figures and what is not yet computed", async () => {
  const titles = await titlesOf();
  const result = resultWith({});
  const text = sectionsOf(result, titles);
  expect(text).toContain("NORM 97 %, AFIB 93 %");
  expect(text).not.toMatch(/NaN|undefined/);
  expect(text).toContain("recordings through the codes of Time-VQVAE and back");
  expect(text).toContain("0.020 [0.010, 0.030]");
  expect(text).toContain("| held out, through the codes of Time-VQVAE |");
  expect(text).toContain("has the rhythm: RR deviates by 5.0 %");
  expect(text).not.toContain("**not** learned");
  expect(sectionsOf(resultWith({ median: 6.5 }), titles)).toContain("too uneven: RR deviates by 6.5 %");
  const figures = figuresOf(result, titles);
  expect(Object.keys(figures)).toContain("generated-recordings-denoising.svg");
  for (const name of text.matchAll(/\((generated-recordings-[^)]+)\)/g)) {
    expect(figures).toHaveProperty(name[1]);
    expect(figures[name[1]]).toContain("synthetic");
  }
  const planned = cellsOf().length;
  const open = { ...result, results: [], open: planned };
  expect(sectionsOf(open, titles)).toContain(`**Not yet computed: ${planned} of ${planned} trainings**`);
  expect(figuresOf(open, titles)).toEqual({});
  expect(claimsOf(open, titles)).toEqual([
    { promise: "every training is computed", measured: `0 of ${planned}`, holds: false },
  ]);
});
