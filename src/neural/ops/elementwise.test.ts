import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { describe, expect, test } from "vitest";
import { normalTensor } from "./differentiable.ts";
import { elementwise, expressionOf, type Formula } from "./elementwise.ts";
import { portably } from "./portable.ts";

/** Every operation once. */
const formula: Formula = (each, [x, y]) =>
  each.sub(
    each.div(each.scale(x, 0.9), each.shift(each.sqrt(each.over(each.square(y), 0.3)), 1e-8)),
    each.mul(each.add(x, y), y),
  );

describe.each(["cpu", "wasm"])("on %s", (backend) => {
  test("loops over arrays give what tfjs's kernels give, to the last bit, and leave one tensor", async () => {
    await tf.setBackend(backend);
    const [x, y] = [normalTensor([7, 3, 5], 1), normalTensor([7, 3, 5], 2)];
    const before = tf.memory().numTensors;
    const found = elementwise([x, y], formula);
    expect(tf.memory().numTensors).toBe(before + 1);
    const expected = tf.tidy(() => portably(() => elementwise([x, y], formula)));
    expect(found.shape).toEqual([7, 3, 5]);
    expect(found.dataSync()).toEqual(expected.dataSync());
  });
});

test("an expression names its inputs and its numbers, in the order in which they are used", () => {
  const { expression, numbers } = expressionOf(formula, 2, (at) => `n${at}`);
  expect(numbers).toEqual([0.9, 0.3, 1e-8]);
  expect(expression).toBe("(((x0 * n0) / (sqrt(((x1 * x1) / n1)) + n2)) - ((x0 + x1) * x1))");
});
