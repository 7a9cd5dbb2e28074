import { Failure } from "../domain/failure.ts";
import { gaussianSimulator } from "./gaussian/index.ts";
import { mcsharrySimulator } from "./mcsharry/index.ts";
import type { Simulator } from "./simulator.ts";

/** The simulators, in the order of the page. */
export const simulators: Readonly<Record<string, Simulator>> = {
  gaussian: gaussianSimulator,
  mcsharry: mcsharrySimulator,
};

/** @throws Failure `unknown-simulator`, with what there is */
export function simulatorNamed(name: string): Simulator {
  if (!Object.hasOwn(simulators, name)) {
    throw new Failure(
      "unknown-simulator",
      "There is no such simulator.",
      name,
      `Choose ${Object.keys(simulators).join(", ")}.`,
    );
  }
  return simulators[name];
}
