// As modules, tfjs-core knows no gradient: they are registered by this file of its own, once for all backends. Not by an
// awaited import: a worker whose script waits loses the messages that come meanwhile.
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
