import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import "../neural/backend/registerGradients.ts";
import { describe, expect, test } from "vitest";
import { relativeDifference } from "../neural/backend/agreement.ts";
import { architectureProbe, smallNetwork } from "./gradientProbe.ts";
import { architectures } from "./index.ts";

const names = Object.keys(architectures) as (keyof typeof architectures)[];

/** Of a deep network this many variables, evenly spread. */
const mostVariables = 4;
const tolerance = 1e-3;
/** Long steps meet curvature, short ones drown in the rounding of single precision. */
const steps = [8e-3, 2e-3, 5e-4, 1.25e-4];

/**
 * How far the gradient of a variable lies from central differences along its own direction, relative to the largest
 * gradient: by four points, so that the error falls with the fourth power of the step, at the first of several steps that
 * shows it right, otherwise at the best. A wrong gradient is wrong at all of them.
 */
async function numericalErrors(name: keyof typeof architectures): Promise<number[]> {
  const network = smallNetwork(await architectures[name](), 1, 96, 4);
  const all = network.classifier.parameters.map(({ variable }) => variable);
  const variables = all.filter((_, index) => index % Math.ceil(all.length / mostVariables) === 0);
  const { grads, value } = tf.variableGrads(network.score, all);
  value.dispose();
  const found = all.flatMap((variable) => {
    const gradient = (grads[variable.name] as tf.Tensor | null)?.dataSync();
    return gradient === undefined ? [] : [{ variable, gradient, size: Math.hypot(...gradient) }];
  });
  const largest = Math.max(...found.map(({ size }) => size));
  const errors = found
    .filter(({ variable, size }) => size > 0 && variables.includes(variable))
    .map(({ variable, gradient, size }) => {
      const start = Float32Array.from(variable.dataSync());
      const scoreAt = (distance: number) => {
        const moved = start.map((value, index) => value + (distance * gradient[index]) / size);
        return tf.tidy(() => {
          variable.assign(tf.tensor(moved, variable.shape));
          return network.score().dataSync()[0];
        });
      };
      const errorAt = (step: number) => {
        const near = scoreAt(step) - scoreAt(-step);
        const far = scoreAt(2 * step) - scoreAt(-2 * step);
        return Math.abs((8 * near - far) / (12 * step) - size) / largest;
      };
      let error = Number.POSITIVE_INFINITY;
      for (const step of steps) if (error >= tolerance) error = Math.min(error, errorAt(step));
      tf.tidy(() => variable.assign(tf.tensor(start, variable.shape)));
      return error;
    });
  network.dispose();
  tf.dispose(Object.values(grads));
  return errors;
}

describe.each(names)("%s", (name) => {
  test("its gradients agree with central differences", async () => {
    await tf.setBackend("cpu");
    expect(Math.max(...(await numericalErrors(name)))).toBeLessThan(tolerance);
  });

  test("wasm gives the gradients that cpu gives", async () => {
    const probe = architectureProbe(await architectures[name]());
    await tf.setBackend("cpu");
    const reference = await probe.gradients();
    await tf.setBackend("wasm");
    expect(relativeDifference(reference, await probe.gradients())).toBeLessThan(1e-3);
  });
});
