import type { Classifier } from "../../classifiers/architecture.ts";
import { isOfConvolution } from "../../classifiers/dilatedCnn.ts";
import { Failure } from "../../domain/failure.ts";
import type { TrainableNetwork } from "../../neural/training/network.ts";

/**
 * The network with its convolutions as they are: what is not trained is kept as statistics are.
 * @throws Failure `no-convolutions`
 */
export function withoutConvolutions({ forward, parameters, buffers }: Classifier): TrainableNetwork {
  if (!parameters.some(({ name }) => isOfConvolution(name))) {
    throw new Failure(
      "no-convolutions",
      "This classifier has no convolutions that could stay as they are.",
      "freezesConvolutions",
      "Choose a convolutional classifier, or train all of it.",
    );
  }
  return {
    forward,
    parameters: parameters.filter(({ name }) => !isOfConvolution(name)),
    buffers: [...buffers, ...parameters.filter(({ name }) => isOfConvolution(name))],
  };
}
