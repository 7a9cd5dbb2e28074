import { type DistanceName, distanceNames } from "../generatedBeats/judgement.ts";
import { distanceTitles, withInterval } from "../generatedBeats/words.ts";
import type { Claim } from "../proof.ts";
import type { NoiseComparison } from "./measuring.ts";

/** Upper end of the interval of the distance over that of noise, and the least coverage. */
export const promised = { share: 0.5, coverage: 0.5 } as const;

/** Makes claims that hold where they hold for every class. @param name before each promise: whose it is */
export const claimOfClasses =
  <Class extends string>(name: string, classes: readonly Class[]) =>
  (promise: string, measured: (of: Class) => string, holds: (of: Class) => boolean): Claim => ({
    promise: `${name}: ${promise}`,
    measured: classes.map((each) => `${each}: ${measured(each)}`).join("; "),
    holds: classes.every(holds),
  });

type Distances = Readonly<Record<DistanceName, NoiseComparison>>;

/** Both distances over those of noise. */
export const sharesInWords = (distances: Distances): string =>
  distanceNames.map((each) => `${distanceTitles[each]} ${withInterval(distances[each].share)}`).join(", ");

/** Whether both lie below the promised share, with their whole intervals; the values themselves where there are none. */
export const isFarFromNoise = (distances: Distances): boolean =>
  distanceNames.every((each) => {
    const { value, interval } = distances[each].share;
    return (interval?.high ?? value) < promised.share;
  });
