/** Looks over a whole training at even distances. */
const looks = 100;
/** Looks at a generator that makes signals in many steps: each takes long. */
const looksInSteps = 20;
/** Parts of the way to the first of these at which there is another one: its iterations take long, too. */
const earlyParts = [1 / 8, 1 / 4, 1 / 2];

/**
 * Iterations after which a training is looked at, the last one among them.
 * @param isStepwise whether the generator makes signals in many steps
 */
export function lookPositions(iterations: number, isStepwise: boolean): ReadonlySet<number> {
  const every = Math.max(1, Math.ceil(iterations / (isStepwise ? looksInSteps : looks)));
  const early = isStepwise ? earlyParts.map((part) => Math.ceil(part * every)) : [];
  const even = Array.from({ length: Math.floor(iterations / every) }, (_, at) => (at + 1) * every);
  return new Set([...early, ...even, iterations]);
}
