import * as tf from "@tensorflow/tfjs-core";
import { chosenNumber, type NumberField, numberAt } from "../domain/schema.ts";
import { linear } from "../neural/layers/linear.ts";
import { recurrentLayer } from "../neural/layers/recurrentLayer.ts";
import { defineArchitecture } from "./architecture.ts";
import { recurrentDepth, recurrentUnits } from "./hyperparameters.ts";

const stepLength: NumberField = {
  kind: "number",
  label: "Samples in a step",
  description: "The beat is read so many samples at a time; what is left over at the end is dropped.",
  section: "Architecture",
  provenance: "code",
  default: 5,
  minimum: 1,
  maximum: 50,
  step: 1,
  unit: "",
  integer: true,
};

const manyUnits = [...recurrentUnits.options, { value: "512", label: "512" }];

export const beatLstm = defineArchitecture(
  {
    title: "LSTM for beats",
    description: "Two layers that read a beat from left to right; the last state tells its class.",
    paper: "Golany & Radinsky, AAAI 2019",
    family: "recurrent",
    isOfBeats: true,
    hyperparameters: {
      stepLength,
      recurrentDepth: { ...recurrentDepth, provenance: "paper" },
      recurrentUnits: {
        ...recurrentUnits,
        provenance: "paper",
        default: "512",
        options: manyUnits,
        search: manyUnits.map(({ value }) => value),
      },
    },
  },
  (scope, values, { length, outputs }) => {
    const samples = numberAt(values, "stepLength");
    const steps = Math.floor(length / samples);
    const units = chosenNumber(values, "recurrentUnits");
    const layers = Array.from({ length: numberAt(values, "recurrentDepth") }, (_, index) =>
      recurrentLayer(scope.within("layers").within(index), "lstm", index === 0 ? samples : units, units),
    );
    const classify = linear(scope.within("classes"), units, outputs);
    return {
      features: (signals) => {
        const [batch] = signals.shape;
        const whole = tf.slice(signals, [0, 0], [batch, steps * samples]);
        let x = tf.reshape(whole, [batch, steps, samples]) as tf.Tensor3D;
        for (const layer of layers) x = layer(x); // [batch, steps, units]
        return tf.squeeze(tf.slice(x, [0, steps - 1, 0], [batch, 1, units]), [1]) as tf.Tensor2D;
      },
      classify: (features) => classify(features) as tf.Tensor2D,
    };
  },
);
