import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { symmetricEigen } from "./symmetricEigen.ts";

describe("the eigen-decomposition of a symmetric matrix", () => {
  test("finds eigenvalues known in closed form", () => {
    // det(A − λ) = −λ (λ − 2.5) (λ − 5.5)
    const { values } = symmetricEigen(Float64Array.of(4, 1, 2, 1, 3, 0.5, 2, 0.5, 1), 3);
    expect(values[0]).toBeCloseTo(5.5, 12);
    expect(values[1]).toBeCloseTo(2.5, 12);
    expect(values[2]).toBeCloseTo(0, 12);
  });

  test("finds 2 − 2 cos(kπ / (n + 1)), those of the second difference", () => {
    const size = 30;
    const matrix = new Float64Array(size * size);
    for (let row = 0; row < size; row++) {
      matrix[row * (size + 1)] = 2;
      if (row > 0) matrix[row * size + row - 1] = matrix[(row - 1) * size + row] = -1;
    }
    const { values } = symmetricEigen(matrix, size);
    values.forEach((value, index) => {
      expect(value).toBeCloseTo(2 - 2 * Math.cos(((size - index) * Math.PI) / (size + 1)), 12);
    });
  });

  test("gives unit vectors at right angles that make the matrix again", () => {
    const size = 25;
    const random = createRandom(3);
    const matrix = new Float64Array(size * size);
    for (let row = 0; row < size; row++) {
      for (let column = 0; column <= row; column++) {
        matrix[row * size + column] = matrix[column * size + row] = random.normal();
      }
    }
    const { values, vectors } = symmetricEigen(matrix, size);
    for (let one = 0; one < size; one++) {
      for (let other = 0; other < size; other++) {
        let [product, made] = [0, 0];
        for (let k = 0; k < size; k++) {
          product += vectors[one * size + k] * vectors[other * size + k];
          made += values[k] * vectors[k * size + one] * vectors[k * size + other];
        }
        expect(product).toBeCloseTo(one === other ? 1 : 0, 11);
        expect(made).toBeCloseTo(matrix[one * size + other], 11);
      }
    }
    expect(Array.from(values)).toEqual(Array.from(values).sort((one, other) => other - one));
  });
});
