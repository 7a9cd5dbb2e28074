import { requireCount } from "../checks.ts";

/** Two-sided 95 % of the standard normal distribution. */
const usualDeviate = 1.959963984540054;

/**
 * Interval of a share of successes (Wilson, J Am Stat Assoc 1927;22:209), without correction for continuity.
 * @param deviate of the standard normal distribution; 1.96 for 95 %
 * @returns from 0 to 1; the whole of it where nothing was tried
 * @throws RangeError for counts that are none, or more successes than trials
 */
export function wilsonInterval(
  successes: number,
  trials: number,
  deviate = usualDeviate,
): readonly [low: number, high: number] {
  requireCount(trials, "the number of trials", 0);
  requireCount(successes, "the number of successes", 0);
  if (successes > trials) throw new RangeError(`${successes} successes of ${trials} trials cannot be`);
  if (trials === 0) return [0, 1];
  const share = successes / trials;
  const square = deviate * deviate;
  const centre = (share + square / (2 * trials)) / (1 + square / trials);
  const half =
    (deviate / (1 + square / trials)) *
    Math.sqrt((share * (1 - share)) / trials + square / (4 * trials * trials));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
