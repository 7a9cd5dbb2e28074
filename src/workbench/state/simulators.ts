import type { Schema } from "../../domain/schema.ts";
import type { SimulatorDescription } from "../../services/synthesis.ts";

let described: Readonly<Record<string, SimulatorDescription>> = {};
const schemas = new Map<string, Schema>();

const keyOf = (simulator: string, preset: string, rhythm: string) => `${simulator}/${preset}/${rhythm}`;

/** Asks once for all simulators and all their schemas; they are small, and later choices need no waiting. */
export async function learnSimulators(source: {
  describe(): Promise<Readonly<Record<string, SimulatorDescription>>>;
  schema(choice: { simulator: string; preset: string; rhythm: string }): Promise<Schema>;
}): Promise<void> {
  described = await source.describe();
  const choices = Object.entries(described).flatMap(([simulator, { presets, rhythms }]) =>
    presets.flatMap((preset) =>
      rhythms.map((rhythm) => ({ simulator, preset: preset.value, rhythm: rhythm.value })),
    ),
  );
  const answers = await Promise.all(choices.map((choice) => source.schema(choice)));
  choices.forEach(({ simulator, preset, rhythm }, index) => {
    schemas.set(keyOf(simulator, preset, rhythm), answers[index]);
  });
}

/** The simulators, by name, in the order of the registry. */
export function simulatorsNow(): Readonly<Record<string, SimulatorDescription>> {
  return described;
}

/** The parameters of a simulator under a preset and rhythm; null where there is no such combination. */
export function schemaNow(simulator: string, preset: string, rhythm: string): Schema | null {
  return schemas.get(keyOf(simulator, preset, rhythm)) ?? null;
}
