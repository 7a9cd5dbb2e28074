import { chosenNumber, numberAt } from "../domain/schema.ts";
import { linear } from "../neural/layers/linear.ts";
import { bidirectional, type RecurrentCell } from "../neural/layers/recurrentLayer.ts";
import { type Architecture, defineArchitecture } from "./architecture.ts";
import { head } from "./head.ts";
import { backboneWidth, chunkLength, recurrentDepth, recurrentUnits } from "./hyperparameters.ts";
import { meanOverTokens, tokenFoot, tokenWidth } from "./tokens.ts";

function recurrent(cell: RecurrentCell, title: string, description: string, paper: string): Architecture {
  return defineArchitecture(
    {
      title,
      description,
      paper,
      family: "recurrent",
      hyperparameters: { chunkLength, recurrentDepth, recurrentUnits, backboneWidth },
    },
    (scope, values, { length, outputs }) => {
      const units = chosenNumber(values, "recurrentUnits");
      const features = chosenNumber(values, "backboneWidth");
      const foot = tokenFoot(scope.within("tokens"), length, chosenNumber(values, "chunkLength"), false);
      const layers = Array.from({ length: numberAt(values, "recurrentDepth") }, (_, index) =>
        bidirectional(
          scope.within("layers").within(index),
          cell,
          index === 0 ? tokenWidth : 2 * units,
          units,
        ),
      );
      const last = linear(scope.within("features"), 2 * units, features);
      const classify = head(scope.within("head"), features, outputs);
      return (signals, mode) => {
        let x = foot.tokens(signals); // [batch, tokens, 64]
        for (const layer of layers) x = layer(x); // [batch, tokens, 2 × units]
        return classify(last(meanOverTokens(x)), mode);
      };
    },
  );
}

export const gruClassifier = recurrent(
  "gru",
  "GRU",
  "Gated recurrent units that read the tokens in both directions.",
  "Cho et al., EMNLP 2014",
);

export const lstmClassifier = recurrent(
  "lstm",
  "LSTM",
  "Long short-term memories that read the tokens in both directions.",
  "Hochreiter & Schmidhuber, Neural Computation 1997",
);
