import type { ParameterValue } from "../../domain/recording.ts";
import type { Schema } from "../../domain/schema.ts";
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
    const drawn = namedValues(plan, settleDrawn(plan, createRandom(request.seed, streams.parameters)));
    return withinRanges(plan.schema, drawn);
  },
};

/** Keeps drawn numbers on their sliders. With the default spreads the ranges are at least four and a half standard deviations wide. */
function withinRanges(schema: Schema, drawn: Record<string, ParameterValue>): Record<string, ParameterValue> {
  for (const [key, value] of Object.entries(drawn)) {
    const field = schema[key];
    if (field?.kind !== "number" || typeof value !== "number") continue;
    drawn[key] = Math.min(field.maximum, Math.max(field.minimum, value));
  }
  return drawn;
}
