import { af } from "./af.ts";
import { aflt } from "./aflt.ts";
import { normal } from "./normal.ts";
import { pvc } from "./pvc.ts";
import type { Rhythm } from "./rhythm.ts";
import { wpw } from "./wpw.ts";

/** The rhythms, in the order of the paper. */
export const rhythms: Readonly<Record<string, Rhythm>> = { normal, af, aflt, pvc, wpw };
