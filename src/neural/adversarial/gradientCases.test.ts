import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "../backend/registerGradients.ts";
import { beforeAll, expect, test } from "vitest";
import { gradientErrors } from "../../testing/gradientCheck.ts";
import { adversarialGradientCases } from "./gradientCases.ts";

beforeAll(() => tf.setBackend("cpu"));

test.each(adversarialGradientCases.map((each) => [each.name, each] as const))(
  "the gradient agrees with central differences: %s",
  (_, each) => {
    for (const { relative } of gradientErrors(each)) expect(relative).toBeLessThan(5e-3);
  },
);
