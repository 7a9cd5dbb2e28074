import type { ChoiceField, NumberField } from "../domain/schema.ts";

const powersOfTwo = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String(2 ** (from + index)));

const choiceOf = (
  values: readonly string[],
  chosen: number,
  text: Pick<ChoiceField, "label" | "description">,
): ChoiceField => ({
  kind: "choice",
  default: String(chosen),
  options: values.map((value) => ({ value, label: value })),
  section: "Architecture",
  provenance: "code",
  ...text,
});

const power = (
  from: number,
  to: number,
  chosen: number,
  text: Pick<ChoiceField, "label" | "description">,
): ChoiceField => ({ ...choiceOf(powersOfTwo(from, to), chosen, text), search: powersOfTwo(from, to) });

/** Width of what the backbone hands to the head, D. */
export const backboneWidth = power(4, 10, 256, {
  label: "Backbone output",
  description: "Numbers that the backbone hands to the head.",
});

/** Samples in a token. The paper's 50, 100 and 250 are counted at 500 Hz; the shorter ones are for lower rates. */
export const chunkLength: ChoiceField = {
  ...choiceOf(["10", "20", "25", "50", "100", "250"], 50, {
    label: "Samples in a token",
    description: "The recording is cut into pieces so long; each becomes one token.",
  }),
  searchSeconds: [0.1, 0.2, 0.5],
};

export const depth: NumberField = {
  kind: "number",
  label: "Layers",
  description: "How many blocks follow each other.",
  section: "Architecture",
  provenance: "code",
  default: 4,
  minimum: 1,
  maximum: 6,
  step: 1,
  unit: "",
  integer: true,
  search: { scale: "linear", low: 3, high: 6 },
};

export const heads = power(4, 6, 16, {
  label: "Heads",
  description: "Attention patterns that each layer computes side by side.",
});

export const feedForwardWidth = power(5, 8, 128, {
  label: "Feed-forward width",
  description: "Hidden numbers of each layer's feed-forward part.",
});

export const attentionWidth = power(4, 6, 32, {
  label: "Attention width",
  description: "Numbers of a query, a key and a value, all heads together.",
});

export const contextLength = power(4, 6, 32, {
  label: "Packed sequence",
  description: "Learned vectors into which the sequence is packed.",
});

export const recurrentDepth: NumberField = {
  ...depth,
  label: "Layers",
  description: "Recurrent layers on top of each other.",
  default: 2,
  maximum: 4,
  search: { scale: "linear", low: 1, high: 4 },
};

export const recurrentUnits = power(4, 8, 64, {
  label: "Units",
  description: "Hidden numbers of each direction.",
});

/** Share of the published channels. Smaller nets learn in a tab what large ones learn overnight. */
export const width: NumberField = {
  kind: "number",
  label: "Width",
  description: "Share of the published channels: 1 is the paper's net, less is faster.",
  section: "Architecture",
  provenance: "reconstruction",
  advanced: true,
  default: 1,
  minimum: 0.125,
  maximum: 1,
  step: 0.125,
  unit: "",
};
