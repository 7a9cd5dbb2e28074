import { Failure } from "../domain/failure.ts";
import type { GeneratorModel } from "./generator.ts";
import { type GeneratorName, generators } from "./index.ts";

/** @throws Failure `unknown-generator` */
export async function generatorNamed(name: string): Promise<GeneratorModel> {
  if (!Object.hasOwn(generators, name)) {
    const known = Object.keys(generators).join(", ");
    throw new Failure("unknown-generator", "There is no such generator.", name, `Choose ${known}.`);
  }
  return generators[name as GeneratorName]();
}
