import type { Simulator } from "../simulator.ts";
import { mcsharrySchema, published } from "./parameters.ts";
import { mcsharryBeat } from "./picture.ts";
import { drawMcsharry, simulateMcsharry } from "./recording.ts";
import { dynamicalRhythms } from "./rhythms.ts";

/** McSharry's dynamical model, as in ECGSYN. */
export const mcsharrySimulator: Simulator = {
  title: "Dynamical model (ECGSYN)",
  description: "A point circles in (x, y); five waves pull at its height z, which is the electrocardiogram.",
  paper: "McSharry, Clifford, Tarassenko & Smith, IEEE Trans Biomed Eng 2003;50:289",
  presets: Object.values(published).map(({ option }) => option),
  rhythms: Object.values(dynamicalRhythms).map(({ option }) => option),
  schema: mcsharrySchema,
  simulate: simulateMcsharry,
  beat: mcsharryBeat,
  draw: drawMcsharry,
};
