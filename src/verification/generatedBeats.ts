import { existsSync } from "node:fs";
import { join } from "node:path";
import { openBackend } from "../neural/backend/backends.ts";
import {
  claimsOf,
  figureName,
  sectionOf,
  settingsTable,
  shownTrainings,
  titlesOf,
  trainedClasses,
} from "./generatedBeats/document.ts";
import { beatsFigure, lossFigure } from "./generatedBeats/drawing.ts";
import { resultsOf, type SourceResult } from "./generatedBeats/results.ts";
import { realSource, simulatedSource, windowMinutes } from "./generatedBeats/sources.ts";
import type { Proof } from "./proof.ts";
import { ResultFolder } from "./resultFolder.ts";

/** The figure of the losses. */
const lossesName = "generated-beats-losses.svg";

/** Generators of beats trained on real and simulated beats, with how far what they make is from the real. */
export const generatedBeats: Proof = {
  title: "Generated beats",
  needsData: false,
  async gather(data, progress, mayCompute) {
    await openBackend("wasm");
    const folder = new ResultFolder(join("node_modules", ".cache", "generated-beats"));
    const titles = await titlesOf();
    const results: SourceResult[] = [];
    const mitBih = data === null ? "" : join(data, "mitdb");
    if (data !== null && existsSync(mitBih)) {
      results.push(await resultsOf(await realSource(mitBih), folder, mayCompute, progress));
    }
    results.push(await resultsOf(simulatedSource(), folder, mayCompute, progress));
    const drawn = results.find((result) => shownTrainings(result, "V").length > 0);
    const figures = Object.fromEntries([
      ...results.flatMap((result) =>
        trainedClasses(result).map(
          (beatClass) =>
            [figureName(result.source.key, beatClass), beatsFigure(result, beatClass, titles)] as const,
        ),
      ),
      ...(drawn === undefined ? [] : [[lossesName, lossFigure(drawn, "V", titles)] as const]),
    ]);
    const document = [
      method,
      settingsTable(titles),
      ...(drawn === undefined ? [] : [`![Loss of generators](${lossesName})`]),
      ...results.filter(({ cells }) => cells.length > 0).map((result) => sectionOf(result, titles)),
    ].join("\n\n");
    return {
      document,
      claims: results.flatMap((result) => claimsOf(result, titles)),
      figures,
      lacking: results.reduce((sum, { open }) => sum + open, 0),
    };
  },
};

const method = `All beats that a generator draws are **synthetic**; nothing here is meant for clinical use.

## How it was measured

Beats of 216 samples at 360 Hz with R at 200 ms, put through the band-pass filter of the PGAN experiment. Every generator learns from 2,000 beats of one class and is measured against up to 500 others of the same people, which it has not seen. Networks are narrow (4 channels where the paper has 64) and trained briefly, so that one core computes everything in about two hours; nothing is chosen by the held-out beats but the settings below, which were tried on one seed: discriminators without batch normalisation, held by a slight penalty on their slopes, convolutional ones and SimVGAN's that also see the spread of the batch; critics trained by Adam; and beats drawn by averaged weights. With the papers' own settings, discriminators as narrow as these know every beat after some hundred iterations and teach nothing more; those that do not see the spread let beats become all alike, convolutional ones those of class N, SimVGAN's where there are few; and critics with RMSprop swing about for as long as they were watched.

- **Fréchet**: the squared Fréchet distance between normal distributions fitted to features of generated and real beats. Features are the last state of PGAN's LSTM, with 32 units, trained once, with one seed, to tell the five AAMI classes of **other** people's beats apart.
- **MMD²**: the squared maximum mean discrepancy of the samples in mV, with one Gaussian kernel as wide as the median distance between the real beats; unbiased, so that it is 0 on average for equal distributions. It saturates for sets without likeness.
- **left**: the distance after training over that of the same generator before its first iteration. Both are squared distances, as such distances are usually reported: a quarter of them is half of their roots.
- **pair distance / real**: the mean distance between generated beats over that between real ones, where every beat runs from −1 to 1: heights drawn afterwards do not help.
- **floor**: beats that were trained on against those held out, as many: what a perfect generator would reach.
- **real beats, heights of …**: the held-out beats themselves, when they return from −1 to 1 to mV as generated ones do: with the lowest and highest value of a real beat of like form, as all generators here, or of any beat of the class, as the workbench did at first. What any beat lends keeps a perfect generator from coming near.
- **simulator alone**: beats of McSharry's equations with waves drawn around those of the class, set by hand, or fitted to the beats that the generators learn from and each brought to their range, as RefineGAN's are; nothing is trained, so nothing is promised of it.
- **roughness**: the mean square of the second difference over that of real beats. **ODE residual**: SimGAN's loss under the typical waves of the class, in the unit of its simulator. **Wave loss**: ECG GAN's, over all pairs of generated and real beats.
- Personal generators are made for one patient who is not among the others, from beats of the first ${windowMinutes} minutes that the network of the features calls the class: PGAN from the 50 surest, the personalised pair from all of them, at least 50. No label of the patient is used. They are measured against what their discriminators are shown: the personalised pair against a half of the patient's later beats and a half of the population's, PGAN against the population's, returned to mV by the patient's beats as its own are. "To the patient" is measured against later beats of the patient alone.

Intervals in the tables of a class are from 100 half samples of both sides and say what other beats of the same origin would give; they say nothing of another training. Those against DCGAN are Student's over the seeds.

## Settings`;
