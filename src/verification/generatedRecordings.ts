import { join } from "node:path";
import { openBackend } from "../neural/backend/backends.ts";
import { claimsOf, sectionsOf, settings } from "./generatedRecordings/document.ts";
import { figuresOf } from "./generatedRecordings/drawing.ts";
import { recordingResultsOf } from "./generatedRecordings/results.ts";
import { recordingSource } from "./generatedRecordings/source.ts";
import { titlesOf } from "./generatedSignals/document.ts";
import { shownLosses } from "./generatedSignals/lossFigures.ts";
import type { Proof } from "./proof.ts";
import { ResultFolder } from "./resultFolder.ts";

/** Diffusion models and Time-VQVAE of two rhythms, ten seconds each, and how near to the recordings that they learned from they come. */
export const generatedRecordings: Proof = {
  title: "Generated recordings",
  needsData: false,
  async gather(_data, progress, mayCompute) {
    await openBackend("wasm");
    const folder = new ResultFolder(join("node_modules", ".cache", "generated-recordings"));
    const result = await recordingResultsOf(await recordingSource(), folder, mayCompute, progress);
    const titles = await titlesOf();
    const figures = figuresOf(result, titles);
    const document = [
      method,
      settings(titles),
      ...shownLosses("generated-recordings", figures),
      sectionsOf(result, titles),
    ].join("\n\n");
    return { document, claims: claimsOf(result, titles), figures, lacking: result.open };
  },
};

const method = `All recordings here are **synthetic**: those that models make, and those of virtual patients that they learn from and are held against. Nothing here is meant for clinical use.

## How it was measured

DiffWave, Time-Diffusion (the corrected network, ours) and Time-VQVAE learn two rhythms at once, sinus rhythm (NORM) and atrial fibrillation (AFIB), from ten seconds of lead II at 100 Hz, 1,000 samples, each in the size that the workbench gives it in a browser, by WebAssembly on one thread: an hour or so.

- **Fréchet**: the squared Fréchet distance between normal distributions fitted to features. Features are the last layer of a small residual network that was trained once to tell the rhythms of **other** virtual patients apart.
- **MMD²**: the squared maximum mean discrepancy of the same features, unbiased, with one Gaussian kernel as wide as the median distance between held-out ones. Beats may stand anywhere in ten seconds, so that samples of two recordings are far from each other whatever they are of; features are not.
- **noise**: noise with the spectrum of each held-out recording and random phases; what comes no nearer has learned nothing but the spectrum.
- **coverage**: the share of held-out recordings that have a made one within their ball of five neighbours, by the features.
- **pair distance / held out**: the mean distance between recordings over that between held-out ones, by their samples.
- **called …**: the share that the network of the features calls by the rhythm.
- **RR … T**: medians over the beats of a recording, read by the workbench's delineator; the standard deviation of RR is in % of its mean.
- **floor**: recordings that were learned from against those held out: what a perfect model would reach.

Intervals are from 100 half samples of all groups; they say what other recordings of the same origin would give, nothing of another training: there is one of each model, with one seed.

## Settings`;
