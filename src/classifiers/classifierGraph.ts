import type * as tf from "@tensorflow/tfjs-core";
import { exportGraphModel, graphModelFiles } from "../neural/export/graphModel.ts";
import { portably } from "../neural/ops/portable.ts";
import { createRandom } from "../signal/random.ts";
import type { Classifier } from "./architecture.ts";

/**
 * A classifier as files of a tfjs graph model, which plain `tf.loadGraphModel` opens: from `signals`, `[batch, time]`,
 * standardised, to `logits`, `[batch, outputs]`.
 */
export async function classifierGraph(
  { forward, parameters, buffers }: Classifier,
  length: number,
  metadata: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, Uint8Array>>> {
  const variables = [...parameters, ...buffers].map(({ name, variable }): [tf.Tensor, string] => [
    variable,
    name,
  ]);
  const artifacts = await exportGraphModel({
    inputs: { signals: { shape: [length] } },
    run: ({ signals }) => ({
      logits: portably(() => forward(signals as tf.Tensor2D, { training: false, random: createRandom(0) })),
    }),
    weights: new Map(variables),
    metadata,
  });
  return graphModelFiles(artifacts);
}
