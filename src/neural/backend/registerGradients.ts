import * as tf from "@tensorflow/tfjs-core";

// As modules, tfjs-core knows no gradient: they are registered by a file of its own, once for all backends. The bundle
// that Node loads has them.
if ((tf.getGradient("AddN") ?? null) === null) {
  await import("@tensorflow/tfjs-core/dist/register_all_gradients.js");
}
