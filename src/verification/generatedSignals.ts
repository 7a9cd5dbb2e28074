import { existsSync } from "node:fs";
import { join } from "node:path";
import { openBackend } from "../neural/backend/backends.ts";
import { realSource, simulatedSource } from "./generatedBeats/sources.ts";
import { claimsOf, sectionOf, settingsTable, titlesOf } from "./generatedSignals/document.ts";
import { figuresOf } from "./generatedSignals/drawing.ts";
import { shownLosses } from "./generatedSignals/lossFigures.ts";
import { type SignalSourceResult, signalResultsOf } from "./generatedSignals/results.ts";
import type { Proof } from "./proof.ts";
import { ResultFolder } from "./resultFolder.ts";

const cache = join("node_modules", ".cache");

/** Diffusion models and Time-VQVAE of two classes, in the sizes of the browser, and how near real beats they come. */
export const generatedSignals: Proof = {
  title: "Generated signals",
  needsData: false,
  async gather(data, progress, mayCompute) {
    await openBackend("wasm");
    const folders = {
      own: new ResultFolder(join(cache, "generated-signals")),
      features: new ResultFolder(join(cache, "generated-beats")),
    };
    const mitBih = data === null ? "" : join(data, "mitdb");
    const sources = [
      ...(data !== null && existsSync(mitBih) ? [await realSource(mitBih)] : []),
      simulatedSource(),
    ];
    const results: SignalSourceResult[] = [];
    for (const source of sources) {
      results.push(await signalResultsOf(source, folders, mayCompute, progress));
    }
    const titles = await titlesOf();
    const figures = figuresOf(results, titles);
    const document = [
      method,
      settingsTable(titles),
      ...shownLosses("generated-signals", figures),
      ...results.map((result) => sectionOf(result, titles)),
    ].join("\n\n");
    return {
      document,
      claims: results.flatMap((result) => claimsOf(result, titles)),
      figures,
      lacking: results.reduce((sum, { open }) => sum + open, 0),
    };
  },
};

const method = `All beats that a model makes are **synthetic**; nothing here is meant for clinical use.

## How it was measured

DiffWave, Time-Diffusion (the corrected network, ours) and Time-VQVAE learn the classes N and V at once, each in the size that the workbench gives it in a browser, by WebAssembly on one thread. Beats have 216 samples at 360 Hz with R at 200 ms and went through the band-pass filter of the PGAN experiment.

- **Fréchet**: the squared Fréchet distance between normal distributions fitted to features of made and real beats. Features are the last state of an LSTM with 32 units that was trained once to tell the five AAMI classes of **other** people's beats apart.
- **MMD²**: the squared maximum mean discrepancy of the samples in mV, unbiased, with one Gaussian kernel as wide as the median distance between real beats.
- **noise**: noise with the spectrum of each held-out beat and random phases; what makes no better beats has learned nothing but the spectrum.
- **coverage**: the share of held-out beats that have a made one within their ball of five neighbours: by the **features**, as Naeem et al. (ICML 2020) measure whether kinds of signals are missing, which is what is promised; and by the **samples in mV**, which tell how exact waves are: the more beats are compared, the nearer the neighbours lie, so that errors of some hundredths of a millivolt leave a ball empty. By samples no model here covers most beats of the stand-in, whose waves bear little noise.
- **pair distance / real**: the mean distance between made beats over that between held-out ones: below 1 they are too much alike, and cover the less.
- **R, QRS, T**: read by the workbench's delineator, heights from the onset of QRS.
- **floor**: beats that were learned from against those held out: what a perfect model would reach.

Beyond what their papers have, the networks of the diffusion models are told the place of every sample (\`tellsPlace\`): convolutions, which look the same everywhere, still put R anywhere after 300 iterations without it.

Intervals are from 100 half samples of all groups; they say what other beats of the same origin would give, nothing of another training. Each model was trained with one seed, with settings that were tried on held-out beats of MIT-BIH.

## Settings`;
