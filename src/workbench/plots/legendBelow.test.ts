import { expect, test } from "vitest";
import { legendBelow, withRoomForLegend } from "./legendBelow.ts";

const names = ["a", "b", "c", "d", "e"].map((letter) => `Real and synthetic, ${letter}`);
const figure = {
  data: [...names.map((name) => ({ name })), { name: "band", showlegend: false }],
  layout: { margin: { l: 56, r: 14, t: 14, b: 0 }, legend: legendBelow },
};
const row = 19;
const bottom = (found: ReturnType<typeof withRoomForLegend>) => found.figure.layout.margin?.b as number;
const namesOf = (found: ReturnType<typeof withRoomForLegend>) =>
  found.figure.data.slice(0, 5).map((trace) => Reflect.get(trace, "name"));

test("the narrower a figure, the more rows its legend has, and the plot stays as high", () => {
  const [wide, narrow] = [1200, 300].map((width) => withRoomForLegend(figure, width, 200));
  expect(bottom(narrow) - bottom(wide)).toBe(4 * row);
  for (const found of [wide, narrow]) {
    expect(found.height - bottom(found) - 14).toBe(200);
    expect(namesOf(found)).toEqual(names);
  }
  expect(figure.layout.margin.b).toBe(0);
});

test("the longest name makes the columns, and one that is longer than the figure is broken between words", () => {
  const long = { ...figure, data: [...figure.data, { name: "Real, repeated, as many as of all together" }] };
  // Two rows of three columns, and six of one.
  expect(bottom(withRoomForLegend(long, 700, 200)) - bottom(withRoomForLegend(figure, 700, 200))).toBe(
    4 * row,
  );
  const narrow = withRoomForLegend(long, 300, 200);
  expect(Reflect.get(narrow.figure.data[6], "name")).toBe("Real, repeated, as many as<br>of all together");
  expect(bottom(narrow) - bottom(withRoomForLegend(figure, 300, 200))).toBe(row + 16);
});
