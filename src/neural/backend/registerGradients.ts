// tfjs-core alone knows no gradient: they are registered by this file of its own, once for all backends.
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
