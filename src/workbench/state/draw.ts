import { workers } from "../workers.ts";
import { withValues } from "./picture.ts";
import { actions, pictureOf, schemaFor, workbench } from "./store.ts";

/** Draws the recording's own parameters around their table values with the next seed, and sets the sliders to them. */
export async function drawRecording(): Promise<void> {
  const picture = { ...pictureOf(workbench.getState()), overrides: {} };
  const seed = (picture.seed + 1) % 2 ** 32;
  const values = await workers.synthesis.draw({ ...picture, seed });
  actions.setPicture({ ...withValues(picture, schemaFor(picture), values), seed, variation: "exact" });
}
