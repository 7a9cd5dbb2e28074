import { mains } from "./mains.ts";
import { muscle } from "./muscle.ts";
import type { Noise } from "./noise.ts";
import { wander } from "./wander.ts";
import { white } from "./white.ts";

/** The disturbances of a whole recording, in the order in which they are added. */
export const noises: Readonly<Record<string, Noise>> = { white, wander, mains, muscle };
