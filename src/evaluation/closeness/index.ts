import { autocorrelationGap } from "./autocorrelationDistance.ts";
import { coverage, density, precision, recall } from "./coverageDensity.ts";
import { nearestWalk } from "./discreteFrechet.ts";
import { amplitudeGap, amplitudeShift } from "./distributionDistance.ts";
import { diversity } from "./diversity.ts";
import { nearestWarped } from "./dynamicTimeWarping.ts";
import { energy } from "./energyDistance.ts";
import { frechet, frechetOfFeatures } from "./frechetDistance.ts";
import { kernelOfFeatures } from "./kernelDistance.ts";
import { marginalGap } from "./marginalDistributions.ts";
import { gaussianDiscrepancy, mixtureDiscrepancy, warpedDiscrepancy } from "./maximumMeanDiscrepancy.ts";
import type { ClosenessMeasure } from "./measure.ts";
import { kurtosisGap, skewnessGap } from "./momentGaps.ts";
import { slicedTransport } from "./slicedWasserstein.ts";
import { nearestSoftWarped } from "./softDynamicTimeWarping.ts";
import { logSpectral, spectralDivergence, spectralShare } from "./spectralDistance.ts";
import { nearestError, nearestNormalised, nearestPercentage } from "./waveformErrors.ts";

/** How near a synthetic set is to a real one: whole distributions first, then single traits, then single rows. */
export const closenessMeasures = {
  gaussianDiscrepancy,
  mixtureDiscrepancy,
  warpedDiscrepancy,
  energy,
  slicedTransport,
  frechet,
  precision,
  recall,
  density,
  coverage,
  diversity,
  spectralShare,
  spectralDivergence,
  logSpectral,
  autocorrelationGap,
  amplitudeShift,
  amplitudeGap,
  marginalGap,
  skewnessGap,
  kurtosisGap,
  nearestError,
  nearestPercentage,
  nearestNormalised,
  nearestWarped,
  nearestSoftWarped,
  nearestWalk,
} as const satisfies Readonly<Record<string, ClosenessMeasure>>;

export type ClosenessKey = keyof typeof closenessMeasures;

/** The same question asked of what a fixed network sees in the rows: its features stand where samples stood. */
export const featureMeasures = {
  frechetOfFeatures,
  kernelOfFeatures,
  precision,
  recall,
  density,
  coverage,
} as const satisfies Readonly<Record<string, ClosenessMeasure>>;
