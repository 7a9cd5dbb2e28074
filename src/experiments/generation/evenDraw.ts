import { createRandom } from "../../signal/random.ts";

/** As many as asked for at most, each as likely as any other, in the order in which they come. */
export function evenDraw<T>(all: readonly T[], most: number, seed: number): T[] {
  if (all.length <= most) return [...all];
  const random = createRandom(seed, 77);
  const keyed = all.map((each) => ({ each, key: random.uniform() }));
  // The smallest keys are an even draw; their order stays that of the sources.
  const limit = keyed.map(({ key }) => key).toSorted((one, other) => one - other)[most - 1];
  return keyed.filter(({ key }) => key <= limit).map(({ each }) => each);
}
