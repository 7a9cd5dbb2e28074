import { expect, test } from "vitest";
import { legendBelow, withRoomForLegend } from "./legendBelow.ts";

const figure = {
  data: [...["a", "b", "c", "d", "e"].map((name) => ({ name })), { name: "band", showlegend: false }],
  layout: { margin: { l: 56, r: 14, t: 14, b: 0 }, legend: legendBelow },
};

test("the narrower a figure, the more rows its legend has, and the plot stays as high", () => {
  const [wide, narrow] = [1200, 300].map((width) => withRoomForLegend(figure, width, 200));
  const bottom = (found: typeof wide) => found.figure.layout.margin?.b as number;
  expect(bottom(narrow) - bottom(wide)).toBe(4 * 19);
  for (const found of [wide, narrow]) expect(found.height - bottom(found) - 14).toBe(200);
  expect(figure.layout.margin.b).toBe(0);
});
