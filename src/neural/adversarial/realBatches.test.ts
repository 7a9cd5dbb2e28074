import { expect, test } from "vitest";
import { balancedBatches, labelsOfBatch } from "./realBatches.ts";

test("classes come in turn over the batches, and every row of a class once in an epoch of its own", () => {
  // Rows 0 to 4 are of class 1, rows 5 and 6 of class 0; a row's value is its number.
  const labels = Uint8Array.of(1, 1, 1, 1, 1, 0, 0);
  const pool = { samples: Float32Array.from(labels.keys()), count: 7, length: 1 };
  const batches = balancedBatches(pool, labels, 2, 5, 3);
  const taken = [0, 1, 2, 3].flatMap((batch) => [...batches(batch)]);
  const asked = [0, 1, 2, 3].flatMap((batch) => [...labelsOfBatch(batch, 5, 2)]);
  expect(asked).toEqual(Array.from({ length: 20 }, (_, at) => at % 2));
  expect(taken.map((row) => labels[row])).toEqual(asked);
  const of = (label: number) => taken.filter((row) => labels[row] === label);
  for (const [label, rows] of [
    [0, [5, 6]],
    [1, [0, 1, 2, 3, 4]],
  ] as const) {
    for (let epoch = 0; (epoch + 1) * rows.length <= 10; epoch++) {
      const own = of(label).slice(epoch * rows.length, (epoch + 1) * rows.length);
      expect(own.toSorted((one, other) => one - other)).toEqual(rows);
    }
  }
  // Asked in another order it gives the same.
  expect([...batches(1)]).toEqual(taken.slice(5, 10));
});
