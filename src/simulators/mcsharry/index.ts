import type { Simulator } from "../simulator.ts";
import { mcsharrySchema, published } from "./parameters.ts";
import { mcsharryBeat } from "./picture.ts";
import { drawMcsharry, simulateMcsharry } from "./recording.ts";

/** McSharry's dynamical model, as in ECGSYN. */
export const mcsharrySimulator: Simulator = {
  title: "Dynamical model (ECGSYN)",
  description: "A point circles in (x, y); five waves pull at its height z, which is the electrocardiogram.",
  paper: "McSharry, Clifford, Tarassenko & Smith, IEEE Trans Biomed Eng 2003;50:289",
  presets: Object.values(published).map(({ option }) => option),
  rhythms: [
    {
      value: "normal",
      label: "Normal sinus rhythm",
      description: "RR follows the two peaks of heart-rate variability: Mayer wave and respiration.",
    },
  ],
  schema: mcsharrySchema,
  simulate: simulateMcsharry,
  beat: mcsharryBeat,
  draw: drawMcsharry,
};
