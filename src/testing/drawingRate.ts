import { resolveValues, type Values } from "../domain/schema.ts";
import type { GeneratorModel } from "../generators/generator.ts";
import { type BackendName, openBackend } from "../neural/backend/backends.ts";
import { beatContext } from "./beatContext.ts";
import { rateOf } from "./diffusionRates.ts";
import { gaussianBeats } from "./gaussianBeats.ts";

/**
 * Beats in mV that an untrained generator draws in a second, latents and heights among the work.
 * @param wanted values, of which those are taken that the model knows
 */
export async function drawingRate(
  model: GeneratorModel,
  count: number,
  wanted: Values,
  backend: BackendName,
): Promise<number> {
  await openBackend(backend);
  const known = Object.entries(wanted).filter(([key]) => model.hyperparameters[key] !== undefined);
  const context = beatContext(gaussianBeats(40, 1), { patientBeats: gaussianBeats(10, 2) });
  const generator = model.build(resolveValues(model.hyperparameters, Object.fromEntries(known)), context);
  let seed = 0;
  const rate = await rateOf(async () => {
    await generator.sample(count, seed++);
  });
  generator.dispose();
  return count * rate;
}
