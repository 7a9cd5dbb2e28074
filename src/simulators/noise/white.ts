import { numberAt } from "../../domain/schema.ts";
import { type Noise, noiseField } from "./noise.ts";

/** White Gaussian noise. The paper names it without its size, which is our reconstruction. */
export const white: Noise = {
  title: "White noise",
  fields: ({ noise, whiteSd, whiteSpread, beatwise }) => ({
    noise: {
      kind: "choice",
      section: "Noise and baseline",
      label: "Noise",
      description: "Held: each deviate stays for some samples (released code). White: every sample its own.",
      provenance: noise === "held" ? "code" : "reconstruction",
      default: noise,
      options: [
        { value: "none", label: "None" },
        { value: "white", label: "White" },
        ...(beatwise ? [{ value: "held", label: "Held (released code)" }] : []),
      ],
    },
    "noise.whiteSd": noiseField(
      "White noise SD",
      "mV",
      [whiteSd, 0.2, 0.001],
      whiteSpread,
      "Standard deviation of the white noise.",
    ),
  }),
  add(samples, values, _samplingFrequency, random) {
    if (values["noise"] === "white") random.addNormal(samples, numberAt(values, "noise.whiteSd"));
  },
};
