import { createRandom } from "../../signal/random.ts";
import type { Simulator } from "../simulator.ts";
import { gaussianSchema } from "./parameters.ts";
import { gaussianBeat } from "./picture.ts";
import { namedValues, planOf, settleDrawn, streams } from "./plan.ts";
import { presets } from "./presets.ts";
import { simulateGaussian } from "./recording.ts";
import { rhythms } from "./rhythms/index.ts";

/** The Gaussian-composition simulator of Nonaka & Seita 2026 (arXiv 2606.10802). */
export const gaussianSimulator: Simulator = {
  title: "Gaussian composition",
  description: "Every beat is a sum of five Gaussians: P, Q, R, S and T.",
  paper: "Nonaka & Seita 2026, arXiv 2606.10802",
  presets: Object.values(presets).map(({ option }) => option),
  rhythms: Object.values(rhythms).map(({ option }) => option),
  schema: gaussianSchema,
  simulate: simulateGaussian,
  beat: gaussianBeat,
  draw(request) {
    const plan = planOf(request);
    return namedValues(plan, settleDrawn(plan, createRandom(request.seed, streams.parameters)));
  },
};
