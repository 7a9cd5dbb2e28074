import { expect, test } from "vitest";
import { sumInGroups } from "./sumInGroups.ts";

test.each([1, 2, 7, 8, 49, 50, 400])(
  "%i terms are summed by no more than seven, and nothing is left",
  (count) => {
    const held = new Set<object>();
    const sum = (terms: readonly { value: number }[]) => {
      expect(terms.length).toBeLessThanOrEqual(7);
      const made = { value: terms.reduce((total, { value }) => total + value, 0) };
      held.add(made);
      return made;
    };
    const terms = Array.from({ length: count }, (_, index) => ({ value: index + 1 }));
    const total = sumInGroups(terms, 7, sum, (partial) => {
      expect(held.delete(partial)).toBe(true);
    });
    expect(total.value).toBe((count * (count + 1)) / 2);
    expect([...held]).toEqual([total]);
  },
);
