/** The lowest rate, as a share of the largest one. */
const lowestRate = 0.01;

/** How much of a learning rate is left that falls as a cosine. @param done share of the planned steps, 0 to 1 */
export const fallingRate = (done: number): number =>
  lowestRate + (1 - lowestRate) * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, done)));
