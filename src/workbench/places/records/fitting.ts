import { Failure } from "../../../domain/failure.ts";
import { withValues } from "../../state/picture.ts";
import { schemaNow } from "../../state/simulators.ts";
import { actions, pictureOf, workbench } from "../../state/store.ts";
import type { RecordSelection } from "../../state/view.ts";
import { workers } from "../../workers.ts";

export interface FitSummary {
  readonly rSquared: number;
  /** mV */
  readonly rootMeanSquareError: number;
  readonly milliseconds: number;
  /** Parameters whose best value lies outside their slider. */
  readonly clamped: readonly string[];
}

/** Fits the selected real beat and sets the sliders of the Gaussian simulator, in its preset's own units. */
export async function fitSelectedBeat(selection: RecordSelection): Promise<FitSummary> {
  if (selection.beat === null)
    throw new Failure("unfit", "No real beat is chosen.", "Fit", "Choose the number of a beat first.");
  const window = await workers.records.readBeat(selection.hash, selection.lead, selection.beat);
  const before = pictureOf(workbench.getState());
  const preset = before.simulator === "gaussian" ? before.preset : "clinical";
  const began = performance.now();
  const fit = await workers.synthesis.fit({ ...window, timing: preset === "clinical" ? "seconds" : "beat" });
  const milliseconds = performance.now() - began;
  const schema = schemaNow("gaussian", preset, "normal") ?? {};
  const clamped: string[] = [];
  const values = Object.fromEntries(
    Object.entries(fit.values).map(([key, value]) => {
      const field = schema[key];
      if (field?.kind !== "number") return [key, value];
      const inside = Math.min(field.maximum, Math.max(field.minimum, Number(value.toPrecision(4))));
      if (Math.abs(inside - value) > field.step) clamped.push(key);
      return [key, inside];
    }),
  );
  const picture = {
    ...before,
    simulator: "gaussian",
    preset,
    rhythm: "normal",
    variation: "exact" as const,
    overrides: {},
  };
  actions.setPicture(withValues(picture, schema, values));
  return { rSquared: fit.rSquared, rootMeanSquareError: fit.rootMeanSquareError, milliseconds, clamped };
}
