import { expect, test } from "vitest";
import {
  normalCumulative,
  normalQuantile,
  studentBeyond,
  studentCumulative,
  studentQuantile,
} from "./distributions.ts";

// scipy 1.17: stats.t.cdf, stats.t.ppf(0.975), 2 * stats.t.sf, stats.norm.cdf, stats.norm.ppf.
test.each([
  [1, [0.10241638234956672, 0.35241638234956674, 0.8524163823495667], 12.706204736174694],
  [4, [0.019970984035859413, 0.32166498159093165, 0.9419417382415922], 2.7764451051977934],
  [7.3, [0.009490275511566748, 0.31589676340222084, 0.9580294803329484], 2.345066736547703],
  [50, [0.0021008515935341207, 0.3096342837558857, 0.9745264656311534], 2.008559112100761],
])("Student's distribution with %d degrees of freedom", (degrees, shares, quantile) => {
  [-3, -0.5, 2].forEach((t, index) => {
    expect(studentCumulative(t, degrees)).toBeCloseTo(shares[index], 12);
  });
  expect(studentQuantile(0.975, degrees)).toBeCloseTo(quantile, 9);
  expect(studentQuantile(0.025, degrees)).toBeCloseTo(-quantile, 9);
});

test("Student's tails keep their digits", () => {
  expect(studentBeyond(40, 4) / 2.3340163226012678e-6).toBeCloseTo(1, 9);
  expect(studentBeyond(-12, 30) / 5.580185415199261e-13).toBeCloseTo(1, 9);
  expect(studentBeyond(0, 4)).toBeCloseTo(1, 12);
});

test("Student's distribution with very many degrees of freedom is the normal one", () => {
  expect(studentQuantile(0.975, Number.POSITIVE_INFINITY)).toBeCloseTo(1.959963984540054, 12);
  expect(studentQuantile(0.975, 1e6)).toBeCloseTo(1.959963984540054, 5);
});

test("the normal distribution", () => {
  const shares = [
    [-8, 6.22096057427174e-16],
    [-6.5, 4.016000583859088e-11],
    [-3, 0.0013498980316300933],
    [-1, 0.15865525393145707],
    [0.3, 0.6179114221889526],
  ];
  for (const [x, share] of shares) expect(normalCumulative(x) / share).toBeCloseTo(1, 9);
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
  expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167813, 12);
  expect(normalQuantile(0.5)).toBeCloseTo(0, 15);
});
