import { Failure } from "../domain/failure.ts";
import type { Architecture } from "./architecture.ts";
import { type ArchitectureName, architectures } from "./index.ts";

/** @throws Failure `unknown-architecture` */
export async function architectureNamed(name: string): Promise<Architecture> {
  if (!Object.hasOwn(architectures, name)) {
    const known = Object.keys(architectures).join(", ");
    throw new Failure("unknown-architecture", "There is no such architecture.", name, `Choose ${known}.`);
  }
  return architectures[name as ArchitectureName]();
}
